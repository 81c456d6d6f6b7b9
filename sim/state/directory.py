"""Directory: who comes back, month by month for a year, and the key complainants that are listed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
People = NDArray[np.int32]
Rows = NDArray[np.uint32]

MONTHS = 12


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
        self.listed, self.in_order = people, np.sort(people)

    def lists(self, people: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Say who of `people` (n,) is listed."""
        return contains(self.in_order, people)


def contains(ordered: NDArray[np.integer], people: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Say which of `people` (n,) are among `ordered`, which is sorted."""
    if len(ordered) == 0:
        return np.zeros(len(people), dtype=bool)
    place = np.minimum(np.searchsorted(ordered, people), len(ordered) - 1)
    out: NDArray[np.bool_] = ordered[place] == people
    return out
