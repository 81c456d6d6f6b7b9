"""Prevent 未诉先办: hours of prevention lower the stock of defects, from which fewer requests arise later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.cells import blocks
from sim.state import State

Floats = NDArray[np.float64]


def prevent(state: State) -> None:
    """Move the defect stock D: D + ω (1 − D) − D z / (1 + z), z = ω · yield · hours / base · aim; 1 is the base rate's.

    base is the month's base rate times `demand`: an hour takes away `yield` requests in all, at the rate ω at which
    defects grow back, whatever a surge adds to them; the more is spent, the less an hour yields. A street goes where
    its own tickets come from: a share `prevention_focus` of its hours is divided over the kinds by the tickets it
    worked in the month, the rest by the base rate, so aim = 1 − focus + focus · (kind's share of its tickets) / (kind's
    share of the base rate). At focus 0, or when its tickets come as the base rate does, all kinds are lowered alike
    (report 三(二) “未诉先办”).
    """
    p, units, n = state.parameters, state.units, state.units.n_streets
    hours = (state.normal_hours() * units.effort * units.hours_factor() * units.prevention)[:n]
    by_category, scale = p.demand * state.base.month_by_category(state.month_first, state.days), state.base.scale
    for part in blocks(n):
        d, base_requests = state.defects[part], state.base.exposed[part] * by_category
        base = np.zeros(len(d))
        for c in range(len(by_category)):
            base += base_requests[:, c]
        z = (p.defect_return * p.prevention_yield * hours[part] / np.maximum(1e-9, base))[:, None]
        aimed = z * _aim(state, base_requests, base, part)
        state.year_prevented += int(np.sum((base_requests / scale * (1.0 - d) * 1024.0).astype(np.int64)))
        state.defects[part] = np.clip(d + p.defect_return * (1.0 - d) - d * aimed / (1.0 + aimed), 0.0, 1.0)
    state.year_prevention_minutes += int(np.sum(np.floor(hours / scale * 60.0).astype(np.int64)))


def _aim(state: State, base_requests: Floats, base: Floats, streets: slice) -> Floats:
    """Return the hours on each kind over those that an even effort would give it, (n, C); 1 without tickets."""
    focus, worked = state.parameters.prevention_focus, state.tally.worked[streets]
    all_worked = worked.sum(axis=1)[:, None]
    own = worked * base[:, None] / np.maximum(1e-9, all_worked * base_requests)
    out: Floats = np.where(all_worked > 0, (1.0 - focus) + focus * own, 1.0)
    return out


def update_belief(state: State) -> None:
    """At the year's end let streets believe half of what the city measured: requests fewer per hour of prevention."""
    if state.year_prevention_minutes > 0:
        measured = (state.year_prevented / 1024.0) / (state.year_prevention_minutes / 60.0)
        state.prevented_per_hour = 0.5 * state.prevented_per_hour + 0.5 * min(
            measured, 4.0 * state.parameters.prevention_yield
        )
    state.year_prevention_minutes = state.year_prevented = 0
