"""Where a catalogue sends a ticket: whether it goes astray, and to which plausible wrong unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, uniform

if TYPE_CHECKING:
    from sim.state import State

Ints = NDArray[np.int64]
Slots = NDArray[np.intp]


def goes_astray(state: State, slots: Slots) -> NDArray[np.bool_]:
    """Say which tickets (n,) the city's catalogue would send to a wrong unit: all but a share, its accuracy."""
    tickets = state.tickets
    u = uniform(tickets.key.take(slots), Purpose.ROUTE, tickets.serial(slots))
    return u >= state.accuracy.take(tickets.category.take(slots))


def wrong_units(state: State, slots: Slots) -> Ints:
    """Return a plausible wrong unit for each ticket (n,).

    A department's ticket goes to the resident's street; a street's to a department of the category with chance
    `wrong_to_department`, else to a neighbouring street.
    """
    tickets, city, n_streets = state.tickets, state.city, state.units.n_streets
    homes, categories = tickets.home[slots].astype(np.int64), tickets.category[slots].astype(np.int64)
    u = uniform(tickets.key[slots], Purpose.WRONG_UNIT, tickets.serial(slots))
    share = state.parameters.wrong_to_department
    departments = city.department_start[categories + 1] - city.department_start[categories]
    to_department = (u < share) & (departments > 0)
    rest = np.where(u < share, u / max(share, 1e-300), (u - share) / max(1.0 - share, 1e-300))
    out = homes.copy()  # where a department's ticket goes
    street_truly = tickets.right[slots] < n_streets
    at = np.flatnonzero(street_truly & to_department)
    start = city.department_start[categories[at]]
    out[at] = n_streets + city.department_list[start + nth(rest[at], departments[at])]
    neighbours = city.neighbour_start[homes + 1] - city.neighbour_start[homes]
    at = np.flatnonzero(street_truly & ~to_department & (neighbours > 0))
    start = city.neighbour_start[homes[at]]
    out[at] = city.neighbour_list[start + nth(rest[at], neighbours[at])]
    return out


def nth(u: NDArray[np.float64], n: Ints) -> Ints:
    """Return which of n things each uniform picks."""
    return np.minimum((u * n).astype(np.int64), n - 1)
