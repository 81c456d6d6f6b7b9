"""Surge and recovery: each arm's path with the surge against its own path without, and when the two meet again."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.intervals import estimate
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gains import SURGE

OUTCOMES = ("backlog", "real_resolution", "repeats", "repeat_share", "problems", "prevention_share")
WITHIN = 0.01  # of the level without a surge


def paths_of(ran: Ran) -> pd.DataFrame:
    """Return one row an arm, outcome and month: level without the surge, and the paired difference that it makes.

    month_after counts from the surge's first month, 1; `relative` is the difference over the level. A month that one of
    the two runs of a seed did not reach is left out for that seed.
    """
    table, settings = ran.stage("recovery"), ran.settings.all_stages["recovery"]
    first = settings.parameters.surge_from - 1
    rows = []
    for arm in settings.arms:
        mine = table[table["arm"] == arm]
        months = list(dict.fromkeys(mine["month"]))
        surge = mine[SURGE] != 1.0
        for name in OUTCOMES:
            plain, surged = (
                mine[which].pivot(index="month", columns="seed", values=name).reindex(months)
                for which in (~surge, surge)
            )
            change = surged - plain
            for i, month in enumerate(months):
                found = estimate(change.loc[month].to_numpy(dtype=np.float64))
                if not found["n"]:
                    continue
                level, mean = float(plain.loc[month].mean()), found.pop("mean")
                row = {"arm": arm, "outcome": name, "month": month, "month_after": i - first + 1, "without": level}
                rows.append(row | {"difference": mean} | found | {"relative": mean / level if level else math.nan})
    return pd.DataFrame(rows)


def back_of(paths: pd.DataFrame, surge_months: int) -> pd.DataFrame:
    """Return one row an arm and outcome: the furthest difference, and in how many months after the surge it is back.

    within_1_percent: months after the surge's end from which on the mean difference is within 1 % of the level without,
    in all months that follow; not_told_apart: from which on its interval holds 0. NaN: never in the run. last: the
    difference of the last month over the level.
    """
    rows = []
    for (arm, name), path in paths.groupby(["arm", "outcome"], sort=False):
        after = path[path["month_after"] > surge_months]
        since = path[path["month_after"] >= 1]
        furthest = since.loc[since["relative"].abs().idxmax()] if since["relative"].notna().any() else None
        holds = (after["low"] <= 0.0) & (after["high"] >= 0.0)
        row = {"arm": arm, "outcome": name, "furthest": math.nan if furthest is None else furthest["relative"]}
        row["within_1_percent"] = _for_good(after["relative"].abs() <= WITHIN)
        row["not_told_apart"] = _for_good(holds) if after["low"].notna().all() else math.nan
        last = after.iloc[-1] if len(after) else None
        row |= {key: math.nan if last is None else last[key] for key in ("relative", "difference", "low", "high")}
        rows.append(row | {"months_after": len(after), "n": int(path["n"].max())})
    return pd.DataFrame(rows)


def _for_good(good: pd.Series) -> float:
    """Return the number (from 1) of the first month from which on all are good; NaN if the last is not."""
    bad = np.flatnonzero(~good.to_numpy())
    first = int(bad[-1]) + 1 if len(bad) else 0
    return math.nan if first >= len(good) else float(first + 1)
