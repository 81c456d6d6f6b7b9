"""Tickets that are still with a dispatch centre: no unit has signed for them, so their clock does not run yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.state.reviewers import Reviewers
from sim.tickets import NO_SLOTS, Slots

Ints = NDArray[np.int64]


@dataclass
class Undelivered:
    """Tickets in joint review, first in first out, and tickets that a district's centre passes on tomorrow."""

    in_review: Slots = field(default_factory=lambda: NO_SLOTS)
    review_day: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # of asking for the review
    reviewers: Reviewers = field(default_factory=Reviewers)  # who look at them jointly
    at_districts: Slots = field(default_factory=lambda: NO_SLOTS)  # `unit` is the street that the city chose

    def __len__(self) -> int:
        return len(self.in_review) + len(self.at_districts)

    @property
    def slots(self) -> Slots:
        """Return all of them."""
        return np.concatenate([self.in_review, self.at_districts])

    def begin_review(self, slots: Slots, day: int) -> None:
        """Let `slots` wait for joint review from `day` on, behind those that wait."""
        self.in_review = np.concatenate([self.in_review, slots])
        self.review_day = np.concatenate([self.review_day, np.full(len(slots), day, dtype=np.int64)])

    def end_review(self, n: int) -> Slots:
        """Return and forget the first n in joint review."""
        out, self.in_review, self.review_day = self.in_review[:n], self.in_review[n:], self.review_day[n:]
        return out
