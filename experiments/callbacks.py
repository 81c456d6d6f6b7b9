"""Call-backs that count in the assessment, where a table has those reached and those taken out of the score."""

from __future__ import annotations

import pandas as pd

NEEDED = ("said_resolved", "reached", "excluded", "excluded_resolved")  # columns of a run's table of categories


def counted(table: pd.DataFrame) -> pd.Series:
    """Return how many call-backs count: reached − excluded."""
    return table["reached"] - table["excluded"]


def said(table: pd.DataFrame) -> pd.Series:
    """Return how many of those that count said "resolved": the duty list takes some of these out too."""
    return table["said_resolved"] - table["excluded_resolved"]
