"""Learn: skill grows with the tickets worked and spreads from better neighbours; higher skill shortens the work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.state import State
from sim.tables import GRAIN, grain, power

Floats = NDArray[np.float64]


def learn(state: State) -> None:
    """Move skill by category: learning by doing at effort e, and methods taken over from better neighbours.

    skill + a · e · w / (w + w₀) · (1 − skill) + d · max(0, mean of neighbours − skill), w the tickets worked in the
    month; neighbours' skill is last month's.
    """
    p, units = state.parameters, state.units
    worked = state.tally.worked / (state.tally.worked + p.learning_tickets)
    gained = p.learning * units.effort[:, None] * worked * (1.0 - units.skill)
    if p.diffusion > 0.0:
        gained[: units.n_streets] += p.diffusion * _ahead(state)
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


def plan_work(state: State) -> None:
    """Set what the coming month's work rests on: staff, which grows by the year, and minutes, which fall with skill."""
    p, units = state.parameters, state.units
    years = (state.date.year - 2019) + (state.date.month - 1) / 12.0
    units.staff = units.staff_2019 * max(0.05, 1.0 + p.staff_growth * years)
    factor = power(units.skill / p.skill_start, -p.minutes_by_skill)
    state.work_factor = np.floor(factor * 1024.0 + 0.5).astype(np.int64)
