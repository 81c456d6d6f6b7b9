"""Pairs: all pairs of chosen reforms as arms, and whether two together do more or less than the sum of both."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.cube import Cube
from experiments.errors import BadInput, nearest
from experiments.intervals import interval, kind_of
from sim.outcomes import OUTCOMES

COLUMNS = [
    *("first", "second", "outcome", "effect_first", "effect_second", "effect_both"),
    *("interaction", "ci_low", "ci_high", "says", "n", "interval"),
]
MORE, LESS, UNKNOWN, HIGHER, LOWER = "more", "less", "not told apart", "higher", "lower"


def pair_name(first: str, second: str) -> str:
    """Return the name of the arm with both."""
    return f"{first}+{second}"


def checked_pairs(value: object, reforms: Mapping[str, object]) -> list[str]:
    """Return the labels under the key `pairs`. Raises BadInput if they are no list of two or more known labels."""
    if not isinstance(value, list):
        raise BadInput(f"pairs: {value!r} must be a list of reform labels, like '[escalation,resource_tilting]'")
    labels = [str(label) for label in value]
    for label in labels:
        if label not in reforms:
            raise BadInput(f"pairs: unknown reform label '{label}'{nearest(label, reforms)}")
        if labels.count(label) > 1:
            raise BadInput(f"pairs: '{label}' is named twice")
    if len(labels) == 1:
        raise BadInput(f"pairs: '{labels[0]}' has nothing to be paired with; name two labels or more, or none")
    return labels


def with_pairs(arms: Mapping[str, list[str]], labels: Sequence[str]) -> dict[str, list[str]]:
    """Return the arms and, after them, one for each label and one for each pair, on top of the baseline's reforms.

    Raises BadInput if one of the new names is an arm of other reforms, or the baseline has a label already.
    """
    out = dict(arms)
    baseline, base = next(iter(arms.items()))
    for label in labels:
        if label in base:
            raise BadInput(f"pairs: {baseline} has '{label}' already, so that adding it would change nothing")
    new = {label: [*base, label] for label in labels}
    new |= {pair_name(a, b): [*base, a, b] for a, b in itertools.combinations(labels, 2)}
    for arm, made in new.items():
        if out.setdefault(arm, made) != made:
            raise BadInput(f"arms.{arm}: {out[arm]} is not what pairs makes of that name, {made}; rename the arm")
    return out


def interactions(monthly: pd.DataFrame, baseline: str, labels: Sequence[str]) -> pd.DataFrame:
    """Return one row a pair and outcome: both effects alone, the effect of both, and both less the sum.

    interaction = (both − baseline) − (first − baseline) − (second − baseline), seed by seed, of an average month,
    with its 95 % interval. says: "more" if the two together are better than the sum and the interval leaves out 0,
    "less" if worse, "not told apart" if it holds 0; "higher" or "lower" for outcomes without a better direction.
    """
    cube = Cube.of(monthly)
    rows = []
    for first, second in itertools.combinations(labels, 2):
        arms = (baseline, first, second, pair_name(first, second))
        if not set(arms) <= set(cube.arms):
            continue
        base, a, b, both = cube.means(*arms)
        for i, name in enumerate(cube.names):
            more = ((both - base) - (a - base) - (b - base))[:, i]
            more = more[~pd.isna(more)]
            n = len(more)
            low, high = interval(more)
            effects = [_mean((arm - base)[:, i]) for arm in (a, b, both)]
            values = (first, second, name, *effects, _mean(more), low, high)
            says = _says(low, high, OUTCOMES[name].better)
            rows.append(dict(zip(COLUMNS, (*values, says, n, kind_of(n)), strict=True)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _mean(values: object) -> float:
    known = [float(value) for value in values if not math.isnan(value)]  # type: ignore[attr-defined]
    return math.fsum(known) / len(known) if known else math.nan


def _says(low: float, high: float, better: int) -> str:
    if math.isnan(low) or low <= 0.0 <= high:
        return UNKNOWN
    if better == 0:
        return HIGHER if low > 0.0 else LOWER
    return MORE if low * better > 0.0 else LESS
