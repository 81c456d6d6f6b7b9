"""District centres 区派单中心: some tickets for a street go by way of its district, a day later and seen once more."""

from __future__ import annotations

import numpy as np

from sim.luck import Purpose, uniform
from sim.state import State


def by_district(state: State) -> None:
    """Hand a share of the tickets for streets to the district's centre, and pass on those of yesterday.

    A district's centre knows the right unit with the accuracy of its own catalogue for the category, and sends the
    ticket there; where it does not know better it follows the city's choice. So a wrong choice is put right with that
    accuracy, a right one stays right, and both take a day. `rules.dispatch.by_district` = 0 does nothing.
    """
    tickets, today, held = state.tickets, state.today, state.undelivered
    passed, slots = held.at_districts, today.routed
    u = uniform(tickets.key.take(slots), Purpose.BY_DISTRICT, tickets.serial(slots))
    handed = (u < state.rules.dispatch.by_district) & (tickets.unit.take(slots) < state.units.n_streets)
    held.at_districts = slots.compress(handed)
    today.routed = np.concatenate([slots.compress(~handed), passed])
    if len(passed) == 0:
        return
    district, category = state.district_of[tickets.unit[passed]], tickets.category[passed]
    u = uniform(tickets.key[passed], Purpose.DISTRICT_ROUTE, tickets.serial(passed))
    knows = passed[u < state.district_accuracy[district, category]]
    better = knows[tickets.unit[knows] != tickets.right[knows]]
    tickets.unit[better] = tickets.right[better]
    state.tally.count("by_district", tickets.unit[passed], tickets.number(passed))
    state.tally.count("redirected", tickets.unit[better], tickets.number(better))
    state.tally.count_category("redirected", tickets.category[better])
