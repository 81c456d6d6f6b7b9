"""Coordination grows with joint cases, decays without, and never by the calendar."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.coordinate import coordinate
from sim.rules import JointReview, Whistle


def test_one_month_by_hand(build):
    state = build(coordination_gain=0.1, coordination_cases=20.0, coordination_decay=0.02)
    state.units.coordination[:] = 0.4
    for name, number in (("whistles_answered", 7), ("whistles_called", 9), ("joint_reviews", 14)):
        state.tally.unit[name][3] = number
    state.tally.unit["whistles"][4] = 50  # to which nobody came
    coordinate(state)
    assert state.units.coordination[3] == pytest.approx(0.4 + 0.1 * 0.6 * 30 / 50 - 0.02 * 0.4)
    assert state.units.coordination[4] == pytest.approx(0.4 - 0.02 * 0.4)


def test_it_comes_to_rest_where_gain_and_decay_are_equal(build):
    state = build(coordination_gain=0.06, coordination_cases=10.0, coordination_decay=0.02)
    state.tally.unit["joint_reviews"][:] = 10
    for _ in range(600):
        coordinate(state)
    assert state.units.coordination == pytest.approx(0.03 / (0.03 + 0.02), abs=1e-9)


@pytest.mark.parametrize(("gain", "decay"), [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0)])
def test_it_stays_between_none_and_full(build, gain, decay):
    state = build(coordination_gain=gain, coordination_decay=decay, coordination_cases=0.1)
    state.tally.unit["joint_reviews"][::2] = 10**6
    for _ in range(5):
        coordinate(state)
        assert ((state.units.coordination >= 0.0) & (state.units.coordination <= 1.0)).all()


def run(rules=None, **parameters):
    """Return coordination month by month, (T, S)."""
    model = TournamentModel("small", rules, Parameters(**parameters), seed=3, scale=0.1)
    column = model.run(4).sums().column("coordination")
    model.close()
    return column


def test_without_gain_and_decay_it_stays_as_it_was_and_without_cases_it_only_decays():
    assert (run(coordination_gain=0.0, coordination_decay=0.0, coordination_start=0.3) == 0.3).all()
    alone = run(Rules(whistle=Whistle(allowed=False), joint_review=JointReview(allowed=False)), coordination_start=0.3)
    assert alone == pytest.approx(np.repeat([[0.3 * 0.98**month] for month in range(4)], alone.shape[1], axis=1))
    used = run(coordination_decay=0.0)
    assert (np.diff(used, axis=0) >= 0.0).all()
    assert (np.diff(used, axis=0) > 0.0).any()
