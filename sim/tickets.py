"""The tickets: columns in a pool with a free list, and the rings in which they wait for a day.

A slot holds one problem from its first filing to its end, so a problem keeps its slot over all its attempts and has
at most one open ticket. Slot numbers carry no meaning: every order that matters is by (day, key).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.intp]
NO_SLOTS: Slots = np.zeros(0, dtype=np.intp)
NEVER = -1
CAME_RIGHT, CAME_ABOVE = 1, 2  # who came when a unit whistled: the right unit, one above the streets
RESTS, GIVES_UP, FILES_AGAIN, CASE, RELAPSES = range(5)  # what follows a call-back
SERIALS = 8  # dispatches of one attempt that have luck of their own

_COLUMNS: dict[str, Any] = {
    "key": np.uint64,  # the problem's luck
    "person": np.int32,  # number of the resident
    "home": np.int32,  # street of the resident
    "category": np.uint8,  # row of the city's table of categories
    "level": np.uint8,  # authority needed: 0 street, 1 district, 2 city
    "right": np.int32,  # unit that truly answers
    "unit": np.int32,  # unit that holds the ticket
    "minutes": np.int32,  # standard minutes of the problem
    "work": np.int32,  # standard minutes at the unit's skill
    "attempt": np.uint16,  # 1 for the first ticket of a problem
    "transfers": np.uint8,  # disputes won in this attempt
    "whistle": np.uint8,  # who came to help the unit that holds it: CAME_RIGHT + CAME_ABOVE
    "first_day": np.int32,  # day the problem was first filed
    "filed": np.int32,  # day this attempt was filed
    "due": np.int32,  # deadline
    "contact": np.int32,  # day of first contact, or NEVER
    "closed": np.int32,  # day of closing
    "quality": np.uint16,  # care seen, in 2^-16
    "strategic": np.bool_,  # the resident refuses the unit and says no
    "resolved": np.bool_,  # this attempt really resolved the problem
    "ever_resolved": np.bool_,  # an earlier attempt, or this one, did
    "copies": np.uint8,  # duplicates that were not recognised: they close with this ticket
    "stake": np.uint8,  # what its unit has at stake, by class (see state/stakes.py)
    "casework": np.uint8,  # 0 no case, 1 on request, 2 by escalation
    "in_vain": np.uint16,  # the last attempt in which a dispute was lost, 0 for none
    "refiles": np.int32,  # day on which the resident files once more if the ticket is still open
}


class Tickets:
    """A growing pool of ticket columns, each (capacity,); columns are written to, never rebound."""

    key: NDArray[np.uint64]
    person: NDArray[np.int32]
    home: NDArray[np.int32]
    category: NDArray[np.uint8]
    level: NDArray[np.uint8]
    right: NDArray[np.int32]
    unit: NDArray[np.int32]
    minutes: NDArray[np.int32]
    work: NDArray[np.int32]
    attempt: NDArray[np.uint16]
    transfers: NDArray[np.uint8]
    whistle: NDArray[np.uint8]
    first_day: NDArray[np.int32]
    filed: NDArray[np.int32]
    due: NDArray[np.int32]
    contact: NDArray[np.int32]
    closed: NDArray[np.int32]
    quality: NDArray[np.uint16]
    strategic: NDArray[np.bool_]
    resolved: NDArray[np.bool_]
    ever_resolved: NDArray[np.bool_]
    copies: NDArray[np.uint8]
    stake: NDArray[np.uint8]
    casework: NDArray[np.uint8]
    in_vain: NDArray[np.uint16]
    refiles: NDArray[np.int32]

    def __init__(self, capacity: int = 1 << 14) -> None:
        self._free: Slots = np.arange(capacity - 1, -1, -1, dtype=np.intp)
        self._n_free = capacity
        self.capacity = capacity
        for name, kind in _COLUMNS.items():
            self.__dict__[name] = np.zeros(capacity, dtype=kind)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _COLUMNS:
            raise AttributeError(f"write into tickets.{name}[...]; the column itself is never rebound")
        super().__setattr__(name, value)

    @property
    def in_use(self) -> int:
        """Return the number of problems that hold a slot."""
        return self.capacity - self._n_free

    def serial(self, slots: Slots) -> NDArray[np.int64]:
        """Return the number of each ticket's current dispatch, attempt × 8 + transfers: the attempt of its draws."""
        return self.attempt.take(slots).astype(np.int64) * SERIALS + self.transfers.take(slots)

    def number(self, slots: Slots) -> NDArray[np.int64]:
        """Return how many tickets each slot stands for: its own, and duplicates that were not recognised."""
        return self.copies.take(slots).astype(np.int64) + 1

    def take(self, n: int) -> Slots:
        """Return n free slots (n,), growing the pool when it is full."""
        while self._n_free < n:
            self._grow()
        self._n_free -= n
        return self._free[self._n_free : self._n_free + n].copy()

    def give_back(self, slots: Slots) -> None:
        """Free the slots of problems that have ended."""
        self._free[self._n_free : self._n_free + len(slots)] = slots
        self._n_free += len(slots)

    def _grow(self) -> None:
        old = self.capacity
        self.capacity = 2 * old
        for name in _COLUMNS:
            column = self.__dict__[name]
            self.__dict__[name] = np.zeros(self.capacity, dtype=column.dtype)  # what is not yet used takes no memory
            self.__dict__[name][:old] = column
        free = np.empty(self.capacity, dtype=np.intp)
        free[: self._n_free] = self._free[: self._n_free]
        free[self._n_free : self._n_free + old] = np.arange(self.capacity - 1, old - 1, -1)
        self._free = free
        self._n_free += old


class DayRing:
    """Slots waiting for a day: put them in with their waits, take out what is due."""

    def __init__(self) -> None:
        self._due: defaultdict[int, list[Slots]] = defaultdict(list)
        self.waiting = 0  # slots in the ring

    def put(self, day: int, slots: Slots, wait: NDArray[np.uint8]) -> None:
        """Let `slots` (n,) wait `wait` (n,) days, at least one, from `day` on."""
        order = np.argsort(wait, kind="stable")
        slots = slots[order]
        counts = np.bincount(wait)
        ends = np.cumsum(counts)
        for days in np.flatnonzero(counts):
            self._due[day + int(days)].append(slots[ends[days] - counts[days] : ends[days]])
        self.waiting += len(slots)

    def take(self, day: int) -> Slots:
        """Return and forget the slots due on `day`."""
        due = self._due.pop(day, None)
        if due is None:
            return NO_SLOTS
        slots = np.concatenate(due)
        self.waiting -= len(slots)
        return slots
