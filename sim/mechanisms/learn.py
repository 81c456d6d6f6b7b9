"""Learn: skill grows with the tickets worked and spreads from neighbours and praised streets; it shortens the work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sim.cells import blocks
from sim.state import State
from sim.tables import grain, power

Floats = NDArray[np.float64]


def learn(state: State) -> None:
    """Move skill by category: learning by doing at effort e, and methods taken over from better streets.

    skill + a · e · (1 − (1 − t) i) · w / (w + w₀) · (1 − skill) + d · max(0, mean of neighbours − skill) + d' · max(0,
    mean of praised − skill), w the tickets worked in the month, i the share of the hours at hand that found no work,
    t what such an hour teaches of one with work (`idle_teaches`; at 1 skill follows the hours that are paid); others'
    skill is last month's. The city praises the streets of its advanced and improving lists for some months
    (`lists.praise_months`) and spreads their methods (工作法) to all streets. `diffusion` = 0 and
    `praise_diffusion` = 0 switch the two off.
    """
    p, units = state.parameters, state.units
    last, n = units.skill, units.n_streets
    units.skill = np.empty_like(last)
    praised = _mean_of_praised(state, last)
    near = _mean_of_neighbours(state, last) if p.diffusion > 0.0 else None
    idle = np.minimum(1.0, state.tally.idle_share())
    effort = units.effort * (1.0 - (1.0 - p.idle_teaches) * idle)
    for part in blocks(units.n):
        skill, worked = last[part], state.tally.worked[part]
        gained = p.learning * effort[part][:, None] * (worked / (worked + p.learning_tickets)) * (1.0 - skill)
        streets = slice(part.start, max(part.start, min(part.stop, n)))
        here = slice(0, streets.stop - streets.start)
        if near is not None:
            gained[here] += p.diffusion * np.maximum(0.0, near[streets] - skill[here])
        if p.praise_diffusion > 0.0:
            gained[here] += p.praise_diffusion * np.maximum(0.0, praised - skill[here])
        units.skill[part] = grain(np.minimum(1.0, skill + gained))


def _mean_of_neighbours(state: State, skill: Floats) -> Floats:
    """Return the mean of `skill` (U, C) over each street's neighbours (S, C), 0 without any.

    Skill comes in multiples of 2^-30, so that sums are exact.
    """
    start, near = state.city.neighbour_start, state.city.neighbour_list
    adjacency = csr_array((np.ones(len(near)), near, start), shape=(len(start) - 1, len(skill)))
    out: Floats = adjacency @ skill
    out /= np.maximum(1, np.diff(start))[:, None]
    return out


def _mean_of_praised(state: State, skill: Floats) -> Floats:
    """Return the mean of the praised streets' `skill` (U, C), exact as it comes in 2^-30, (C,); 0 if none is."""
    praised = np.flatnonzero(state.pressure.praised > 0)
    out: Floats = skill[praised].sum(axis=0) / max(1, len(praised))
    return out


def plan_work(state: State) -> None:
    """Set what the coming month's work rests on: posts filled, which grow by the year, and minutes, cut by skill."""
    p, units = state.parameters, state.units
    years = (state.date.year - 2019) + (state.date.month - 1) / 12.0
    units.staff = units.staff_2019 * max(0.05, 1.0 + p.staff_growth * years) * units.filled
    units.added[:] = 0.0
    for part in blocks(units.n):
        factor = power(units.skill[part] / p.skill_start, -p.minutes_by_skill)
        state.work_factor[part] = (factor * 1024.0 + 0.5).astype(np.int32)
