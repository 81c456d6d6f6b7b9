"""Loop gain at every point of a stage, from pairs of runs with and without a small surge, and what ran away there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from experiments.intervals import LEVEL
from experiments.loop_gain import MEASURES, WINDOW, gain, multiplier
from experiments.studies.ran import Ran

Floats = NDArray[np.float64]

SURGE, SURGE_MONTHS = "parameters.surge", "parameters.surge_months"
STOPPED, RISING, LASTING, GAIN, FADES = "stopped", "rising", "lasting", "gain", "fades"  # what a point is
LEVELS = ("branching", "repeat_share", "hours_on_repeats", "real_resolution")
_QUARTERS, _LEAST = 4, 1.1  # a backlog that rises: in every quarter of a year, and by a tenth in all


def factors(ran: Ran, stage: str) -> list[str]:
    """Return the columns that name a point, but for the surge: mechanism switched off, and factors of the design."""
    table, over = ran.stage(stage), ran.settings.all_stages[stage].design["over"]
    said = [text.partition(":")[0] for text in map(str, over)]
    named = [name for name in said if "." in name]  # the others are mechanisms
    if not over:  # a table of points
        kinds = ("parameters", "rules", "reforms")
        named = [name for name in table if name.split(".")[0] in kinds and table[name].nunique() > 1]
    off = "without" in table and bool((table["without"].fillna("") != "").any())
    return (["without"] if off else []) + [name for name in named if name not in (SURGE, SURGE_MONTHS)]


def pairs_of(ran: Ran, stage: str, names: Sequence[str]) -> pd.DataFrame:
    """Return one row a point (by `names`) and seed: M in tickets and hours, and levels without the surge.

    stopped: a run of the pair was stopped as runaway, and has no M; rising: its backlog rose for a year. early, late:
    extra repeats in the window's second and last quarter for every extra fresh problem. branching is b, the mean of
    the window's months of which the following 180 days are known.
    """
    table, settings = ran.stage(stage), ran.settings.all_stages[stage]
    first = settings.parameters.surge_from - 1
    rows = []
    keys = [*names, "seed"]
    if "without" in table:
        table = table.assign(without=table["without"].fillna(""))
    for place, group in table.groupby(keys, sort=False):
        plain, surged = group[group[SURGE] == 1.0], group[group[SURGE] > 1.0]
        row = dict(zip(keys, place, strict=True))
        stopped = min(len(plain), len(surged)) < settings.months
        span = plain.iloc[first : first + WINDOW]
        row |= {"stopped": stopped, "rising": rises(plain["backlog"].to_numpy(), plain["problems"].to_numpy())}
        for name, of in MEASURES.items():
            row[f"m_{name}"] = math.nan if stopped else multiplier(plain, surged, first, *of)
        for name, at in (("early", first + 3), ("late", first + WINDOW - 3)):
            row[name] = math.nan if stopped else _repeats(plain, surged, slice(at, at + 3), first)
        row |= {"branching": float(span["branching_ratio"].mean())}
        rows.append(row | {name: float(span[name].mean()) for name in LEVELS[1:]})
    return pd.DataFrame(rows)


def _repeats(plain: pd.DataFrame, surged: pd.DataFrame, span: slice, first: int) -> float:
    """Return the extra repeats in some months for every extra fresh problem of the whole window."""
    whole = slice(first, first + WINDOW)
    extra, fresh = (
        math.fsum(surged[name].to_numpy()[part]) - math.fsum(plain[name].to_numpy()[part])
        for name, part in (("repeats", span), ("problems", whole))
    )
    return extra / fresh if fresh > 0.0 else math.nan


def rises(backlog: Floats, fresh: Floats) -> bool:
    """Say whether the backlog over fresh problems rose in each of the last four quarters, and by a tenth in all.

    Over fresh problems, because the volume grows and has seasons: at constant inflow it is the backlog itself.
    """
    months = 3 * (_QUARTERS + 1)
    if len(backlog) < months:
        return False
    quarters = backlog[-months:].reshape(-1, 3).sum(axis=1) / np.maximum(
        1.0, fresh[-months:].reshape(-1, 3).sum(axis=1)
    )
    return bool((np.diff(quarters) > 0.0).all() and quarters[-1] > _LEAST * quarters[0])


def half_width(values: pd.Series, groups: Sequence[pd.Series], n: int) -> float:
    """Return half of the 95 % t interval of a mean of `n` values, by the spread within groups pooled over all of them.

    NaN where no group has two. Of what spreads with its size the logarithms are given.

    With two or three seeds a point of its own says nothing of the spread; all points together do, if it is alike.
    """
    each = values.groupby([group.to_numpy() for group in groups] or np.zeros(len(values)))
    within = values - each.transform("mean")
    freedom = int(values.notna().sum()) - int(each.count().gt(0).sum())
    if freedom < 1 or n < 1:
        return math.nan
    variance = math.fsum(within.dropna().to_numpy() ** 2) / freedom
    return float(stats.t.ppf(0.5 + LEVEL / 2.0, freedom)) * math.sqrt(variance / n)


def gains_of(pairs: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return one row a point: M, Λ and Λ_h with pooled 95 % intervals, the levels, n, and what the point is.

    M is the geometric mean over seeds, its interval one of logarithms; a pair with M ≤ 0 has none.
    stopped or rising if any seed is; gain if Λ ≥ 1; lasting if the extra repeats have not faded: no fewer in the
    window's last quarter than in its second, and told apart from nothing; else it fades. A window of twelve months
    bounds M, and so Λ below 1: a loop that feeds itself shows first in what does not fade.
    """
    rows = []
    for place, group in pairs.groupby(list(names), sort=False) if names else [((), pairs)]:
        row: dict[str, Any] = dict(zip(names, place, strict=True))
        row |= {"n": int(group["m_tickets"].notna().sum())}
        for measure in MEASURES:
            logs = _logs(pairs[f"m_{measure}"])
            here = logs.loc[group.index]
            half = half_width(logs, [pairs[name] for name in names], int(here.notna().sum()))
            for end, away in (("", 0.0), ("_low", -half), ("_high", half)):
                m = math.exp(float(here.mean()) + away)
                row |= {f"m_{measure}{end}": m, f"gain_{measure}{end}": gain(m)}
        for name in ("early", "late", *LEVELS):
            row[name] = float(group[name].mean())
        row["late_half"] = half_width(pairs["late"], [pairs[name] for name in names], int(group["late"].notna().sum()))
        rows.append(row | {"is": _what(row, group)})
    return pd.DataFrame(rows)


