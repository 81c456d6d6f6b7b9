"""What a study of a design looks at, point by point: an outcome of an arm, or what one arm changes against another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.studies.ran import Ran

Floats = NDArray[np.float64]
LEVEL = "level"  # stands in the place of an arm for the outcome itself, in the baseline


@dataclass(frozen=True)
class Response:
    """One number a point and seed, (points, seeds); NaN where an outcome is not defined in any month."""

    outcome: str
    arm: str  # whose paired difference to the baseline it is, or LEVEL
    values: Floats


class Runs:
    """The months of a stage by arm, and means over them in the order of the stage's points and seeds."""

    def __init__(self, ran: Ran, stage: str, outcomes: list[str]) -> None:
        self.asked = ran.settings.all_stages[stage]
        self.outcomes, months = outcomes, ran.stage(stage)
        keys = ["point", "seed", "month"]
        self._by_arm = {arm: rows.set_index(keys)[outcomes] for arm, rows in months.groupby("arm", sort=False)}
        self._places = pd.MultiIndex.from_product([np.sort(months["point"].unique()), self.asked.seeds], names=keys[:2])

    def means(self, outcome: str, arm: str, against: str = "") -> Floats:
        """Return an arm's mean over months of an outcome, or its difference to another arm, (points, seeds).

        A difference is taken month by month with the same seed, over the months that both runs have: luck cancels as
        far as it can, and a run that stopped early is compared with the same months.
        """
        rows = self._by_arm[arm][outcome]
        if against:
            rows = rows - self._by_arm[against][outcome]
        means = rows.groupby(level=["point", "seed"]).mean().reindex(self._places)
        return means.to_numpy(dtype=np.float64).reshape(-1, len(self.asked.seeds))


def responses(ran: Ran, stage: str, outcomes: list[str]) -> list[Response]:
    """Return the outcomes of the baseline and of every other arm's difference to it, in a stage's order of points."""
    runs = Runs(ran, stage, outcomes)
    first, *others = runs.asked.arms
    out = [Response(name, LEVEL, runs.means(name, first)) for name in outcomes]
    return out + [Response(name, arm, runs.means(name, arm, first)) for arm in others for name in outcomes]


def stopped_early(ran: Ran, stage: str) -> tuple[int, int]:
    """Return how many runs of a stage were stopped as runaway, and how many runs it has."""
    months = ran.stage(stage).groupby(["point", "arm", "seed"]).size()
    return int((months < ran.settings.all_stages[stage].months).sum()), len(months)
