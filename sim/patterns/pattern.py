"""What a pattern is: measures of a family of runs, and where they must lie for it to come out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.city import City

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tables:
    """What a run left, as far as patterns look at it: outcomes by month, by street and month, and the city."""

    monthly: pd.DataFrame
    streets: pd.DataFrame
    city: City

    def mean(self, outcome: str, skip: int = 12) -> float:
        """Return an outcome's mean over the months after the first `skip` (all, if the run is shorter)."""
        values = self.monthly[outcome].to_numpy(dtype=float)
        late = values[skip:] if len(values) > skip else values
        known = late[~np.isnan(late)]
        return math.fsum(known) / len(known) if len(known) else math.nan

    def by_street(self, column: str) -> Floats:
        """Return a column of the street table as months × streets, (T, S)."""
        n = len(self.city.streets)
        return self.streets[column].to_numpy(dtype=float).reshape(-1, n)


Family = Mapping[float, Tables]  # strength of the tournament → the run with it; all of one seed


@dataclass(frozen=True)
class Measure:
    """A number of a family of runs of one seed; the pattern wants it above, or below, a bound."""

    en: str
    zh: str
    unit: str
    compute: Callable[[Family], float]
    above: float | None = None
    below: float | None = None

    def fits(self, low: float, high: float) -> bool | None:
        """Say whether an interval lies where the pattern wants the measure; None if the bound is inside it."""
        if math.isnan(low) or math.isnan(high):
            return None
        inside = (self.above is None or low > self.above) and (self.below is None or high < self.below)
        outside = (self.above is not None and high < self.above) or (self.below is not None and low > self.below)
        return True if inside else False if outside else None


@dataclass(frozen=True)
class Pattern:
    """A pattern: its number in the model's list, what it says, on what basis, and the measures that decide it."""

    name: str
    en: str
    zh: str
    basis: str
    strengths: tuple[float, ...]  # the runs that it needs
    measures: tuple[Measure, ...]
