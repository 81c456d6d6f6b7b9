"""Findings: the tables of an experiment with what is needed to label them in a figure or a table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from experiments.compare import t_interval


@dataclass(frozen=True)
class Findings:
    """What an experiment found. Tables carry the columns arm and seed; the first arm is the baseline."""

    monthly: pd.DataFrame  # one row an arm, seed and month; one column an outcome
    streets: pd.DataFrame
    hours: pd.DataFrame
    attempts: pd.DataFrame
    comparison: pd.DataFrame
    published: pd.DataFrame  # the city's published figures: metric, year, month, value, confidence
    arms: dict[str, str]  # arm -> its label in the language of the figures
    language: str
    scale: float
    digest: str  # of the configuration

    @property
    def shown(self) -> list[str]:
        """Return the arms that have at least one finished run, in order."""
        there = set(self.monthly["arm"])
        return [arm for arm in self.arms if arm in there]

    def by_seed(self, table: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
        """Return one row an arm and `key`: arm, key, mean over seeds, and the 95 % t interval (low, high)."""
        rows = []
        for (arm, at), group in table.groupby(["arm", key], sort=False):
            known = group[value].dropna().to_numpy()
            low, high = t_interval(known)
            mean = float(known.mean()) if len(known) else float("nan")
            rows.append({"arm": arm, key: at, "mean": mean, "low": low, "high": high})
        return pd.DataFrame(rows, columns=["arm", key, "mean", "low", "high"])
