"""Morale: recovers by itself; overwork, undeserved losses and paperwork wear it down (report 二(二) “紧箍咒”)."""

from __future__ import annotations

import numpy as np

from sim.points import mean_points, points
from sim.state import State


def morale(state: State) -> None:
    """Move morale: m + a (1 − m) − b · max(0, e − e₀) − c · min(1, v · U / v₁) − d · documentation share.

    U is the share of all lost points that were lost on tickets the unit could not help: wrongly dispatched,
    strategic, or above its authority. Only the term in v · U carries the strength of the tournament directly; setting
    `morale_pressure` to 0 switches it off.
    """
    p, units = state.parameters, state.units
    values = points(state.rules)
    n, mean, _ = mean_points(state.tally.answers, values)
    n_bad, mean_bad, _ = mean_points(state.tally.undeserved, values)
    full = max(values)
    lost = np.where(n > 0, n * (full - mean), 0.0)
    lost_bad = np.where(n_bad > 0, n_bad * (full - mean_bad), 0.0)
    undeserved = np.where(lost > 0.0, lost_bad / np.where(lost > 0.0, lost, 1.0), 0.0)
    pressure = np.minimum(1.0, state.standing.worth * undeserved / p.morale_worth)
    change = (
        p.morale_recovery * (1.0 - units.morale)
        - p.morale_overwork * np.maximum(0.0, units.effort - p.effort_rest)
        - p.morale_pressure * pressure
        - p.morale_files * units.documentation
    )
    units.morale = np.clip(units.morale + change, 0.05, 1.0)
