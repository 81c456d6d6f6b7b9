"""Offices: a record's tables of departments and enterprises by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.sums import ratio

if TYPE_CHECKING:
    from sim.record import Record

_HELD = ("score", "rank", "worth", "effort", "handling", "documentation", "prevention", "morale", "staff", "closed")


def departments(record: Record) -> pd.DataFrame:
    """Return one row a unit and month: month, unit (code), kind, score, rank in its league, and how it works."""
    table, n = record.city.departments, len(record.city.streets)
    held = {name: np.array([row[n:] for row in record.columns.get(name, [])]).ravel() for name in (*_HELD, "resolved")}
    held["closed"] = held["closed"].astype(np.int64)  # counts are kept in less, where they are small enough
    out: dict[str, Any] = {
        "month": np.repeat(np.array(record.months, dtype=object), len(table)),
        "unit": np.tile(table["code"].to_numpy(), len(record.months)),
        "kind": np.tile(table["kind"].to_numpy(), len(record.months)),
        **{name: held[name] for name in _HELD},
        "real_resolution": ratio(held["resolved"], held["closed"]),
    }
    return pd.DataFrame(out)
