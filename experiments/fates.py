"""Fates: the problems that end otherwise than in the baseline, estimated from the panel of one problem in 64."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.intervals import LEVEL, interval, kind_of
from sim.ticket_log import PANEL

FATES = ("solved", "sooner", "lost", "later", "same", "only_here", "only_baseline")
SUMS = {"better": ("solved", "sooner"), "worse": ("lost", "later")}
COLUMNS = ["arm", "fate", "share", "problems", "ci_low", "ci_high", "n", "interval", "panel"]
NEEDED = ["problem", "attempt", "resolved", "closed"]  # of the ticket log


def fates(base: pd.DataFrame, here: pd.DataFrame, until: int) -> dict[str, int]:
    """Count the panel's problems by how they end in two runs of one seed, closed before the day `until` in both.

    A problem counts by its last closed ticket. solved: really resolved here, not in the baseline; lost: the other way
    round; sooner, later: resolved in both, on another day; same: the rest of those that are in both; only_here,
    only_baseline: arose, or was closed in time, in one of the two alone.
    """
    left, right = _last(base, until), _last(here, until)
    both = left.add_suffix("_base").join(right.add_suffix("_here"), how="inner")
    was, now = both["resolved_base"].to_numpy(), both["resolved_here"].to_numpy()
    earlier = (both["closed_here"] - both["closed_base"]).to_numpy()
    found: dict[str, NDArray[np.bool_]] = {
        "solved": ~was & now,
        "lost": was & ~now,
        "sooner": was & now & (earlier < 0),
        "later": was & now & (earlier > 0),
    }
    counts = {name: int(np.count_nonzero(rows)) for name, rows in found.items()}
    counts["same"] = len(both) - sum(counts.values())
    counts["only_here"], counts["only_baseline"] = len(right) - len(both), len(left) - len(both)
    return {name: counts[name] for name in FATES}


def _last(tickets: pd.DataFrame, until: int) -> pd.DataFrame:
    """Return each problem's last ticket closed before a day: resolved, closed, by problem."""
    rows = tickets[tickets["closed"] < until].sort_values(["problem", "attempt"], kind="stable")
    return (
        rows.drop_duplicates("problem", keep="last")
        .set_index("problem")[["resolved", "closed"]]
        .astype({"resolved": bool, "closed": np.int64})
    )


def fate_table(counted: Mapping[str, Iterable[Mapping[str, int]]]) -> pd.DataFrame:
    """Return arm, fate, share, problems (an estimate for all, mean over seeds), its interval, n, interval, panel.

    share is of the panel's problems, panel is their mean number a run. The interval is over seeds, each with a panel of
    its own, so it holds the error of the estimate too; but few counts may be alike by luck, so it is no narrower than
    that error alone makes it.
    """
    rows = []
    for arm, seeds in counted.items():
        table = pd.DataFrame(list(seeds))
        if not len(table):
            continue
        whole = table.sum(axis=1)
        for name, parts in SUMS.items():
            table[name] = table[list(parts)].sum(axis=1)
        for name in (*SUMS, *FATES):
            every = table[name].to_numpy(dtype=np.float64) * (PANEL + 1)
            low, high = interval(every)
            share = table[name].sum() / whole.sum() if whole.sum() else math.nan
            n, panel = len(every), math.fsum(whole) / len(every)
            mean = math.fsum(every) / n
            if n > 1:
                half = NormalDist().inv_cdf(0.5 + LEVEL / 2.0) * _error(table[name].to_numpy())
                low, high = max(0.0, min(low, mean - half)), max(high, mean + half)
            values = (arm, name, share, mean, low, high, n, kind_of(n), panel)
            rows.append(dict(zip(COLUMNS, values, strict=True)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _error(counts: NDArray[np.integer]) -> float:
    """Return the standard error of the mean over seeds (n,) of problems estimated from the panel's counts alone.

    A problem is in the panel by lot, so a count of k has the variance k (1 − 1/64); k + 1 where none may be by luck.
    """
    whole = PANEL + 1
    return whole * math.sqrt((int(counts.sum()) + 1) * (1.0 - 1.0 / whole)) / len(counts)
