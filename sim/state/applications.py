"""Exclusion applications under review, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass
class Applications:
    """Exclusion applications under review, first in first out; columns (n,). They outlive the ticket's slot."""

    day: Ints
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
        return cls(ints, ints, np.zeros(0, dtype=np.uint64), ints, ints, ints, ints, ints, flags, flags)

    def __len__(self) -> int:
        return len(self.day)

    def rows(self, which: Any) -> Applications:
        """Return the rows `which` (indices, mask or slice)."""
        return Applications(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def join(self, other: Applications) -> Applications:
        """Return these rows followed by the other's."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__]
        return Applications(*(np.concatenate(pair) for pair in pairs))
