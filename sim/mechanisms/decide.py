"""Decide: once a month every unit sees its own books and decides how hard to work, and on what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.street import EFFORT_LEAST, UnitDecision, UnitView
from sim.state import State

Floats = NDArray[np.float64]


def view(state: State) -> UnitView:
    """Return what the units see, as columns (U,); what is not yet known is replaced by the least informed guess."""
    units, books, standing, t = state.units, state.books, state.standing, state.rules.tournament
    prevented = np.where(np.arange(units.n) < units.n_streets, state.prevented_per_hour, 0.0)  # on streets' own ground
    return UnitView(
        score=_known(standing.points, 0.5),
        worth=standing.worth,
        request_worth=standing.request_worth,
        response=np.full(units.n, t.weight_resolution + t.weight_satisfaction),
        resolution=_known(books.resolution, 0.5),
        fail_points=_known(books.fail_points, 0.0),
        reached=_known(books.reached, 0.0),
        failed=_known(books.failed, 0.0),
        hours=np.maximum(1e-6, _known(books.hours, 1.0)),
        ticket_hours=_known(books.ticket_hours, 0.0),
        idle=_known(books.idle, 0.0),
        accepted=books.believed_acceptance(state.parameters.accepted_prior, state.rules.exclusion.allowed),
        prevented=prevented,
        effort=units.effort,
        handling=units.handling,
        documentation=units.documentation,
        prevention=units.prevention,
        morale=units.morale,
        normal_hours=state.normal_hours(),
    )


def _known(values: Floats, otherwise: float) -> Floats:
    return np.where(np.isnan(values), otherwise, values)


def carry_out(state: State, rows: NDArray[np.intp] | int, decision: UnitDecision) -> None:
    """Put a decision into force for the unit(s) in `rows`, within the limits that hold for any office.

    Raises ValueError if a share is negative or not a number, or the shares do not add to 1.
    """
    units = state.units
    shares = [np.asarray(x, dtype=float) for x in (decision.handling, decision.documentation, decision.prevention)]
    total = shares[0] + shares[1] + shares[2]
    if not (all((x >= 0.0).all() for x in shares) and (np.abs(total - 1.0) < 1e-6).all()):
        raise ValueError(f"unit {rows}: shares of time {decision} must be ≥ 0 and add to 1")
    if not np.isfinite(decision.effort).all():
        raise ValueError(f"unit {rows}: effort {decision.effort} must be a number")
    units.effort[rows] = np.clip(decision.effort, EFFORT_LEAST, state.parameters.effort_most)
    units.handling[rows], units.documentation[rows], units.prevention[rows] = shares
    units.dispute_above[rows] = decision.dispute_above
    units.exclude_above[rows] = decision.exclude_above
