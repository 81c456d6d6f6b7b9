"""Orders: rows sorted by unit or by key, ranks, and who comes first on a list.

Rows are sorted by NumPy's radix sort of 16 bits: its sort of 64 bits is four times as slow on some processors as on
others. Leagues of one size are ranked together, as the rows of one table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Order = NDArray[np.intp]
Floats = NDArray[np.float64]

_DIGIT = 16  # bits that NumPy sorts by radix


def ascending(values: NDArray[np.integer[Any]], order: Order | None = None) -> Order:
    """Return the order of whole numbers ≥ 0 (n,), the least first; equal ones as in `order`, or as they come."""
    rest = values
    while order is None or rest.any():
        digit = rest.astype(np.uint16)
        if order is None:
            order = np.argsort(digit, kind="stable")
        else:
            order = order.take(np.argsort(digit.take(order), kind="stable"))
        rest = rest >> _DIGIT
    return order


def by_unit(units: NDArray[np.integer[Any]], minor: NDArray[np.integer[Any]] | None = None) -> Order:
    """Return the stable order of rows by unit, or by (unit, minor): a merge, soon done if most are in order already."""
    if minor is None:
        return ascending(units)
    return np.argsort((units.astype(np.int64) << 32) + minor, kind="stable")


def by_key(keys: NDArray[np.uint64]) -> Order:
    """Return the order of keys of luck (n,): by their upper half, which alone is sorted; equal halves are rare."""
    half = keys >> np.uint64(32)
    order = ascending(half)
    half = half.take(order)
    return np.argsort(keys, kind="stable") if (half[1:] == half[:-1]).any() else order


def stacked(leagues: Iterable[Order]) -> list[NDArray[np.intp]]:
    """Return the rows of leagues of one size together, as tables (leagues, size)."""
    by_size: defaultdict[int, list[Order]] = defaultdict(list)
    for rows in leagues:
        by_size[len(rows)].append(rows)
    return [np.stack(rows) for rows in by_size.values()]


def mean_rank(scores: Floats) -> Floats:
    """Rank scores (…, n) along their last axis, 1 for the highest; equal scores share the mean of their ranks.

    No score (NaN), no rank.
    """
    order = np.argsort(-scores, axis=-1)  # no score comes last
    ordered = np.take_along_axis(scores, order, axis=-1)
    begins = np.ones(scores.shape, dtype=bool)
    begins[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    start = np.flatnonzero(begins)
    ties = np.diff(np.append(start, scores.size))
    shared = np.repeat((2 * (start % scores.shape[-1]) + ties + 1) / 2.0, ties)
    rank = np.empty(scores.shape)
    np.put_along_axis(rank, order, shared.reshape(scores.shape), axis=-1)
    return np.where(np.isnan(scores), np.nan, rank)


def first(values: Floats, luck: Floats, n: int) -> NDArray[np.bool_]:
    """Mark the n first of each row (leagues, size) by rising value; equal ones by luck, those without a value never."""
    chosen = np.zeros(values.shape, dtype=bool)
    if n == 0:
        return chosen
    known = ~np.isnan(values)
    values = np.where(known, values, np.inf)
    last = np.partition(values, n - 1, axis=1)[:, n - 1 : n]
    np.less_equal(values, last, out=chosen)
    for row in np.flatnonzero(np.count_nonzero(chosen, axis=1) > n).tolist():  # not all that are equal have room
        equal = np.flatnonzero(values[row] == last[row])
        chosen[row, equal] = False
        chosen[row, equal[np.argsort(luck[row, equal])][: n - np.count_nonzero(chosen[row])]] = True
    return chosen & known
