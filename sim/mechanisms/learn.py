"""Learn: skill grows with the tickets worked and spreads from neighbours and praised streets; it shortens the work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.state import State
from sim.tables import GRAIN, grain, power

Floats = NDArray[np.float64]


def learn(state: State) -> None:
    """Move skill by category: learning by doing at effort e, and methods taken over from better streets.

    skill + a · e · w / (w + w₀) · (1 − skill) + d · max(0, mean of neighbours − skill) + d' · max(0, mean of praised
    − skill), w the tickets worked in the month; others' skill is last month's. The city praises the streets on the
    month's advanced and improving lists and spreads their methods (工作法) to all streets. `diffusion` = 0 and
    `praise_diffusion` = 0 switch the two off.
    """
    p, units = state.parameters, state.units
    worked = state.tally.worked / (state.tally.worked + p.learning_tickets)
    gained = p.learning * units.effort[:, None] * worked * (1.0 - units.skill)
    if p.diffusion > 0.0:
        gained[: units.n_streets] += p.diffusion * _ahead(state)
    if p.praise_diffusion > 0.0:
        gained[: units.n_streets] += p.praise_diffusion * _behind_praised(state)
    units.skill = grain(np.minimum(1.0, units.skill + gained))


def _ahead(state: State) -> Floats:
    """Return by how much the mean of a street's neighbours is ahead in skill, 0 if it is not (S, C)."""
    start, rows = state.city.neighbour_start, state.city.neighbour_list
    skill = state.units.skill[: state.units.n_streets]
    number = np.diff(start)
    some = np.flatnonzero(number > 0)
    ahead = np.zeros_like(skill)
    for c in range(skill.shape[1]):
        column = skill[:, c].copy()
        whole = np.floor(column * GRAIN).astype(np.int64)
        mean = np.add.reduceat(whole[rows], start[some]) / (number[some] * GRAIN) if len(some) else column[some]
        ahead[some, c] = np.maximum(0.0, mean - column[some])
    return ahead


def _behind_praised(state: State) -> Floats:
    """Return by how much the mean of the praised streets is ahead in skill, 0 if it is not or if none is (S, C)."""
    skill = state.units.skill[: state.units.n_streets]
    lists = state.standing.lists
    praised = np.flatnonzero(lists["advanced"] | lists["improving"])
    whole = np.floor(skill[praised] * GRAIN).astype(np.int64)
    mean = whole.sum(axis=0) / (max(1, len(praised)) * GRAIN)
    out: Floats = np.maximum(0.0, mean - skill)
    return out


def plan_work(state: State) -> None:
    """Set what the coming month's work rests on: posts filled, which grow by the year, and minutes, cut by skill."""
    p, units = state.parameters, state.units
    years = (state.date.year - 2019) + (state.date.month - 1) / 12.0
    units.staff = units.staff_2019 * max(0.05, 1.0 + p.staff_growth * years) * units.filled
    factor = power(units.skill / p.skill_start, -p.minutes_by_skill)
    state.work_factor = np.floor(factor * 1024.0 + 0.5).astype(np.int64)
