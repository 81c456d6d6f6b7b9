"""Intervals: 95 % for a mean over seeds, Student's t below 20 seeds, the bootstrap from 20 on; and for a ratio."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special  # not scipy.stats: it takes its time to import

from sim.luck import mix, mix_one

Floats = NDArray[np.float64]

LEVEL = 0.95
BOOTSTRAP_FROM = 20  # seeds; with fewer the bootstrap's intervals are too short
RESAMPLES = 9999
_COLUMNS = 64  # that are resampled at once, to bound memory


def kind_of(n: int) -> str:
    """Return which interval `n` seeds get: "none", "t" or "bootstrap"."""
    return "none" if n < 2 else "t" if n < BOOTSTRAP_FROM else "bootstrap"


def interval(values: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Return the interval for the mean of `values` (n,), of the kind that n asks for; NaN for n < 2."""
    low, high = intervals(np.asarray(values, dtype=np.float64)[:, None], level)
    return float(low[0]), float(high[0])


def intervals(values: Floats, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Return the intervals for the means of the columns of `values` (n, k), none of them NaN: low (k,), high (k,)."""
    n, k = values.shape
    if n < 2:
        return np.full(k, np.nan), np.full(k, np.nan)
    if n < BOOTSTRAP_FROM:
        return _t(values, level)
    parts = [_bootstrap(values[:, at : at + _COLUMNS], level) for at in range(0, k, _COLUMNS)]
    return np.concatenate([low for low, _ in parts]), np.concatenate([high for _, high in parts])


def _t(values: Floats, level: float) -> tuple[Floats, Floats]:
    n = len(values)
    mean = _sum(values) / n
    away = values - mean
    half = _quantile(n, level) * np.sqrt(_sum(away * away) / (n - 1) / n)
    return mean - half, mean + half


def _bootstrap(values: Floats, level: float) -> tuple[Floats, Floats]:
    """Return BCa intervals (Efron 1987) of the means of columns; a column of equal values has an interval of width 0.

    The resamples are a fixed set for each n, so that the same numbers always have the same interval.
    """
    n, k = values.shape
    mean = _sum(values) / n
    counts = resamples(n)
    means = np.zeros((RESAMPLES, k))
    for i in range(n):  # in order: a matrix product may add in any
        means += counts[:, i, None] * (values[i] - mean)
    means /= n
    below = (np.sum(means < 0.0, axis=0) + 0.5 * np.sum(means == 0.0, axis=0)) / RESAMPLES
    bias = special.ndtri(np.clip(below, 1.0 / RESAMPLES, 1.0 - 1.0 / RESAMPLES))
    away = (values - mean) / (n - 1)  # the jackknife's mean minus its values
    square = _sum(away * away)
    skew = _sum(away * away * away) / (6.0 * np.where(square > 0.0, square, 1.0) ** 1.5)
    out = []
    for z in (special.ndtri(0.5 - level / 2.0), special.ndtri(0.5 + level / 2.0)):
        share = special.ndtr(bias + (bias + z) / (1.0 - skew * (bias + z)))
        out.append(mean + np.array([np.quantile(means[:, j], share[j]) for j in range(k)]))
    return out[0], out[1]


def estimate(values: Floats) -> dict[str, Any]:
    """Return mean, low, high and n of values over seeds; what is not known (NaN) is left out."""
    values = values[~np.isnan(values)]
    low, high = interval(values)
    mean = math.fsum(values) / len(values) if len(values) else math.nan
    return {"mean": mean, "low": low, "high": high, "n": len(values)}


def told_apart(table: pd.DataFrame) -> pd.Series:
    """Say of each row whether its interval, ci_low to ci_high, leaves out 0; if no row has one (one seed), of all."""
    low, high = table["ci_low"], table["ci_high"]
    return (low > 0.0) | (high < 0.0) | low.isna().all()


@functools.lru_cache(maxsize=4)
def resamples(n: int) -> Floats:
    """Return how often each of n values is drawn in each resample, (RESAMPLES, n)."""
    keys = mix(mix_one(n, RESAMPLES), np.arange(RESAMPLES * n, dtype=np.int64))
    drawn = (keys >> np.uint64(11)).astype(np.float64) * (n * 2.0**-53)
    rows = np.repeat(np.arange(RESAMPLES), n)
    counts = np.bincount(rows * n + drawn.astype(np.int64), minlength=RESAMPLES * n)
    return counts.reshape(RESAMPLES, n).astype(np.float64)


def ratio_interval(over: Floats, under: Floats, level: float = LEVEL) -> tuple[float, float, float]:
    """Return mean(over) ÷ mean(under) of pairs (n,) with Fieller's interval: ratio, low, high (Fieller 1954).

    All are NaN for n < 2 and where the t interval of the denominator's mean contains 0: there Fieller's set is not
    an interval, and any number would mislead.
    """
    n = len(over)
    if n < 2:
        return math.nan, math.nan, math.nan
    a, b = math.fsum(over) / n, math.fsum(under) / n
    away_a, away_b = over - a, under - b
    scale = _quantile(n, level) ** 2 / (n - 1) / n
    var_a, var_b = scale * math.fsum(away_a * away_a), scale * math.fsum(away_b * away_b)
    both = scale * math.fsum(away_a * away_b)
    lead = b * b - var_b
    if lead <= 0.0:
        return math.nan, math.nan, math.nan
    middle = a * b - both
    root = math.sqrt(max(0.0, middle * middle - lead * (a * a - var_a)))
    return a / b, (middle - root) / lead, (middle + root) / lead


def _quantile(n: int, level: float) -> float:
    return float(special.stdtrit(n - 1, 0.5 + level / 2.0))  # Student's t


def _sum(values: Floats) -> Floats:
    """Return exact column sums of (n, k)."""
    return np.array([math.fsum(column) for column in values.T], dtype=np.float64)
