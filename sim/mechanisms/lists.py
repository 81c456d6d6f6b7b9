"""Lists: praise for the advanced and the improving, a talk for the last, projects where tickets are most."""

from __future__ import annotations

import numpy as np

from sim.state import State


def draw_consequences(state: State) -> None:
    """Turn the month's lists into what they bring (report 一(二) “治理类街乡镇”, 三).

    Praise 表扬 lasts some months, in which others learn the methods of the praised. A street on the governance list
    without a project gets one, some months long, for the category of which it worked the most tickets in the month.
    """
    pressure, rules, lists = state.pressure, state.rules.lists, state.standing.lists
    pressure.praised = np.maximum(0, pressure.praised - 1)
    pressure.project_left = np.maximum(0, pressure.project_left - 1)
    if not state.standing.assessed:
        return
    pressure.praised[lists["advanced"] | lists["improving"]] = rules.praise_months
    starts = lists["governance"] & (pressure.project_left == 0)
    worked = state.tally.worked[: state.units.n_streets]
    pressure.project_left[starts] = rules.project_months
    pressure.project_category[starts] = worked[starts].argmax(axis=1)


def hold_talks(state: State) -> None:
    """Call the streets of the rectification list in for a talk 约谈 as the month begins; it costs handling hours."""
    if not state.standing.assessed:
        return
    units, n = state.units, state.units.n_streets
    rows = np.flatnonzero(state.standing.lists["rectification"])
    cost = np.floor(units.staff[:n][rows] * state.rules.lists.talk_minutes).astype(np.int64)
    units.owed[rows] += cost
    state.tally.unit["talk_minutes"][rows] += cost


def run_projects(state: State) -> None:
    """Let this month's projects second staff to their streets and lower the level of their top categories.

    Seconded staff work as the street does, and are new hours. A share of the new problems of the category that would
    have needed more authority than the street's is brought down to its level.
    """
    pressure, rules, units = state.pressure, state.rules.lists, state.units
    rows = np.flatnonzero(pressure.project_left > 0)
    seconded = units.staff[rows] * rules.project_staff
    units.staff[rows] = units.staff[rows] + seconded
    units.added[rows] = units.added[rows] + seconded
    whole = np.floor(seconded * (state.parameters.working_minutes * state.days)).astype(np.int64)
    state.tally.unit["project_minutes"][rows] += whole
    factors = np.ones((len(rows), state.kinds.n))
    factors[np.arange(len(rows)), pressure.project_category[rows]] = 1.0 - rules.project_relief
    state.relief.set("governance list", factors, rows)
