"""Themes: which kinds of request are, or were, a monthly theme, and how far each has been pushed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LONG_AGO = -10_000


class Themes:
    """The monthly themes' memory, by category (C,) and unit (U,)."""

    def __init__(self, n_units: int, n_categories: int) -> None:
        self.until: Ints = np.full(n_categories, _LONG_AGO, dtype=np.int64)  # month in which the last push is over
        self.push: Floats = np.zeros(n_categories)  # how much of what can be done has been done, 0–1
        self.left: Floats = np.ones(n_categories)  # of the category's requests, after the push
        self.minutes: Ints = np.zeros(n_units, dtype=np.int64)  # of coordination in the current month

    def pushed(self, month: int) -> NDArray[np.bool_]:
        """Say which categories are under a push in `month`."""
        return month < self.until
