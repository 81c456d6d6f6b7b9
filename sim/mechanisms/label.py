"""Label 标签化: analysts look at odd tickets and tell the catalogue where they belonged (report 三(二)1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.state import State

Floats = NDArray[np.float64]


def label(state: State) -> None:
    """Label the month's tickets at wrong units that were disputed in vain or put up for exclusion.

    So many as the analysts' hours allow are labelled, the same share of each category; they teach the catalogue like
    disputes that were won. `label_hours` = 0 labels none.
    """
    rules, tally = state.rules.dispatch, state.tally
    able = int(rules.label_hours * 60.0 * (state.population / 1e6) // rules.label_minutes)
    found = int(tally.category["to_label"].sum())
    share = min(found, able) / max(1, found)
    labelled: Floats = np.asarray(tally.category["to_label"] * share, dtype=np.float64)
    state.labelled = labelled
    tally.unit["label_minutes"] += np.floor(tally.unit["to_label"] * share * rules.label_minutes).astype(np.int64)
