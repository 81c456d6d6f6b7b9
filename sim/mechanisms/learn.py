"""Learn: skill grows with the tickets worked and spreads from better neighbours; higher skill shortens the work."""

from __future__ import annotations

import numpy as np

from sim.state import State
from sim.tables import grain, power


def learn(state: State) -> None:
    """Move skill by category: learning by doing at effort e, and methods taken over from better neighbours.

    skill + a · e · w / (w + w₀) · (1 − skill) + d · max(0, mean of neighbours − skill), w the tickets worked in the
    month; neighbours' skill is last month's.
    """
    p, units, city = state.parameters, state.units, state.city
    worked = state.tally.worked / (state.tally.worked + p.learning_tickets)
    gained = p.learning * units.effort[:, None] * worked * (1.0 - units.skill)
    if p.diffusion > 0.0:
        whole = np.floor(units.skill[: units.n_streets] * 2.0**30).astype(np.int64)
        number = np.diff(city.neighbour_start)
        sums = np.add.reduceat(
            np.append(whole[city.neighbour_list], whole[:1] * 0, axis=0), city.neighbour_start[:-1], axis=0
        )
        mean = sums / (np.maximum(1, number) * 2.0**30)[:, None]
        ahead = np.where((number > 0)[:, None], np.maximum(0.0, mean - units.skill[: units.n_streets]), 0.0)
        gained[: units.n_streets] += p.diffusion * ahead
    units.skill = grain(np.minimum(1.0, units.skill + gained))


def plan_work(state: State) -> None:
    """Set what the coming month's work rests on: staff, which grows by the year, and minutes, which fall with skill."""
    p, units = state.parameters, state.units
    years = (state.date.year - 2019) + (state.date.month - 1) / 12.0
    units.staff = units.staff_2019 * max(0.05, 1.0 + p.staff_growth * years)
    factor = power(units.skill / p.skill_start, -p.minutes_by_skill)
    state.work_factor = np.floor(factor * 1024.0 + 0.5).astype(np.int64)
