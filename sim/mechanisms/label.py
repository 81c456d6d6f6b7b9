"""Label 标签化: analysts look at odd tickets and tell the catalogue where they belonged (report 三(二)1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.state import State

Floats = NDArray[np.float64]


def label(state: State) -> None:
    """Label the month's odd tickets: those disputed in vain or put up for exclusion, each once.

    So many as the analysts' hours allow are labelled, the same share of each category. Which were at the wrong unit is
    known only when they have been looked at: all take the time, and those at wrong units teach the catalogue like
    disputes that were won. `label_hours` = 0 labels none.
    """
    rules, tally = state.rules.dispatch, state.tally
    able = int(rules.label_hours * 60.0 * (state.population / 1e6) // rules.label_minutes)
    found = int(tally.unit["odd"].sum())
    share = min(found, able) / max(1, found)
    labelled: Floats = np.asarray(tally.category["odd_wrong"] * share, dtype=np.float64)
    state.labelled = labelled
    tally.unit["label_minutes"] += np.floor(tally.unit["odd"] * share * rules.label_minutes).astype(np.int64)
