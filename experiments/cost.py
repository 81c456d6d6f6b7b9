"""Cost: what one additional really resolved problem takes, in staff hours and, where a run books it, in money."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.cube import Cube, Floats
from experiments.intervals import interval, ratio_interval

CURRENCIES = ("staff_hours", "money")  # outcomes that are spent; a run need not have the second
GAIN = "solved"
COLUMNS = [
    *("arm", "currency", "spent", "spent_low", "spent_high", "solved", "solved_low", "solved_high"),
    *("cost", "ci_low", "ci_high", "says", "n", "interval"),
]
# what a ratio means depends on the signs of both differences, so it is said
SAYS = {
    (True, True): "buys",  # more spent, more solved: the cost of one more
    (False, False): "saves",  # less spent, fewer solved: what each one lost saves
    (False, True): "better and cheaper",
    (True, False): "worse and dearer",
}
UNDEFINED = "not defined"


def costs(monthly: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return one row an arm and currency: what is spent and solved more than in the baseline, and their ratio.

    spent, solved: paired differences of a run's totals over the months that both arms of a seed have, with their 95 %
    intervals. cost: ratio of the mean differences with Fieller's 95 % interval. `says` tells how to read it; where
    the interval of `solved` contains 0 the ratio could be anything, so cost is NaN and `says` is "not defined". An arm
    that spends no money beside the baseline has no row for it.
    """
    cube = Cube.of(monthly)
    rows = []
    for arm in cube.arms:
        for currency in CURRENCIES:
            if arm == baseline or not {currency, GAIN} <= set(cube.names):
                continue
            more = _more(cube.only([currency, GAIN]), baseline, arm)
            if currency == CURRENCIES[0] or more[:, 0].any():
                rows.append({"arm": arm, "currency": currency} | _row(more))
    return pd.DataFrame(rows, columns=COLUMNS)


def _more(cube: Cube, baseline: str, arm: str) -> Floats:
    """Return what is spent and solved more than in the baseline, (seeds with both runs, 2)."""
    base, here = cube.totals(baseline, arm)
    more = here - base
    return more[~np.isnan(more).any(axis=1)]


def _row(more: Floats) -> dict[str, float | int | str]:
    n = len(more)
    spent, solved = more[:, 0], more[:, 1]
    cost, low, high = ratio_interval(spent, solved)
    a, b = (math.fsum(x) / n if n else math.nan for x in (spent, solved))
    return {
        **dict(zip(("spent", "spent_low", "spent_high"), (a, *interval(spent)), strict=True)),
        **dict(zip(("solved", "solved_low", "solved_high"), (b, *interval(solved)), strict=True)),
        **{"cost": cost, "ci_low": low, "ci_high": high},
        "says": UNDEFINED if math.isnan(cost) else SAYS[a > 0.0, b > 0.0],
        **{"n": n, "interval": "none" if n < 2 else "Fieller"},
    }
