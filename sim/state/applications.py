"""Exclusion applications under review, as columns, and the reviewers' queues and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.state.reviewers import Reviewers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass
class Applications:
    """Exclusion applications under review, first in first out; columns (n,). They outlive the ticket's slot."""

    day: Ints  # of the application
    since: Ints  # day on which it came to its present reviewers
    month: Ints
    key: NDArray[np.uint64]
    attempt: Ints
    unit: Ints
    category: Ints
    answers: Ints  # code of the three answers, see call_back
    number: Ints  # of tickets that the file is about
    truly: NDArray[np.bool_]  # strategic, or not the unit's
    undeserved: NDArray[np.bool_]

    @classmethod
    def none(cls) -> Applications:
        """Return an empty table."""
        ints = np.zeros(0, dtype=np.int64)
        flags = np.zeros(0, dtype=bool)
        return cls(ints, ints, ints, np.zeros(0, dtype=np.uint64), ints, ints, ints, ints, ints, flags, flags)

    def __len__(self) -> int:
        return len(self.day)

    def rows(self, which: Any) -> Applications:
        """Return the rows `which` (indices, mask or slice)."""
        return Applications(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def join(self, other: Applications) -> Applications:
        """Return these rows followed by the other's."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__]
        return Applications(*(np.concatenate(pair) for pair in pairs))


class Reviews:
    """Where applications wait: one queue a district, kept in one table by (since, key), and one at the city."""

    def __init__(self, district_of: Ints, population: Ints, n_districts: int) -> None:
        """Open empty queues; `district_of` and `population` are those of the streets, (S,)."""
        people = np.zeros(n_districts, dtype=np.int64)
        np.add.at(people, district_of, population)
        self.district_of = district_of
        self.millions: Floats = people / 1e6  # residents of each district, (D,)
        self.district, self.city = Applications.none(), Applications.none()
        self.at_districts, self.at_city = Reviewers(n_districts), Reviewers()

    def waiting(self, n_units: int) -> Ints:
        """Return how many applications of each unit are under review, (U,)."""
        out = np.zeros(n_units, dtype=np.int64)
        for files in (self.district, self.city):
            np.add.at(out, files.unit, 1)
        return out
