"""The cube: monthly outcomes as an array by arm, seed, month and outcome, and means that compare like with like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.outcomes import OUTCOMES

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cube:
    """Values (arms, seeds, months, outcomes) of monthly outcomes; NaN where there is no run, month or value."""

    values: Floats
    arms: list[str]
    seeds: list[int]
    months: list[str]
    names: list[str]

    @classmethod
    def of(cls, monthly: pd.DataFrame) -> Cube:
        """Arrange a table with arm, seed, month and outcomes."""
        names = [name for name in OUTCOMES if name in monthly.columns]
        arms, seeds = list(monthly["arm"].unique()), list(monthly["seed"].unique())
        months = sorted(monthly["month"].unique())
        values = np.full((len(arms), len(seeds), len(months), len(names)), np.nan)
        rows = [pd.Index(order).get_indexer(monthly[key]) for order, key in _orders(arms, seeds, months)]
        values[rows[0], rows[1], rows[2]] = monthly[names].to_numpy(dtype=np.float64)
        return cls(values, arms, seeds, months, names)

    def only(self, names: Sequence[str]) -> Cube:
        """Return the cube of these outcomes alone, as far as they are there."""
        kept = [name for name in names if name in self.names]
        at = [self.names.index(name) for name in kept]
        return Cube(self.values[..., at], self.arms, self.seeds, self.months, kept)

    def means(self, *arms: str) -> list[Floats]:
        """Return each arm's mean over months, (seeds, outcomes), over those months that *all* these arms have.

        Every month counts the same, also for shares and ratios: the mean is of an average month. A run that stopped
        early is so compared with the same months of the others. NaN where no month is left.
        """
        chosen = self._of(arms)
        known = ~np.isnan(chosen).any(axis=0)
        count = known.sum(axis=1)
        sums = np.where(known, chosen, 0.0).sum(axis=2)
        return list(np.where(count > 0, sums / np.maximum(count, 1), np.nan))

    def totals(self, *arms: str) -> list[Floats]:
        """Return each arm's sum over months, (seeds, outcomes); NaN unless all these arms have the same months.

        What is counted up to a run's end, as problems solved are, cannot be compared with a run that stopped early.
        """
        chosen = self._of(arms)
        missing = np.isnan(chosen)
        in_some, in_all = missing.any(axis=0), missing.all(axis=0)  # of the arms: (seeds, months, outcomes)
        alike = (in_some == in_all).all(axis=1) & ~in_all.all(axis=1)
        return list(np.where(alike, np.nansum(chosen, axis=2), np.nan))

    def _of(self, arms: Sequence[str]) -> Floats:
        return self.values[[self.arms.index(arm) for arm in arms]]


def _orders(arms: list[str], seeds: list[int], months: list[str]) -> list[tuple[list[object], str]]:
    return [(list(arms), "arm"), (list(seeds), "seed"), (list(months), "month")]
