"""Changes: who was changed, the very problems and streets whose fate differs between two runs of one seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.ticket_log import PANEL

if TYPE_CHECKING:
    from sim.record import Record


_SETTLED_LATER = ["solved", "problems_resolved", "branching_ratio"]  # by what comes after the month


@dataclass(frozen=True)
class Changes:
    """Problems (key, fate here, fate there) and streets (code, months that differ) that differ between two runs."""

    problems: pd.DataFrame
    streets: pd.DataFrame
    exact: bool

    @property
    def n_problems(self) -> int:
        """Return how many problems differ: counted if exact, else 64 times those of the panel."""
        return len(self.problems) * (1 if self.exact else PANEL + 1)

    def __str__(self) -> str:
        how = "exactly" if self.exact else f"about, estimated from the panel of 1 problem in {PANEL + 1}"
        return f"{self.n_problems} problems ({how}) and {len(self.streets)} streets differ"


def changes(here: Record, there: Record) -> Changes:
    """Compare two records; both must share seed, city, scale, start and end. Raises ValueError otherwise."""
    for name, mine, other in (
        ("seed", here.seed, there.seed),
        ("city", here.city.name, there.city.name),
        ("scale", here.scale, there.scale),
        ("start", here.start, there.start),
        ("number of months", len(here.months), len(there.months)),
    ):
        if mine != other:
            raise ValueError(f"runs of another {name} ({mine} and {other}) cannot be compared problem by problem")
    exact = here.log.whole and there.log.whole
    left, right = _fates(here, exact), _fates(there, exact)
    both = left.add_suffix("_here").join(right.add_suffix("_there"), how="outer")
    same = np.ones(len(both), dtype=bool)
    for name in left.columns:
        a, b = both[f"{name}_here"], both[f"{name}_there"]
        same &= ((a == b) | (a.isna() & b.isna())).to_numpy()
    return Changes(both[~same].reset_index(), _streets(here, there), exact)


def _fates(record: Record, exact: bool) -> pd.DataFrame:
    """Return each problem's fate: attempts, whether really resolved, last unit and day, times satisfied and excluded.

    That an earlier attempt alone was closed by another unit or on another day makes no other fate.
    """
    tickets = record.tickets()
    if not exact and record.log.whole:
        tickets = tickets[(tickets["problem"].to_numpy(dtype=np.uint64) & np.uint64(PANEL)) == 0]
    by = tickets.sort_values(["problem", "attempt"]).groupby("problem")
    return pd.DataFrame(
        {
            "attempts": by["attempt"].max(),
            "resolved": by["resolved"].any(),
            "last_unit": by["unit"].last(),
            "last_closed": by["closed"].last(),
            "satisfied": by["said_satisfied"].sum(),
            "excluded": by["excluded"].sum(),
        }
    )


def _streets(here: Record, there: Record) -> pd.DataFrame:
    """Return the streets whose months differ, and in how many; what is settled later belongs to no month's change."""
    a, b = (
        record.streets().set_index(["month", "street"]).drop(columns=_SETTLED_LATER, errors="ignore")
        for record in (here, there)
    )
    differ = ~((a == b) | (a.isna() & b.isna())).all(axis=1)
    count = differ.groupby("street").sum()
    return count[count > 0].rename("months").reset_index()
