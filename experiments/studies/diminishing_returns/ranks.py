"""Ranks: how much of a month's score is signal, and how stable ranks are, over the strength of the tournament."""

from __future__ import annotations

import pandas as pd

from experiments.arms import strengths_of
from experiments.intervals import estimate
from experiments.studies.diminishing_returns.curve import says
from experiments.studies.diminishing_returns.ledger import with_years
from experiments.studies.ran import Ran

MEASURES = ("rank_signal", "rank_stability", "score_sd", "score_noise")


def rank_levels(ran: Ran) -> pd.DataFrame:
    """Return a row a strength and seed of the stage `curve`: means of MEASURES over the settled months."""
    months = with_years(ran.stage("curve"), ran.settings.start)
    months = months[months["settled"]]
    months = months.assign(strength=months["arm"].map(strengths_of(ran.settings.stages["curve"])))
    return months.groupby(["strength", "seed"])[list(MEASURES)].mean().reset_index()


def ranks_table(levels: pd.DataFrame) -> pd.DataFrame:
    """Return a row a strength and measure: mean, low, high, n, and the change from the lowest strength, paired."""
    rows = []
    for name in MEASURES:
        table = levels.pivot(index="seed", columns="strength", values=name).sort_index(axis=1)
        for strength in table:
            change = estimate((table[strength] - table.iloc[:, 0]).to_numpy())
            row = {"measure": name, "strength": float(strength)} | estimate(table[strength].to_numpy())
            row |= {"change": change["mean"], "change_low": change["low"], "change_high": change["high"]}
            rows.append(row | {"says": says(float(change["low"]), float(change["high"]))})
    return pd.DataFrame(rows)
