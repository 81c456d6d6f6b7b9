"""Measures of patterns that are made of outcomes by month."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from sim.patterns.pattern import Family, Tables

_OUTCOME = {"resolution_rate": "reported_resolution", "satisfaction_rate": "satisfaction", "response_rate": "response"}


def level(outcome: str) -> Callable[[Family], float]:
    """Return the level of an outcome at β = 1, a mean over the months after the first year."""
    return lambda family: family[1.0].mean(outcome)


def effect(outcome: str, low: float, high: float) -> Callable[[Family], float]:
    """Return what an outcome gains from one strength to another, a mean over the months after the first year."""
    return lambda family: family[high].mean(outcome) - family[low].mean(outcome)


def published_points(tables: Tables, metric: str) -> pd.DataFrame:
    """Return the published points of a metric within the run: year, month, published, simulated, confidence.

    Shares in 0–1; `month` is NaN for the figure of a whole year, which is held against the mean of its months.
    """
    rows = []
    simulated = tables.monthly.set_index("month")[_OUTCOME[metric]]
    published = tables.city.published
    of_metric = published[published["metric"] == metric]
    names = ("year", "month", "value", "confidence")
    for year, month, value, confidence in zip(*(of_metric[name].tolist() for name in names), strict=True):
        if math.isnan(month):
            mine = simulated[[key for key in simulated.index if key[:4] == str(year)]]
            if len(mine) < 12:
                continue
            found = math.fsum(mine) / len(mine)
        else:
            key = f"{year}-{int(month):02d}"
            if key not in simulated.index:
                continue
            found = float(simulated[key])
        rows.append((year, month, value / 100.0, found, confidence))
    return pd.DataFrame(rows, columns=["year", "month", "published", "simulated", "confidence"])


def distance(metric: str) -> Callable[[Family], float]:
    """Return the mean absolute distance to the published points of a metric at β = 1."""

    def compute(family: Family) -> float:
        points = published_points(family[1.0], metric)
        apart = (points["simulated"] - points["published"]).abs()
        return math.fsum(apart) / len(apart) if len(apart) else math.nan

    return compute


def satisfied_above_resolved(family: Family) -> float:
    """Return satisfaction less reported resolution at β = 1: above 0 in every published pair."""
    return family[1.0].mean("satisfaction") - family[1.0].mean("reported_resolution")


def over_tickets(outcome: str) -> Callable[[Family], float]:
    """Return a share that repeats take of something over their share of tickets, at β = 1."""
    return lambda family: family[1.0].mean(outcome) / family[1.0].mean("repeat_share")


def over_attempts(outcome: str) -> Callable[[Family], float]:
    """Return a share that further attempts take, cases included, over their share of tickets and cases, at β = 1."""
    return lambda family: family[1.0].mean(outcome) / family[1.0].mean("further_share")
