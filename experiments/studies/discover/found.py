"""What was found: the worlds judged, and the box with its limits and its trial on worlds held out, if there is one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from experiments.factors import Factor
from experiments.studies.discover.prim import Box
from experiments.studies.discover.worlds import BETTER, UNDECIDED, UNKNOWN, WORSE


@dataclass(frozen=True)
class Found:
    """One row of `worlds` a point of the design; `limits` the most certain first."""

    outcome: str
    arms: tuple[str, str]  # whether the first of them beats the second
    factors: list[Factor]
    worlds: pd.DataFrame
    early: tuple[int, int]  # runs stopped as runaway, of how many
    box: Box | None = None
    limits: pd.DataFrame = field(default_factory=pd.DataFrame)
    holdout: dict[str, float] = field(default_factory=dict)

    def with_box(self, box: Box, limits: pd.DataFrame, holdout: dict[str, float]) -> Found:
        """Return what was found with a box."""
        return replace(self, box=box, limits=limits, holdout=holdout)

    def count(self, says: str) -> int:
        """Return in how many worlds this is said."""
        return int((self.worlds["says"] == says).sum())

    @property
    def better(self) -> int:
        """Return in how many worlds the first arm beats the second."""
        return self.count(BETTER)

    @property
    def worse(self) -> int:
        """Return in how many worlds the second arm beats the first."""
        return self.count(WORSE)

    @property
    def undecided(self) -> int:
        """Return in how many worlds the seeds do not tell them apart."""
        return self.count(UNDECIDED)

    @property
    def known(self) -> int:
        """Return in how many worlds the outcome is defined in every run."""
        return len(self.worlds) - self.count(UNKNOWN)

    @property
    def share(self) -> float:
        """Return the share of these worlds in which the first arm beats the second."""
        return self.better / max(1, self.known)
