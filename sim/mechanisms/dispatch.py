"""Dispatch: the catalogue sends each ticket to the right unit or to a plausible wrong one, and learns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, uniform
from sim.state import State
from sim.tickets import NEVER, Slots

Ints = NDArray[np.int64]


def dispatch(state: State) -> None:
    """Send today's new, repeated and returned tickets to units (model: a request's life, step 2).

    With the catalogue's accuracy for the category the right unit gets the ticket. Otherwise a department's ticket
    goes to the resident's street, and a street's to a department of the category or to a neighbouring street. The
    deadline starts anew.
    """
    tickets, slots = state.tickets, state.today.entering
    keys, categories = tickets.key[slots], tickets.category[slots]
    serial, number = tickets.serial(slots), tickets.number(slots)
    units = tickets.right[slots].astype(np.int64)
    missed = np.flatnonzero(uniform(keys, Purpose.ROUTE, serial) >= state.accuracy[categories])
    units[missed] = _wrong_units(state, slots[missed], serial[missed])
    wrong = missed[units[missed] != tickets.right[slots[missed]]]
    tickets.unit[slots] = units
    tickets.contact[slots] = NEVER
    tickets.due[slots] = state.day + state.kinds.deadline[categories]
    state.tally.count("received", units, number)
    state.tally.count("wrong", tickets.home[slots[wrong]], number[wrong])
    state.tally.count_category("received", categories, number)
    state.tally.count_category("wrong", categories[wrong], number[wrong])
    state.today.arriving = slots


def _wrong_units(state: State, slots: Slots, serial: Ints) -> Ints:
    tickets, city, n_streets = state.tickets, state.city, state.units.n_streets
    homes, categories = tickets.home[slots].astype(np.int64), tickets.category[slots].astype(np.int64)
    u = uniform(tickets.key[slots], Purpose.WRONG_UNIT, serial)
    share = state.parameters.wrong_to_department
    departments = city.department_start[categories + 1] - city.department_start[categories]
    to_department = (u < share) & (departments > 0)
    rest = np.where(u < share, u / max(share, 1e-300), (u - share) / max(1.0 - share, 1e-300))
    out = homes.copy()  # where a department's ticket goes
    street_truly = tickets.right[slots] < n_streets
    at = np.flatnonzero(street_truly & to_department)
    start = city.department_start[categories[at]]
    out[at] = n_streets + city.department_list[start + _nth(rest[at], departments[at])]
    neighbours = city.neighbour_start[homes + 1] - city.neighbour_start[homes]
    at = np.flatnonzero(street_truly & ~to_department & (neighbours > 0))
    start = city.neighbour_start[homes[at]]
    out[at] = city.neighbour_list[start + _nth(rest[at], neighbours[at])]
    return out


def _nth(u: NDArray[np.float64], n: Ints) -> Ints:
    """Return which of n things each uniform picks."""
    return np.minimum((u * n).astype(np.int64), n - 1)


def learn_catalogue(state: State) -> None:
    """Let the catalogue learn from returned tickets and be overtaken by new kinds of request (monthly).

    The centre decides how (`DispatchCenter.learn`); returned tickets count as if this city were the whole of its
    base city, whose catalogue it shares.
    """
    whole = state.city.base_population / max(1, state.population)
    returned = state.tally.category["disputes_won"] * whole / 1000.0
    state.accuracy = state.centre.learn(state.accuracy, returned)
