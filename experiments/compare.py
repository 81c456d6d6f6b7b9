"""Compare: what an arm changes against the baseline, seed by seed, with an interval."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.outcomes import OUTCOMES

Floats = NDArray[np.float64]

LEVEL = 0.95


def compare(monthly: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return one row an arm and outcome: arm, outcome, baseline, mean, difference, ci_low, ci_high, share_better, n.

    Each run is first averaged over its months (months in which an outcome is not defined are left out). Differences
    are taken seed by seed, so that luck cancels; the interval is Student's t over seeds, and empty with one seed.
    share_better is the share of seeds in which the arm is better, NaN if the outcome has no better direction.
    """
    names = [name for name in OUTCOMES if name in monthly.columns]
    means = monthly.groupby(["arm", "seed"], sort=False)[names].mean()
    base = means.loc[baseline]
    rows = []
    for arm in monthly["arm"].unique():
        if arm == baseline:
            continue
        here = means.loc[arm].reindex(base.index)
        for name in names:
            rows.append({"arm": arm, "outcome": name} | _row(base[name].to_numpy(), here[name].to_numpy(), name))
    columns = ["arm", "outcome", "baseline", "mean", "difference", "ci_low", "ci_high", "share_better", "n"]
    return pd.DataFrame(rows, columns=columns)


def _row(base: Floats, here: Floats, name: str) -> dict[str, float]:
    known = ~(np.isnan(base) | np.isnan(here))
    base, here = base[known], here[known]
    n = len(base)
    if n == 0:
        empty = dict.fromkeys(["baseline", "mean", "difference", "ci_low", "ci_high", "share_better"], math.nan)
        return empty | {"n": 0}
    difference = here - base
    low, high = t_interval(difference)
    better = OUTCOMES[name].better
    share = float(np.mean(difference * better > 0)) if better else math.nan
    return {
        "baseline": math.fsum(base) / n,
        "mean": math.fsum(here) / n,
        "difference": math.fsum(difference) / n,
        "ci_low": low,
        "ci_high": high,
        "share_better": share,
        "n": n,
    }


def t_interval(values: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Return Student's t interval for the mean of `values` (n,); NaN for n < 2."""
    n = len(values)
    if n < 2:
        return math.nan, math.nan
    mean = math.fsum(values) / n
    spread = math.sqrt(math.fsum((values - mean) * (values - mean)) / (n - 1) / n)
    half = float(stats.t.ppf(0.5 + level / 2.0, n - 1)) * spread
    return mean - half, mean + half
