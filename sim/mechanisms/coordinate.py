"""Coordinate 协同: units that work on cases together learn to, and forget it without use; the calendar adds nothing."""

from __future__ import annotations

from sim.state import State


def coordinate(state: State) -> None:
    """Move each unit's coordination with the rest: k + g (1 − k) w / (w + w₀) − d k.

    w are the month's joint cases that concerned it: its whistles that were answered, whistles to which it came, and
    joint reviews that sent it a ticket. Gain g = 0 and decay d = 0 do nothing (model: a request's life, step 3).
    """
    p, k, tally = state.parameters, state.units.coordination, state.tally.unit
    cases = tally["whistles_answered"] + tally["whistles_called"] + tally["joint_reviews"]
    used = cases / (cases + p.coordination_cases)
    state.units.coordination = k + p.coordination_gain * (1.0 - k) * used - p.coordination_decay * k
