"""Over the years: what the same strength buys, against none, in every year, as it is and without each mechanism."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.intervals import estimate
from experiments.studies.diminishing_returns.curve import best_of, says, wide
from experiments.studies.diminishing_returns.factors import WHY_GROUPS, factors_of, split_table
from experiments.studies.diminishing_returns.ledger import KEYS, summed

Floats = NDArray[np.float64]


def gains(months: pd.DataFrame) -> dict[tuple[str, float], pd.DataFrame]:
    """Return what each strength adds to real resolution over the lowest one: (without, strength) -> seeds × years.

    `months` is a ledger; seeds that lack a year (runs that were stopped as runaway) are left out.
    """
    sums = summed(months[months["year"] > 0], ["year", *KEYS])
    out = {}
    for without, part in sums.groupby("without", sort=False):
        table = part.pivot(index=["strength", "seed"], columns="year", values="real")
        lowest = float(part["strength"].min())
        for strength in sorted(set(part["strength"]) - {lowest}):
            out[str(without), float(strength)] = (table.loc[strength] - table.loc[lowest]).dropna()
    return out


def years_table(found: dict[tuple[str, float], pd.DataFrame]) -> pd.DataFrame:
    """Return a row a mechanism switched off ("" if none), strength and year: gain over no tournament, low, high, n."""
    rows = []
    for (without, strength), table in found.items():
        for year in table:
            named = {"without": without, "strength": strength, "year": int(year)}
            rows.append(named | estimate(table[year].to_numpy()))
    return pd.DataFrame(rows)


def same_seeds(found: dict[tuple[str, float], pd.DataFrame]) -> dict[tuple[str, float], pd.Series]:
    """Return, for each mechanism and strength, the gains by year as it is, means over the seeds that both have."""
    out = {}
    for (without, strength), table in found.items():
        as_it_is = found.get(("", strength))
        if without and as_it_is is not None:
            out[without, strength] = as_it_is.loc[as_it_is.index.intersection(table.index)].mean()
    return out


def fade_table(found: dict[tuple[str, float], pd.DataFrame]) -> pd.DataFrame:
    """Return a row a mechanism and strength: by how much the gain of the last year is below that of the first.

    mean, low, high, n: last − first, paired by seed; says. explained, with its interval: how much less it fades
    without the mechanism than as it is, on the seeds that both have; explained_says. Empty with a single year.
    """
    rows = []
    for (without, strength), table in found.items():
        if table.shape[1] < 2:
            continue
        fade = _fade(table)
        row = {"without": without, "strength": strength} | estimate(fade.to_numpy())
        row["says"] = says(float(row["low"]), float(row["high"]))
        as_it_is = found.get(("", strength))
        if without and as_it_is is not None:
            both = fade.index.intersection(as_it_is.index)
            part = estimate((fade.loc[both] - _fade(as_it_is).loc[both]).to_numpy())
            row |= {"explained": part["mean"], "explained_low": part["low"], "explained_high": part["high"]}
            row["explained_says"] = says(float(part["low"]), float(part["high"]))
        rows.append(row)
    return pd.DataFrame(rows)


def _fade(table: pd.DataFrame) -> pd.Series:
    return table.iloc[:, -1] - table.iloc[:, 0]


def why_table(months: pd.DataFrame, theta: float, strength: float) -> pd.DataFrame:
    """Return the split over factors of a strength's gain over the lowest one, year by year (window: the year)."""
    parts = []
    sums = summed(months[months["year"] > 0], ["year", *KEYS])
    lowest = float(sums["strength"].min())
    for year, part in sums.groupby("year"):
        of = factors_of(part, theta).assign(strength=part["strength"], seed=part["seed"])
        parts.append(split_table(of, [(lowest, strength)], str(year)))
    return pd.concat(parts, ignore_index=True)


def fading_factors(why: pd.DataFrame) -> pd.Series:
    """Return by how much each group of factors (WHY_GROUPS) is lower in the last year than in the first, most first."""
    table = why.pivot(index="factor", columns="window", values="mean")
    years = sorted(table.columns, key=int)
    change = table[years[-1]] - table[years[0]]
    return pd.Series({group: change[list(names)].sum() for group, names in WHY_GROUPS.items()}).sort_values()


def maxima_table(months: pd.DataFrame) -> pd.DataFrame:
    """Return a row a measure ("real", "streets") and mechanism switched off ("" if none): where it is best.

    Of the settled months. drop, low, high: the highest strength less the best below it; says: LESS if there surely is
    a maximum below the highest strength, MORE if surely none, "" with one seed, else not told apart. `best`,
    `best_low`, `best_high`: the best strength, and 95 % of resamples of the seeds. `whole`, with its interval: what
    the highest strength adds to the lowest one.
    """
    rows = []
    sums = summed(months[months["settled"]], KEYS)
    for measure in ("real", "streets"):
        for without, part in sums.groupby("without", sort=False):
            if part["strength"].nunique() < 2:
                continue
            best = best_of(part, measure)
            table = wide(part, measure)
            whole = estimate((table.iloc[:, -1] - table.iloc[:, 0]).to_numpy())
            row = {"measure": measure, "without": without, "best": best.strength, "best_low": best.low}
            row |= {"best_high": best.high, "top": float(table.columns[-1]), "drop": best.drop, "low": best.drop_low}
            row |= {"high": best.drop_high, "says": best.says if best.n > 1 else "", "n": best.n}
            row |= {"whole": whole["mean"], "whole_low": whole["low"], "whole_high": whole["high"]}
            rows.append(row)
    return pd.DataFrame(rows)


def shown_strength(strengths: Iterable[float]) -> float:
    """Return the strength that is told: today's, 1, or else the one of the stage `curve` that is nearest to it."""
    return min(strengths, key=lambda b: (abs(b - 1.0), math.copysign(b, 1.0)))
