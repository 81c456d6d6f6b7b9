"""Cost: what it takes that one problem fewer is left unresolved, in staff hours and, where it is spent, in money."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.cube import Cube, Floats
from experiments.intervals import interval, ratio_interval

CURRENCIES = ("staff_hours", "money")  # outcomes that are spent; a run need not have the second
COLUMNS = [
    *("arm", "currency", "spent", "spent_low", "spent_high", "gained", "gained_low", "gained_high"),
    *("cost", "ci_low", "ci_high", "says", "n", "interval"),
]
# what a ratio means depends on the signs of both differences, spent and gained, so it is said; 0: not told apart from 0
SAYS = {
    (1, 1): "buys",  # more spent, fewer left unresolved: the cost of one
    (-1, -1): "saves",  # less spent, more left unresolved: what each one saves
    (-1, 1): "better and cheaper",
    (1, -1): "worse and dearer",
    (0, 1): "better, cost unsure",
    (0, -1): "worse, cost unsure",
}
UNDEFINED = "not defined"


def costs(monthly: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return one row an arm and currency: what is spent more than in the baseline and gained by it, and their ratio.

    gained: problems fewer that were filed and not really resolved by the end of the run. Problems resolved would not
    do: where prevention or better service lets fewer arise, there are fewer to resolve. spent, gained: paired
    differences of a run's totals, with their 95 % intervals; a seed in which one of the two runs stopped early is left
    out, as its problems had less time to be resolved. cost: ratio of the mean differences with Fieller's 95 % interval.
    `says` tells how to read it, and speaks of more or less spent only where the interval of `spent` leaves out 0; where
    that of `gained` contains 0 the ratio could be anything, so cost is NaN and `says` is "not defined". An arm that
    spends no money beside the baseline has no row for it. Hours that money buys are among the staff hours too: the two
    are not added.
    """
    cube = Cube.of(monthly)
    rows = []
    for arm in cube.arms:
        for currency in CURRENCIES:
            names = (currency, "problems", "solved")
            if arm == baseline or not set(names) <= set(cube.names):
                continue
            more = _more(cube.only(names), currency, baseline, arm)
            if currency == CURRENCIES[0] or more[:, 0].any():
                rows.append({"arm": arm, "currency": currency} | _row(more))
    return pd.DataFrame(rows, columns=COLUMNS)


def in_percent(cost: pd.DataFrame, monthly: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return what each arm (index) spends in staff hours and gains, in % of the baseline's hours and problems left.

    Columns: spent, spent_low, spent_high, gained, gained_low, gained_high, from a table of `costs` and its runs; the
    baseline's totals are those of the seeds that the table compares.
    """
    cube = Cube.of(monthly).only((CURRENCIES[0], "problems", "solved"))
    out = {}
    for row in cost[cost["currency"] == CURRENCIES[0]].to_dict("records"):
        totals = cube.totals(baseline, row["arm"])[0]
        known = totals[~np.isnan(totals).any(axis=1)]
        hours, problems, solved = known.mean(axis=0) if len(known) else np.full(3, np.nan)
        whole = {"spent": hours, "gained": problems - solved}
        out[row["arm"]] = {
            name + end: 100.0 * row[name + end] / of for name, of in whole.items() for end in ("", "_low", "_high")
        }
    return pd.DataFrame.from_dict(out, orient="index")


def _more(cube: Cube, currency: str, baseline: str, arm: str) -> Floats:
    """Return what is spent more than in the baseline and what is gained, (seeds with both runs, 2)."""
    base, here = cube.totals(baseline, arm)
    more = here - base
    spent, problems, solved = (more[:, cube.names.index(name)] for name in (currency, "problems", "solved"))
    both = np.column_stack([spent, solved - problems])
    return both[~np.isnan(both).any(axis=1)]


def _row(more: Floats) -> dict[str, float | int | str]:
    n = len(more)
    spent, gained = more[:, 0], more[:, 1]
    cost, low, high = ratio_interval(spent, gained)
    a, b = (math.fsum(x) / n if n else math.nan for x in (spent, gained))
    spent_low, spent_high = interval(spent)
    return {
        **{"spent": a, "spent_low": spent_low, "spent_high": spent_high},
        **dict(zip(("gained", "gained_low", "gained_high"), (b, *interval(gained)), strict=True)),
        **{"cost": cost, "ci_low": low, "ci_high": high},
        "says": UNDEFINED if math.isnan(cost) else SAYS[_sign(spent_low, spent_high), 1 if b > 0.0 else -1],
        **{"n": n, "interval": "none" if n < 2 else "Fieller"},
    }


def _sign(low: float, high: float) -> int:
    """Return the sign of all numbers of an interval; 0 if it holds 0."""
    return 1 if low > 0.0 else -1 if high < 0.0 else 0
