"""What a study is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from experiments.arms import config_digest
from experiments.intervals import kind_of
from experiments.markup import Sheet
from experiments.settings import Settings
from experiments.store import Store


@dataclass(frozen=True)
class Answer:
    """What a study found: sentences in the language asked for, tables for machines, sheets for print, and figures."""

    sentences: list[str]
    tables: dict[str, pd.DataFrame]
    sheets: dict[str, Sheet] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)  # of every figure, complete


@dataclass(frozen=True)
class Ran:
    """The runs of a study, all finished.

    monthly: a row a month: point, stage and `without` (a mechanism switched off) where there are any, the factors,
    arm, seed, month, and the outcomes. points: a row a run, means over its months. effects: a row a point, arm and
    outcome, the arm against the stage's first arm (columns of a comparison); empty without a second arm.
    """

    settings: Settings
    digests: Mapping[tuple[int, str, int], str]  # (point, arm, seed) -> the run
    monthly: pd.DataFrame
    points: pd.DataFrame
    effects: pd.DataFrame

    @classmethod
    def of(cls, settings: Settings, digests: Mapping[tuple[int, str, int], str], folder: Path) -> Ran:
        """Read the tables that a design has left in a folder."""
        tables = [folder / f"{name}.parquet" for name in ("monthly", "points", "effects")]
        return cls(settings, digests, *(pd.read_parquet(one) if one.exists() else pd.DataFrame() for one in tables))

    def stage(self, name: str, table: str = "monthly") -> pd.DataFrame:
        """Return the rows of one stage of `monthly`, `points` or `effects`; of "", where there are none, all."""
        rows: pd.DataFrame = getattr(self, table)
        return rows[rows["stage"] == name] if name else rows

    def run(self, point: int, arm: str, seed: int, table: str) -> pd.DataFrame:
        """Return another table of a run from the store, such as streets, hours or attempts."""
        tables, _ = Store(self.settings.results_dir).read(self.digests[point, arm, seed], (table,))
        return tables[table]

    @property
    def language(self) -> str:
        """Return "en" or "zh"."""
        return self.settings.language

    @property
    def scale(self) -> float:
        """Return the share of the residents that was simulated."""
        return self.settings.scale

    @cached_property
    def digest(self) -> str:
        """Return the digest of the configuration, as it names the folder."""
        return config_digest(self.settings)[:10]

    @property
    def interval(self) -> str:
        """Return the kind of the intervals: "none", "t" or "bootstrap"."""
        return kind_of(int(self.monthly["seed"].nunique()))
