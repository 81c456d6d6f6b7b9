"""Dispute: what units dispute, and how it is ruled on, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, share

from sim import Rules
from sim.mechanisms.dispute import raise_disputes, rule_on_disputes
from sim.rules import Dispute


def test_units_dispute_what_they_take_for_wrong(build):
    state = build(dispute_recognition=0.8, dispute_mistake=0.02, dispute_minutes=20)
    wrong, right = put_in(state, 5000, right=3), put_in(state, 6000)
    state.today.arriving = np.concatenate([wrong, right])
    raise_disputes(state)
    disputed = set(state.disputed.tolist())
    assert share(len(disputed & set(wrong.tolist())), 5000, 0.8)
    assert share(len(disputed & set(right.tolist())), 6000, 0.02)
    assert len(state.today.arriving) == 11_000 - len(disputed)
    assert state.units.owed[0] == 20 * len(disputed)


@pytest.mark.parametrize("rule", [Dispute(allowed=False), Dispute(reviewer_minutes=0.0)])
def test_no_dispute_where_none_is_allowed_or_nobody_reviews(build, rule):
    state = build(Rules(dispute=rule), dispute_mistake=1.0)
    state.today.arriving = slots = put_in(state, 50, right=3)
    raise_disputes(state)
    assert len(state.disputed) == 0
    assert (state.today.arriving == slots).all()


def test_disputes_are_ruled_on_in_turn_as_far_as_the_reviewers_minutes_go(build):
    state = build(Rules(dispute=Dispute(review_minutes=15, review_days=2)), dispute_error=0.0)
    state.disputed = slots = put_in(state, 10, right=3)
    state.disputed_day = np.array([0] * 4 + [1] * 6)
    state.day = 2
    state.dispute_reviewers.minutes[...] = 3.5 * 15 - state.rules.dispute.reviewer_minutes * state.population / 1e6
    rule_on_disputes(state)
    assert (state.today.entering == slots[:3]).all()
    assert (state.tickets.transfers[slots] == [1] * 3 + [0] * 7).all()
    assert (state.disputed == slots[3:]).all()


def test_where_the_last_reviewer_has_gone_what_waits_goes_back_to_the_units(build):
    state = build(Rules(dispute=Dispute(reviewer_minutes=0.0)))
    state.disputed, state.disputed_day, state.day = put_in(state, 5, right=3), np.arange(5), 9
    slots = state.disputed
    rule_on_disputes(state)
    assert (state.today.returned == slots).all()
    assert (state.tickets.due[slots] == 5 + 9 - np.arange(5)).all()
    assert len(state.disputed) == len(state.disputed_day) == len(state.today.entering) == 0
    assert state.tally.unit["odd"].sum() == 0


def test_a_dispute_that_is_lost_comes_back_with_its_days_added(build):
    state = build(Rules(dispute=Dispute(review_minutes=1, reviewer_minutes=1e6)), dispute_error=0.0)
    state.disputed, state.disputed_day, state.day = put_in(state, 5), np.zeros(5, dtype=np.int64), 3
    slots = state.disputed
    rule_on_disputes(state)
    assert (state.today.returned == slots).all()
    assert (state.tickets.due[slots] == 5 + 3).all()
    assert (state.tickets.in_vain[slots] == state.tickets.attempt[slots]).all()


@pytest.mark.parametrize("error", [0.0, 0.3, 1.0])
def test_what_is_disputed_goes_one_way_or_the_other_and_none_is_lost(build, error):
    state = build(Rules(dispute=Dispute(review_minutes=1, reviewer_minutes=1e6)), dispute_error=error)
    wrong, right = put_in(state, 400, right=3), put_in(state, 401)
    state.disputed = slots = np.concatenate([wrong, right])
    state.disputed_day, state.day = np.zeros(801, dtype=np.int64), 9
    rule_on_disputes(state)
    again, back = set(state.today.entering.tolist()), set(state.today.returned.tolist())
    assert again | back == set(slots.tolist())
    assert not again & back
    assert len(state.disputed) == 0
    if error in (0.0, 1.0):
        assert again == set((wrong if error == 0.0 else right).tolist())
