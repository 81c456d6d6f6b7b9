"""Reviewers' accounts: what comes to a desk is taken up first in first out, as far as its minutes go."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Reviewers:
    """Reviewers of one desk (disputes, joint review, duty list, the city's exclusion files), or of the districts' each.

    A desk for each entry of `shape`; without one a single desk.
    """

    def __init__(self, *shape: int) -> None:
        self.minutes: Floats = np.zeros(shape)  # at hand, by desk

    def turns(self, daily: float | Floats, waiting: int | Ints, each: int) -> Ints:
        """Add the day's minutes and return how many of the cases `waiting` are taken up, at `each` minutes a case.

        Where none is left waiting, at most the minutes of one case are kept: idle time is not saved up.
        """
        self.minutes = self.minutes + daily
        number: Ints = np.minimum(waiting, (self.minutes // each).astype(np.int64))
        left = self.minutes - number * each
        self.minutes = np.asarray(np.where(number == waiting, np.minimum(left, float(each)), left))
        return number


def ready(since: Ints, day: int) -> int:
    """Return how many cases of a queue, in order of the days `since` which they wait, have waited since `day`."""
    return int(np.searchsorted(since, day, side="right"))
