"""Patrol 热线+网格: grid patrols find some visible problems before anybody calls, at minutes (model: step 1)."""

from __future__ import annotations

import numpy as np

from sim.cells import cells
from sim.luck import Purpose, uniform
from sim.state import State
from sim.tables import exp_neg


def patrol(state: State) -> None:
    """Let streets find some of today's fresh problems, and solve what they can of them on the spot.

    A problem that is truly its street's own is found with chance coverage × visibility of its category. It costs
    `patrol_minutes` for finding it and its standard minutes at the street's skill, owed from the next hours of
    handling, and is solved with the chance that handling at standard care has: ceiling × (1 − e^(−skill)), never if the
    resident is strategic. What is solved is never filed: patrols take from the published volume, which was counted
    after their work; the part they take depends on skill and is therefore no input that could be added back (the
    parameter `demand` can). What is not solved is filed as usual. A street that owes more minutes than its day has does
    not patrol. `coverage` = 0 does nothing.
    """
    coverage, p, tickets, units = state.rules.patrol.coverage, state.parameters, state.tickets, state.units
    if coverage <= 0.0:
        return
    slots = state.today.entering
    homes, category = tickets.home[slots], tickets.category[slots]
    seen = uniform(tickets.key[slots], Purpose.PATROL) < coverage * state.kinds.visible[category]
    found = np.flatnonzero(seen & (tickets.right[slots] == homes))
    found = found[units.owed[homes[found]] <= units.handling_a_day[homes[found]]]
    at, street, category = slots[found], homes[found], category[found]
    work = state.work_minutes(at, street, category)
    quality = 1.0 - exp_neg(cells(units.skill, street, category))
    ceiling = np.array([1.0, p.ceiling_district, p.ceiling_city])[tickets.level[at]]
    chance = np.where(tickets.strategic[at], 0.0, ceiling * quality)
    solved = uniform(tickets.key[at], Purpose.PATROL_SOLVE) < chance
    np.add.at(units.owed, street, p.patrol_minutes + work)
    state.tally.count("patrolled", street)
    state.tally.count("patrol_solved", street[solved])
    state.tally.count("patrol_minutes", street, p.patrol_minutes + work)
    state.today.entering = np.delete(slots, found[solved])
    tickets.give_back(at[solved])
