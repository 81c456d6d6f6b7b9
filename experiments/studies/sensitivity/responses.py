"""What a study of a design looks at, point by point: an outcome of the baseline, or what an arm changes in it."""

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

    @property
    def mean(self) -> Floats:
        """Return the mean over seeds, (points,); NaN where it is not defined in all of them."""
        out: Floats = self.values.mean(axis=1)
        return out


def responses(ran: Ran, stage: str, outcomes: list[str]) -> list[Response]:
    """Return the outcomes of the baseline and of every other arm's difference to it, in a stage's order of points.

    Means over months; a difference is taken month by month with the same seed, over the months that both runs have,
    so luck cancels as far as it can and a run that stopped early is compared with the same months.
    """
    asked = ran.settings.all_stages[stage]
    months = ran.stage(stage)
    keys = ["point", "seed", "month"]
    by_arm = {arm: rows.set_index(keys)[outcomes] for arm, rows in months.groupby("arm", sort=False)}
    places = pd.MultiIndex.from_product([np.sort(months["point"].unique()), asked.seeds], names=keys[:2])
    shape = (-1, len(asked.seeds))
    out = []
    for arm in asked.arms:
        rows = by_arm[arm] if arm == asked.baseline else by_arm[arm] - by_arm[asked.baseline]
        means = rows.groupby(level=keys[:2]).mean().reindex(places)
        label = LEVEL if arm == asked.baseline else arm
        out += [Response(name, label, means[name].to_numpy(dtype=np.float64).reshape(shape)) for name in outcomes]
    return out


def stopped_early(ran: Ran, stage: str) -> tuple[int, int]:
    """Return how many runs of a stage were stopped as runaway, and how many runs it has."""
    months = ran.stage(stage).groupby(["point", "arm", "seed"]).size()
    return int((months < ran.settings.all_stages[stage].months).sum()), len(months)
