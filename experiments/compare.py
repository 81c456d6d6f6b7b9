"""Compare: what an arm changes against the baseline, seed by seed, with an interval."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.cube import Cube
from experiments.intervals import interval, kind_of
from sim.outcomes import OUTCOMES

Floats = NDArray[np.float64]

_NOTHING = 1e-12  # a spread that is only rounding
COLUMNS = [
    "arm",
    "outcome",
    "baseline",
    "mean",
    "difference",
    "ci_low",
    "ci_high",
    "share_better",
    "n",
    "interval",
    "d",
]


def compare(monthly: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return one row an arm and outcome; see COLUMNS.

    baseline, mean: of an average month, over the months that both arms of a seed have (`Cube.means`).
    difference, ci_low, ci_high: taken seed by seed, so that luck cancels, with the 95 % interval that `interval`
    names: "t" below 20 seeds, "bootstrap" (BCa) from 20 on, "none" for one.
    share_better: share of seeds in which the arm is better, NaN if the outcome has no better direction.
    d: the standardised effect, difference ÷ standard deviation of the baseline between seeds (Glass 1976): how large
    the effect is beside what luck alone does to the city; NaN for one seed or a baseline without spread.
    """
    cube = Cube.of(monthly)
    rows = []
    for arm in cube.arms:
        if arm == baseline:
            continue
        base, here = cube.means(baseline, arm)
        for i, name in enumerate(cube.names):
            rows.append({"arm": arm, "outcome": name} | paired(base[:, i], here[:, i], OUTCOMES[name].better))
    return pd.DataFrame(rows, columns=COLUMNS)


def paired(base: Floats, here: Floats, better: int = 0) -> dict[str, float | int | str]:
    """Return what one outcome of two arms gives, both (seeds,): the columns of a comparison from baseline on."""
    known = ~(np.isnan(base) | np.isnan(here))
    base, here = base[known], here[known]
    n = len(base)
    out: dict[str, float | int | str] = dict.fromkeys(COLUMNS[2:8], math.nan)
    if n == 0:
        return out | {"n": 0, "interval": kind_of(0), "d": math.nan}
    gain, size = here - base, np.maximum(np.abs(base), np.abs(here))
    low, high = interval(gain)
    mean, difference = math.fsum(base) / n, math.fsum(gain) / n
    return {
        "baseline": mean,
        "mean": math.fsum(here) / n,
        "difference": difference,
        "ci_low": low,
        "ci_high": high,
        "share_better": float(np.mean(gain * better > _NOTHING * size)) if better else math.nan,
        "n": n,
        "interval": kind_of(n),
        "d": _standardised(difference, base - mean, abs(mean)),
    }


def _standardised(difference: float, away: Floats, size: float) -> float:
    n = len(away)
    spread = math.sqrt(math.fsum(away * away) / (n - 1)) if n > 1 else 0.0
    return difference / spread if spread > _NOTHING * size else math.nan
