"""Call-backs under review by the duty list, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass
class DutyReviews:
    """Call-backs that wait for a review by the duty list, first in first out; columns (n,)."""

    day: Ints
    month: Ints
    key: NDArray[np.uint64]
    attempt: Ints
    unit: Ints
    category: Ints
    answers: Ints  # code of the three answers
    number: Ints  # of tickets that the call-back was about
    truly: NDArray[np.bool_]  # not the street's duty
    undeserved: NDArray[np.bool_]

    @classmethod
    def none(cls) -> DutyReviews:
        """Return an empty table."""
        ints = np.zeros(0, dtype=np.int64)
        flags = np.zeros(0, dtype=bool)
        return cls(ints, ints, np.zeros(0, dtype=np.uint64), ints, ints, ints, ints, ints, flags, flags)

    def __len__(self) -> int:
        return len(self.day)

    def rows(self, which: Any) -> DutyReviews:
        """Return the rows `which` (indices, mask or slice)."""
        return DutyReviews(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def join(self, other: DutyReviews) -> DutyReviews:
        """Return these rows followed by the other's."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__]
        return DutyReviews(*(np.concatenate(pair) for pair in pairs))
