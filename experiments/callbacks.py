"""Call-backs that count in the assessment, where a table has only those reached and those excluded."""

from __future__ import annotations

import pandas as pd


def counted(table: pd.DataFrame) -> pd.Series:
    """Return reached − excluded: who is excluded has said "not resolved", so nothing but failures is taken out."""
    return table["reached"] - table["excluded"]
