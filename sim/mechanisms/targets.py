"""Targets: handed down from city to street and raised on the way; districts lean on streets after their own rank."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.district import DistrictDecision, DistrictView
from sim.points import mean_points, points
from sim.state import State

Floats = NDArray[np.float64]

MOST = 0.99  # of a target: nobody is asked for a perfect score


def set_targets(state: State) -> None:
    """Set the coming year's targets at the year's end, and once at the end of the run's first month.

    The city asks T = R + a (1 − R), R its mean points of the year (of the first month at first); a district raises
    that to T_d = T + b (1 − T) 层层加码, b as it decides; a street is assigned (1 − ρ) T_d + ρ R_i, R_i its own mean
    points of the year: who did well is asked for more (ratchet, Weitzman 1980). None is above 0.99. At observation
    points 观测点 the street is heard: its target is (1 − ω) assigned + ω claim, the claim its result less a sandbag,
    of which the audit takes off a share. (Report 一(二), 三(六)1.)
    """
    pressure, rules = state.pressure, state.rules.targets
    pressure.held_to = pressure.target
    pressure.year_answers = pressure.year_answers + state.tally.answers[: state.units.n_streets]
    new_year = state.month_first.month == 12
    if not (new_year or np.isnan(pressure.city_target)):
        return
    answers = pressure.year_answers
    if answers.any():
        values = points(state.rules)
        _, city, _ = mean_points(answers.sum(axis=0)[None, :], values)
        _, own, _ = mean_points(answers, values)
        pressure.city_target = min(MOST, float(city[0]) + rules.ambition * (1.0 - float(city[0])))
        asked = pressure.city_target + pressure.raise_by * (1.0 - pressure.city_target)
        pressure.district_target = np.minimum(MOST, asked)
        handed = pressure.district_target[state.district]
        mixed = (1.0 - rules.ratchet) * handed + rules.ratchet * np.where(np.isnan(own), handed, own)
        pressure.assigned = np.minimum(MOST, mixed)
        claim = np.maximum(0.0, own - state.parameters.sandbag * (1.0 - rules.audit))
        claimed = (1.0 - rules.claims) * pressure.assigned + rules.claims * claim
        pressure.target = np.where(np.isnan(own), pressure.assigned, claimed)
    if new_year:
        pressure.year_answers = np.zeros_like(answers)


def district_view(state: State) -> DistrictView:
    """Return what the districts see, as columns (D,)."""
    standing, rules = state.standing, state.rules.targets
    n = len(standing.district_rank)
    place = (standing.district_rank - 1.0) / max(1, n - 1)
    return DistrictView(
        score=standing.district_score,
        rank=standing.district_rank,
        place=np.where(np.isnan(place) | (n == 1), 0.5, place),
        districts=np.full(n, float(n)),
        target=state.pressure.district_target,
        raise_by=np.full(n, rules.raise_by),
        meeting_share=np.full(n, rules.meeting_share),
    )


def carry_out_lean(state: State, rows: NDArray[np.intp] | int, decision: DistrictDecision) -> None:
    """Put the decision of the district(s) in `rows` into force.

    Raises ValueError if a district leans by a negative factor or raises by what is no share.
    """
    lean, raise_by = (np.asarray(x, dtype=float) for x in (decision.lean, decision.raise_by))
    if not (np.isfinite(lean) & (lean >= 0.0)).all():
        raise ValueError(f"district {rows}: lean {decision.lean} must be a number ≥ 0")
    if not ((raise_by >= 0.0) & (raise_by <= 1.0)).all():
        raise ValueError(f"district {rows}: raise_by {decision.raise_by} must be from 0 to 1")
    state.pressure.lean[rows] = lean
    state.pressure.raise_by[rows] = raise_by
    state.pressure.meets[rows] = decision.meets


def hold_meetings(state: State) -> None:
    """Let districts that decided so hold the secretary's review meeting 区委书记点评会 as the month begins.

    It follows an assessment, and costs every street of the district a number of minutes per officer, taken from its
    first days of handling.
    """
    if not state.standing.assessed:
        return
    minutes, units, n = state.rules.targets.meeting_minutes, state.units, state.units.n_streets
    rows = np.flatnonzero(state.pressure.meets[state.district])
    cost = np.floor(units.staff[:n][rows] * minutes).astype(np.int64)
    units.owed[rows] += cost
    state.tally.unit["meeting_minutes"][rows] += cost
