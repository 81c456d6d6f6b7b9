"""Measures of patterns that are made of scores and ranks of streets."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.patterns.pattern import Family, Floats, Tables

_DECILE = 0.1
_SPAN = 6  # months before and after, over which a trend is taken


def slope(y: Floats, x: Floats) -> float:
    """Return the least-squares slope of y on x, NaN if x does not vary."""
    n = len(x)
    if n < 3:
        return math.nan
    dx, dy = x - math.fsum(x) / n, y - math.fsum(y) / n
    under = math.fsum(dx * dx)
    return math.fsum(dx * dy) / under if under > 0.0 else math.nan


def top_noise(family: Family) -> float:
    """Return the share of score differences within the top decile that is noise, at β = 1.

    A street's mean of the months before and after is free of this month's sampling error, so the slope of that mean
    on this month's score, within each month's top decile, is the part of a difference in scores that is real.
    """
    scores = family[1.0].by_street("score")
    slopes = []
    for month in range(1, len(scores) - 1):
        now, around = scores[month], 0.5 * (scores[month - 1] + scores[month + 1])
        top = now >= np.nanquantile(now, 1.0 - _DECILE)
        known = top & ~np.isnan(now + around)
        slopes.append(slope(around[known], now[known]))
    known_slopes = [s for s in slopes if not math.isnan(s)]
    return 1.0 - math.fsum(known_slopes) / len(known_slopes) if known_slopes else math.nan


def district_load(family: Family) -> float:
    """Return the highest over the lowest district's tickets per resident, at β = 1, whole run."""
    tables = family[1.0]
    filed = np.nansum(tables.by_street("problems") + tables.by_street("repeats"), axis=0)
    district = tables.city.streets["district_index"].to_numpy()
    people = tables.city.streets["population"].to_numpy(dtype=float)
    load = [filed[district == d].sum() / people[district == d].sum() for d in np.unique(district)]
    return float(max(load) / min(load))


def after(end: str) -> Callable[[Family], float]:
    """Return by how much the score after a month in the bottom or top decile exceeds that before it, beyond β = 0.

    Who is last in a month rises in the next by regression to the mean alone, and by the more the noisier scores are;
    a tournament that lets offices have fewer tickets makes them noisier. A lucky month stands out against the month
    before as against the month after, so the difference of the two is free of it. It is taken against the mean of all
    streets, after the first year, less the trend: what such a street's score moves in two months of the six before and
    after, for streets converge in other ways too, and not at the same pace at every strength. Of a reaction that lasts
    a sixth is taken for trend. Those who are in the decile two months running count with what a rank adds the second
    time.
    """
    return lambda family: _beyond_trend(family[1.0], end) - _beyond_trend(family[0.0], end)


def _beyond_trend(tables: Tables, end: str) -> float:
    return _moves(tables, end, 1) - _moves(tables, end, _SPAN) / _SPAN


def _moves(tables: Tables, end: str, span: int) -> float:
    """Return the score `span` months after a month in the decile less that as many before it, against all streets."""
    scores, ranks = tables.by_street("score"), tables.by_street("rank")
    moves = []
    for month in range(13 if len(scores) > 13 + 2 * _SPAN else _SPAN, len(scores) - _SPAN):
        rank, move = ranks[month], scores[month + span] - scores[month - span]
        known = ~np.isnan(rank + move)
        if not known.any():
            continue
        worst, best = np.nanquantile(rank, [1.0 - _DECILE, _DECILE])
        chosen = known & (rank >= worst if end == "bottom" else rank <= best)
        mean = math.fsum(move[known]) / np.count_nonzero(known)
        moves += (move[chosen] - mean).tolist()
    return math.fsum(moves) / len(moves) if moves else math.nan
