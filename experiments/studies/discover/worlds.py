"""Worlds: at every point of a design, whether one arm is better than another, worse, or not told apart from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from experiments.intervals import LEVEL
from experiments.studies.responses import Floats

BETTER, WORSE, UNDECIDED, UNKNOWN = "better", "worse", "undecided", "undefined"


def judged(difference: Floats, better: int) -> pd.DataFrame:
    """Return one row a world: difference, low, high, says; `difference` (worlds, seeds) of the two arms, seed by seed.

    A few seeds say little of their own spread, so the standard error comes from the spread within worlds, pooled over
    all of them; a world that is noisier counts with its own. says: "better" or "worse" if the 95 % t interval leaves
    out 0, "undecided" if it does not, "undefined" if the outcome is not defined in every run. Needs two seeds.
    """
    worlds, seeds = difference.shape
    known = np.isfinite(difference).all(axis=1)
    mean, own = difference.mean(axis=1), difference.var(axis=1, ddof=1)
    pooled = own[known].mean() if known.any() else np.nan
    freedom = max(1, int(known.sum()) * (seeds - 1))
    half = stats.t.ppf(0.5 + LEVEL / 2.0, freedom) * np.sqrt(np.maximum(own, pooled) / seeds)
    low, high = mean - half, mean + half
    says = np.full(worlds, UNDECIDED, dtype=object)
    says[low * better > 0.0 if better > 0 else high < 0.0] = BETTER
    says[high < 0.0 if better > 0 else low > 0.0] = WORSE
    says[~known] = UNKNOWN
    return pd.DataFrame({"difference": mean, "low": low, "high": high, "says": says})
