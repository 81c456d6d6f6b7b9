"""Measures of patterns that are made of the service index 七有五性 of streets."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.patterns.pattern import Family, Floats, Tables

_MONTHS = 12


def with_score(strength: float) -> Callable[[Family], float]:
    """Return the correlation over streets of service index and score at a strength, means of the last 12 months."""
    return lambda family: correlation(late(family[strength], "service_index"), late(family[strength], "score"))


def late(tables: Tables, column: str) -> Floats:
    """Return each street's mean of the last 12 months, NaN where nothing is known (S,)."""
    values = tables.by_street(column)[-_MONTHS:]
    known = np.sum(~np.isnan(values), axis=0)
    out: Floats = np.where(known > 0, np.nansum(values, axis=0) / np.maximum(1, known), np.nan)
    return out


def correlation(x: Floats, y: Floats) -> float:
    """Return Pearson's correlation of the known pairs, NaN where one of the two does not vary."""
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    if len(x) < 3:
        return math.nan
    dx, dy = x - math.fsum(x) / len(x), y - math.fsum(y) / len(y)
    under = math.sqrt(math.fsum(dx * dx) * math.fsum(dy * dy))
    return math.fsum(dx * dy) / under if under > 0.0 else math.nan
