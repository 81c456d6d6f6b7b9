"""Findings: the tables of an experiment with what is needed to label them in a figure or a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from experiments.cube import Cube
from experiments.effects import Dial
from experiments.intervals import interval, kind_of


@dataclass(frozen=True)
class Findings:
    """What an experiment found. Tables carry the columns arm and seed; the first arm is the baseline."""

    monthly: pd.DataFrame  # one row an arm, seed and month; one column an outcome
    streets: pd.DataFrame  # of the first finished run alone
    hours: pd.DataFrame
    attempts: pd.DataFrame
    comparison: pd.DataFrame
    cost: pd.DataFrame
    changed: pd.DataFrame  # streets, zones, categories, streets by how they stood
    fates: pd.DataFrame  # of problems, estimated from the panel
    interaction: pd.DataFrame  # of pairs
    paths: pd.DataFrame  # effects by month
    dial: pd.DataFrame  # effects over a reform's main dial
    dials: list[Dial]
    published: pd.DataFrame  # the city's published figures: metric, year, month, value, confidence
    arms: dict[str, str]  # arm -> its label in the language of the figures
    zones: list[str]  # in the city's order
    categories: dict[str, str]  # name -> its label
    surged: list[str]  # months of a surge
    language: str
    scale: float
    digest: str  # of the configuration

    @property
    def shown(self) -> list[str]:
        """Return the arms that have at least one finished run, in order."""
        there = set(self.monthly["arm"])
        return [arm for arm in self.arms if arm in there]

    @property
    def baseline(self) -> str:
        """Return the first arm."""
        return next(iter(self.arms))

    @cached_property
    def baseline_means(self) -> pd.Series:
        """Return the baseline's outcomes in an average month of all that it ran, means over its seeds.

        What a comparison holds of the baseline is cut to the months that an arm has, and so another for every arm.
        """
        cube = Cube.of(self.monthly[self.monthly["arm"] == self.baseline])
        return pd.DataFrame(cube.means(self.baseline)[0], columns=cube.names).mean()

    @property
    def others(self) -> list[str]:
        """Return the arms but the baseline that were compared with it, in order."""
        there = set(self.comparison["arm"]) if len(self.comparison) else set()
        return [arm for arm in self.arms if arm in there]

    @property
    def interval(self) -> str:
        """Return the kind of the intervals: "none", "t" or "bootstrap"."""
        return kind_of(int(self.monthly["seed"].nunique()))

    def by_seed(self, table: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
        """Return one row an arm and `key`: arm, key, mean over seeds, and the 95 % interval (low, high)."""
        rows = []
        for (arm, at), group in table.groupby(["arm", key], sort=False):
            known = group[value].dropna().to_numpy()
            low, high = interval(known)
            mean = float(known.mean()) if len(known) else float("nan")
            rows.append({"arm": arm, key: at, "mean": mean, "low": low, "high": high})
        return pd.DataFrame(rows, columns=["arm", key, "mean", "low", "high"])
