"""Directory: who comes back, month by month for a year, and the key complainants that are listed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
People = NDArray[np.int32]
Rows = NDArray[np.uint32]

MONTHS = 12
_BUCKETS = 1 << 20


class Directory:
    """The listed, first in first out, and the call-backs of a year from which they are chosen.

    A call-back is one number, person · 2 + (1 if unsatisfied). Only those of people who have come back are kept, four
    bytes each: a person's very first ticket is not among them, so that counts of requests are exact but for it.
    """

    def __init__(self, n_streets: int) -> None:
        self.today: list[Rows] = []  # of the month, day by day
        self.months: list[Rows] = []  # of the last months, newest last
        self.listed: People = np.zeros(0, dtype=np.int32)  # the next to be visited first
        self.in_order: People = self.listed  # the same people by number
        self._buckets = buckets(self.listed)
        self.minutes = 0  # of social workers, at hand
        self.fraction = np.zeros(n_streets)  # of a minute, by street

    def __len__(self) -> int:
        return len(self.listed)

    def note(self, people: People, unsatisfied: NDArray[np.bool_]) -> None:
        """Note call-backs (n,) of the day."""
        self.today.append(people.astype(np.uint32) * np.uint32(2) + unsatisfied)

    def close_month(self) -> None:
        """Begin the next month of call-backs and forget those of more than a year ago."""
        month = np.concatenate(self.today) if self.today else np.zeros(0, dtype=np.uint32)
        self.months = [*self.months, month][-MONTHS:]
        self.today = []

    def set(self, people: People) -> None:
        """List these people, in this order."""
        self.listed, self.in_order, self._buckets = people, np.sort(people), buckets(people)

    def lists(self, people: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Say who of `people` (n,) is listed."""
        out = np.zeros(len(people), dtype=bool)
        out[found(self.in_order, self._buckets, people)[0]] = True
        return out


def buckets(people: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Mark the buckets of a hash in which `people` (n,) are: most others are told from them by it alone."""
    out = np.zeros(_BUCKETS, dtype=bool)
    out[people & (_BUCKETS - 1)] = True
    return out


def found(
    ordered: NDArray[np.integer], marked: NDArray[np.bool_], people: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which of `people` (n,) are among `ordered` (sorted, and `marked` by `buckets`), and their places in it."""
    at = np.flatnonzero(marked.take(people & (_BUCKETS - 1)))
    some = people.take(at)
    place = np.searchsorted(ordered, some)
    here = np.flatnonzero(ordered.take(place, mode="clip") == some)
    return at.take(here), place.take(here)
