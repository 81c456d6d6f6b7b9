"""Staffing: officers leave, the more the lower the morale; vacancies are filled by newcomers with less skill."""

from __future__ import annotations

import numpy as np

from sim.cells import blocks
from sim.state import State
from sim.tables import grain


def staffing(state: State) -> None:
    """Move the share of posts filled f and skill: f ← f − l f + h (1 − f + l f), l = l₀ + a · max(0, m₀ − morale).

    l is the share of officers who leave in a month and h the share of vacancies that is refilled. Newcomers bring
    the skill that the office had at first, times `newcomer_skill`, so that skill in every category moves to the mean of
    those who stay and those who come. Posts (which grow by `staff_growth`) are filled in the same share. Overwork,
    ranks and the strength of the tournament drive nobody away but through morale (report 二(二)). With `leaving_base`
    and `leaving_by_morale` at 0 every post stays filled.
    """
    p, units = state.parameters, state.units
    low = np.maximum(0.0, p.leaving_threshold - units.morale)
    units.leaving = np.minimum(1.0, p.leaving_base + p.leaving_by_morale * low)
    stay = units.filled - units.leaving * units.filled
    come = p.hiring * (1.0 - stay)
    units.filled = stay + come
    new = (come / np.maximum(1e-9, units.filled))[:, None]
    first = (p.newcomer_skill * units.skill_first)[:, None]
    for part in blocks(units.n):
        skill = units.skill[part]
        units.skill[part] = grain(np.minimum(1.0, skill - new[part] * (skill - first[part])))