def _logs(values: pd.Series) -> pd.Series:
    """Return natural logarithms, NaN where there is none."""
    return np.log(values.where(values > 0.0))


def _what(row: dict[str, Any], group: pd.DataFrame) -> str:
    if group["stopped"].any():
        return STOPPED
    if group["rising"].any():
        return RISING
    if row["gain_tickets"] >= 1.0:
        return GAIN
    lasts = row["late"] >= row["early"] and row["late"] > row["late_half"]
    return LASTING if lasts else FADES


def changes(pairs: pd.DataFrame, table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the points with M without the mechanism over M with it, paired by seed: change, low, high (pooled)."""
    keys = [*(name for name in names if name != "without"), "seed"]
    base = pairs.loc[pairs["without"] == "", [*keys, "m_tickets"]].rename(columns={"m_tickets": "base"})
    off = pairs[pairs["without"] != ""].merge(base, on=keys, how="left")
    off["change"] = _logs(off["m_tickets"]) - _logs(off["base"])
    rows = []
    for _, row in table.iterrows():
        mine = off
        for name in names:
            mine = mine[mine[name] == row[name]]
        n = int(mine["change"].notna().sum())
        half = half_width(off["change"], [off[name] for name in names], n)
        mean = float(mine["change"].mean()) if n else math.nan
        ends = (math.exp(mean + away) for away in (0.0, -half, half))
        rows.append(dict(zip(("change", "change_low", "change_high"), ends, strict=True)))
    return pd.concat([table, pd.DataFrame(rows, index=table.index)], axis=1)
