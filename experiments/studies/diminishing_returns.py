"""Diminishing returns: what one more unit of tournament buys, where it buys nothing, and which mechanism does it."""

from __future__ import annotations

import pandas as pd

from experiments.intervals import interval
from experiments.studies.ran import Answer, Ran
from sim.reforms import rules_in_force


def find(ran: Ran) -> Answer:
    """Return the curve of resolution over the strength of the tournament (report 二(二): 边际效益递减)."""
    curve = curve_of(ran)
    first, last = curve.iloc[0], curve.iloc[-1]
    sentences = [
        f"From β = {first['strength']:g} to {last['strength']:g} real resolution goes from "
        f"{100 * first['real_resolution']:.1f} to {100 * last['real_resolution']:.1f} %."
    ]
    return Answer(sentences, {"curve": curve})


def curve_of(ran: Ran) -> pd.DataFrame:
    """Return one row a strength: strength, n, and mean and 95 % interval of real resolution."""
    settings, points = ran.settings, ran.stage("curve", "points")
    rows = []
    for arm, labels in settings.arms.items():
        rules = rules_in_force(settings.rules, [settings.reforms[label] for label in labels], settings.start)
        values = points.loc[points["arm"] == arm, "real_resolution"].to_numpy()
        low, high = interval(values)
        row = {"strength": rules.tournament.strength, "n": len(values)}
        rows.append(row | {"real_resolution": values.mean(), "low": low, "high": high})
    return pd.DataFrame(rows).sort_values("strength", ignore_index=True)
