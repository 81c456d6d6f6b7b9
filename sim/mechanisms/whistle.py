"""Whistle 吹哨报到: the first receiver leads and calls in the unit with authority, which comes unless overburdened."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.routing import nth
from sim.luck import Purpose, uniform
from sim.state import State
from sim.tickets import CAME_ABOVE, CAME_RIGHT, Slots

Ints = NDArray[np.int64]


def whistle(state: State) -> None:
    """Let units whistle for others about what they must lead 首接负责 and cannot solve alone (model: step 3).

    A unit that knows that a ticket is not its own, and keeps it after all, calls the right unit. A street that sees
    (`authority_recognition`) that a problem needs more authority calls a department or enterprise of the category, all
    equally likely. The called unit comes unless what waits there is more than `whistle_patience` days of its work.
    The leading unit spends `lead_minutes` in any case, the called one `called_minutes` if it comes.
    """
    if not state.rules.whistle.allowed:
        return
    p, tickets, units, tally = state.parameters, state.tickets, state.units, state.tally
    slots, called = _called(state, np.concatenate([state.today.arriving, state.today.returned]))
    lead = tickets.unit[slots]
    most = p.whistle_patience * units.handling_a_day[called]
    comes = units.backlog[called] + units.owed[called] <= most
    came = np.where(called == tickets.right[slots], CAME_RIGHT, 0) | np.where(called >= units.n_streets, CAME_ABOVE, 0)
    tickets.whistle[slots] = np.where(comes, came, 0)
    for who, about, minutes in ((lead, slots, p.lead_minutes), (called[comes], slots[comes], p.called_minutes)):
        np.add.at(units.owed, who, minutes)
        tally.count("whistle_minutes", who, minutes)
        tally.count_repeats("whistles", tickets.attempt[about], minutes)
    tally.count("whistles", lead)
    tally.count("whistles_answered", lead[comes])
    tally.count("whistles_called", called[comes])


def _called(state: State, slots: Slots) -> tuple[Slots, Ints]:
    """Return which of the tickets (n,) are whistled about, and the unit that is called for each."""
    p, tickets, city, n_streets = state.parameters, state.tickets, state.city, state.units.n_streets
    unit, right = tickets.unit.take(slots), tickets.right.take(slots)
    above = (tickets.level.take(slots) > 0) & (unit < n_streets)
    at = np.flatnonzero((unit != right) | above)
    slots, unit, right = slots.take(at), unit.take(at), right.take(at)
    keys, serial, category = tickets.key.take(slots), tickets.serial(slots), tickets.category.take(slots)
    knows = (unit != right) & (uniform(keys, Purpose.BELIEF_DISPUTE, serial) < p.dispute_recognition)
    u = uniform(keys, Purpose.AUTHORITY, serial)
    departments = np.diff(city.department_start)[category]
    bodies = departments + np.diff(city.enterprise_start)[category]
    sees = (u < p.authority_recognition) & (tickets.level[slots] > 0) & (unit < n_streets) & (bodies > 0)
    which = nth(np.where(sees, u, 0.0) / max(p.authority_recognition, 1e-300), np.maximum(1, bodies))
    called = right.astype(np.int64)
    at = np.flatnonzero(sees & ~knows & (which < departments))
    called[at] = n_streets + city.department_list[city.department_start[category[at]] + which[at]]
    at = np.flatnonzero(sees & ~knows & (which >= departments))
    called[at] = n_streets + city.enterprise_list[city.enterprise_start[category[at]] + which[at] - departments[at]]
    chosen = knows | sees
    return slots[chosen], called[chosen]
