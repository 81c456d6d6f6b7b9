"""The curve over the strength of the tournament: levels, marginal gains, and where they end.

Means over seeds with 95 % intervals; gains are taken seed by seed, between runs that share their luck.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.intervals import estimate, resamples

Floats = NDArray[np.float64]

MORE, LESS, UNSURE = "more", "less", "not told apart"


def wide(levels: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a value by seed (rows) and strength (columns, rising); seeds without all strengths are left out."""
    return levels.pivot(index="seed", columns="strength", values=name).sort_index(axis=1).dropna()


def says(low: float, high: float) -> str:
    """Return whether an interval lies above 0, below it, or on both sides (or is not there)."""
    if math.isnan(low) or low <= 0.0 <= high:
        return UNSURE
    return MORE if low > 0.0 else LESS


def curve_table(levels: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Return a row a strength and measure: strength, measure, mean, low, high, n; `gain` over the lowest, paired."""
    rows = []
    for name in names:
        values = wide(levels, name)
        for strength in values:
            gain = estimate((values[strength] - values.iloc[:, 0]).to_numpy())
            row = {"strength": strength, "measure": name} | estimate(values[strength].to_numpy())
            rows.append(row | {"gain": gain["mean"], "gain_low": gain["low"], "gain_high": gain["high"]})
    return pd.DataFrame(rows)


def marginal_table(levels: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Return a row a step between neighbouring strengths and measure: its gain per unit of β, paired seed by seed.

    low, high, n and `says` as elsewhere; `gain` is the whole step's.
    """
    rows = []
    for name in names:
        values = wide(levels, name)
        for one, two in pairwise(values.columns):
            gain = (values[two] - values[one]).to_numpy()
            found = estimate(gain / (two - one))
            row = {"measure": name, "from": one, "to": two, "gain": math.fsum(gain) / max(1, len(gain))}
            rows.append(row | found | {"says": says(float(found["low"]), float(found["high"]))})
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Ends:
    """Where gains end: strengths, or None where they do not up to the highest.

    fades: the smallest strength from which no step's gain is told apart upwards from nothing any more.
    falls: the smallest strength from which a step surely loses.
    """

    fades: float | None
    falls: float | None


def ends_of(steps: pd.DataFrame) -> Ends:
    """Return where the gains of a measure end, from its steps in order."""
    fades = None
    for _, step in steps[::-1].iterrows():
        if step["says"] == MORE:
            break
        fades = float(step["from"])
    falling = steps[steps["says"] == LESS]
    return Ends(fades, float(falling["from"].iloc[0]) if len(falling) else None)


@dataclass(frozen=True)
class Best:
    """The strength at which a value is highest, of those tried.

    strength: of the mean over seeds; low, high: 95 % of resamples of the seeds (NaN for one seed).
    least, most: over single seeds. alike: other strengths not told apart from the best.
    drop, drop_low, drop_high: highest strength less the best one `below` it, paired; says: LESS if that surely is a
    loss, MORE if the highest strength surely gains over every lower one, else UNSURE.
    """

    strength: float
    low: float
    high: float
    least: float
    most: float
    alike: list[float]
    below: float
    drop: float
    drop_low: float
    drop_high: float
    n: int
    says: str


def best_of(levels: pd.DataFrame, name: str) -> Best:
    """Return where a measure is best; at least two strengths and one seed."""
    table = wide(levels, name)
    strengths, values = table.columns.to_numpy(dtype=np.float64), table.to_numpy()
    n = len(values)
    means = np.array([math.fsum(column) / n for column in values.T])
    best = int(np.argmax(means))
    single = strengths[np.argmax(values, axis=1)]
    low = high = math.nan
    if n > 1:
        drawn = np.zeros((len(resamples(n)), len(strengths)))
        for i in range(n):
            drawn += resamples(n)[:, i, None] * (values[i] - means)
        tops = np.sort(strengths[np.argmax(means + drawn / n, axis=1)])
        low, high = (float(tops[int(share * (len(tops) - 1))]) for share in (0.025, 0.975))
    apart = [estimate(values[:, j] - values[:, best]) for j in range(len(strengths))]
    alike = [
        float(b)
        for j, (b, one) in enumerate(zip(strengths, apart, strict=True))
        if j != best and says(float(one["low"]), float(one["high"])) == UNSURE
    ]
    below = int(np.argmax(means[:-1]))
    drop = estimate(values[:, -1] - values[:, below])
    ends = float(drop["low"]), float(drop["high"])
    over = [estimate(values[:, -1] - values[:, j]) for j in range(len(strengths) - 1)]
    over_all = all(says(float(one["low"]), float(one["high"])) == MORE for one in over)
    verdict = says(*ends)
    return Best(
        float(strengths[best]),
        low,
        high,
        *(float(single.min()), float(single.max())),
        alike,
        float(strengths[below]),
        float(drop["mean"]),
        *ends,
        n,
        UNSURE if verdict == MORE and not over_all else verdict,
    )
