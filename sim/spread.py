"""How scores spread over streets: noise against signal, stability of ranks, inequality."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def variance(values: Floats) -> float:
    """Return the variance (n - 1) of the known values, NaN below two."""
    known = values[~np.isnan(values)]
    if len(known) < 2:
        return math.nan
    mean = math.fsum(known) / len(known)
    return math.fsum((known - mean) * (known - mean)) / (len(known) - 1)


def mean(values: Floats) -> float:
    """Return the mean of the known values, NaN if there is none."""
    known = values[~np.isnan(values)]
    return math.fsum(known) / len(known) if len(known) else math.nan


def signal(scores: Floats, noise2: Floats) -> float:
    """Return the share of score variance that is not sampling noise, clipped to 0…1."""
    spread = variance(scores)
    if not spread > 0.0:
        return math.nan
    return min(1.0, max(0.0, 1.0 - mean(noise2) / spread))


def tau_b(a: Floats, b: Floats) -> float:
    """Return Kendall's τ_b of two rankings (n,), NaN where one is constant; pairs are counted in whole numbers."""
    known = ~(np.isnan(a) | np.isnan(b))
    a, b = a[known], b[known]
    agree = ties_a = ties_b = 0
    for i in range(len(a) - 1):
        da, db = np.sign(a[i + 1 :] - a[i]), np.sign(b[i + 1 :] - b[i])
        agree += int((da * db).astype(np.int64).sum())
        ties_a += int(np.count_nonzero(da == 0))
        ties_b += int(np.count_nonzero(db == 0))
    pairs = len(a) * (len(a) - 1) // 2
    under = math.sqrt(float(pairs - ties_a) * float(pairs - ties_b))
    return agree / under if under > 0.0 else math.nan


def gini(values: Floats) -> float:
    """Return the Gini coefficient of the known values ≥ 0."""
    known: Any = np.sort(values[~np.isnan(values)])
    n, total = len(known), math.fsum(known)
    if n == 0 or total <= 0.0:
        return math.nan
    return 2.0 * math.fsum((np.arange(1, n + 1) * known).tolist()) / (n * total) - (n + 1.0) / n


def days_quantile(counts: NDArray[np.int64], share: float) -> float:
    """Return the smallest number of days within which `share` of the tickets were closed; the last cell is open."""
    total = int(counts.sum())
    return float(np.searchsorted(np.cumsum(counts), share * total)) if total else math.nan
