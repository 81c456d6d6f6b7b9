"""Measures of patterns that are made of scores and ranks of streets."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.patterns.pattern import Family, Floats, Tables

_DECILE = 0.1


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
    streets, after the first year, and less that at β = 0, in which streets that converge for other reasons do so too.
    Those who are in the decile two months running count with what a rank adds the second time.
    """
    return lambda family: _moves(family[1.0], end) - _moves(family[0.0], end)


def _moves(tables: Tables, end: str) -> float:
    scores, ranks = tables.by_street("score"), tables.by_street("rank")
    first = 13 if len(scores) > 14 else 1
    moves = []
    for month in range(first, len(scores) - 1):
        rank, move = ranks[month], scores[month + 1] - scores[month - 1]
        known = ~np.isnan(rank + move)
        if not known.any():
            continue
        worst, best = np.nanquantile(rank, [1.0 - _DECILE, _DECILE])
        chosen = known & (rank >= worst if end == "bottom" else rank <= best)
        mean = math.fsum(move[known]) / np.count_nonzero(known)
        moves += (move[chosen] - mean).tolist()
    return math.fsum(moves) / len(moves) if moves else math.nan
