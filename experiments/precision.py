"""Precision: seeds are added until named outcomes are known closely enough, or a cap is reached."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.compare import compare
from experiments.errors import BadInput, nearest
from sim.outcomes import OUTCOMES

FIRST_SEEDS = 6
FEWEST_MORE = 2  # seeds added at a time
MOST_SEEDS = 1000
COLUMNS = ["arm", "outcome", "half_width", "wanted", "n", "reached"]


def checked_precision(value: object) -> dict[str, float]:
    """Return the wanted half-widths by outcome. Raises BadInput for an unknown outcome or a number not above 0."""
    if not isinstance(value, Mapping) or not value:
        raise BadInput("precision: must name outcomes and half-widths, like precision.real_resolution=0.002")
    for name, width in value.items():
        if name not in OUTCOMES:
            raise BadInput(f"precision.{name}: unknown outcome{nearest(str(name), OUTCOMES)}")
        fits = isinstance(width, (int, float)) and not isinstance(width, bool) and 0.0 < width < math.inf
        if not fits:
            raise BadInput(f"precision.{name}: {width!r} must be a number above 0, the half-width of the interval")
    return {str(name): float(width) for name, width in value.items()}


@dataclass(frozen=True)
class Reached:
    """How closely the named outcomes are known with the seeds so far, in every arm."""

    table: pd.DataFrame  # COLUMNS
    n: int  # seeds

    @property
    def enough(self) -> bool:
        """Say whether every half-width that is defined is small enough."""
        return bool(self.table["reached"].all())

    def more(self, most: int) -> int:
        """Return how many seeds to add: as many as the widest interval asks for, at most a doubling and the cap.

        A half-width falls with the root of the number of seeds.
        """
        if self.enough or self.n >= most:
            return 0
        short = self.short
        wide = (short["half_width"] / short["wanted"]).to_numpy()
        needed = int(np.ceil(np.max(short["n"].to_numpy() * wide * wide)))
        return min(max(FEWEST_MORE, min(needed - self.n, self.n)), most - self.n)

    @property
    def short(self) -> pd.DataFrame:
        """Return the rows whose intervals are wider than wanted."""
        return self.table[self.table["half_width"] > self.table["wanted"]]

    @property
    def worst(self) -> pd.Series:
        """Return the row whose interval is widest for what is wanted."""
        return self.table.loc[(self.short["half_width"] / self.short["wanted"]).idxmax()]

    @property
    def written(self) -> pd.DataFrame:
        """Return the table for readers: `reached` is empty where there is nothing to reach."""
        return self.table.assign(reached=self.table["reached"].where(self.table["half_width"].notna()))

    def __str__(self) -> str:
        if self.enough:
            return f"seeds auto: {self.n} seeds are enough, {self._said()}"
        short, worst = self.short, self.worst
        width, wanted = float(worst["half_width"]), float(worst["wanted"])
        what = f"{worst['outcome']} in {worst['arm']}, ± {width:.2g} where {wanted:g} is wanted"
        text = f"seeds auto: {self.n} seeds are not enough, {len(short)} intervals are too wide; the widest: {what}"
        return text + (f"; {self._unknown()} has none in this run" if self._unknown() else "")

    def _said(self) -> str:
        """Say that all is reached, and of which outcomes there is nothing to reach."""
        names = self._unknown()
        if self.table["half_width"].isna().all():
            return f"but nothing is known: no interval for {names} in this run"
        return "all half-widths are as small as wanted" + (f", but {names} has none in this run" if names else "")

    def _unknown(self) -> str:
        """Return the names of the outcomes that have no interval in this run."""
        return ", ".join(self.table.loc[self.table["half_width"].isna(), "outcome"].unique())


def precision_reached(monthly: pd.DataFrame, baseline: str, wanted: Mapping[str, float], n: int) -> Reached:
    """Compare the half-widths of paired differences with the wanted ones; n is the number of seeds so far.

    An outcome that is not defined in this run (as problems_resolved in a short one) cannot be waited for: it counts
    as reached, with an empty half-width.
    """
    table = compare(monthly[["arm", "seed", "month", *wanted]], baseline)
    width = (table["ci_high"] - table["ci_low"]) / 2.0
    target = table["outcome"].map(dict(wanted)).astype(float)
    out = pd.DataFrame({"arm": table["arm"], "outcome": table["outcome"], "half_width": width, "wanted": target})
    out["n"], out["reached"] = table["n"], ~(width > target)
    return Reached(out[COLUMNS].reset_index(drop=True), n)
