"""Come back: who files again and when, and what residents remember."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, share

from sim.mechanisms.come_back import come_back


@pytest.mark.parametrize(("level", "chance"), [(0, 0.26), (1, 0.40), (2, 0.48)])
def test_the_unresolved_come_back_by_level(build, level, chance):
    state = build(give_up=0.0, grievance_share=0.0)
    slots = put_in(state, 20_000, level=level)
    state.residents._begin(np.arange(20_000), 0)
    state.today.called, state.today.satisfied = slots, np.zeros(20_000, dtype=bool)
    state.today.grievance = np.zeros(20_000)
    come_back(state)
    assert share(state.waiting.waiting, 20_000, chance)
    assert len(state.today.resting) == 20_000 - state.waiting.waiting
    first, last = min(state.waiting._due), max(state.waiting._due)
    assert first >= 2
    mean = sum(day * sum(map(len, parts)) for day, parts in state.waiting._due.items()) / state.waiting.waiting
    assert mean == pytest.approx(2.0 + 14.0 - 0.5, rel=0.05)
    assert last <= 255


def test_the_resolved_and_satisfied_do_not_come_back(build):
    state = build()
    slots = put_in(state, 1000, resolved=True)
    state.today.called, state.today.satisfied = slots, np.ones(1000, dtype=bool)
    state.today.grievance = np.ones(1000)
    come_back(state)
    assert state.waiting.waiting == 0
    assert (state.today.resting == slots).all()
    assert state.cohorts.resolved.sum() == 1000


@pytest.mark.parametrize(("days", "in_time", "late"), [(180, 3, 0), (181, 0, 3), (200, 0, 3)])
def test_what_is_resolved_after_180_days_is_counted_apart(build, days, in_time, late):
    state = build()
    for length in (28, 31, 30, 31, 30, 31, 31):
        state.cohorts.begin_month(length)
    slots = put_in(state, 3, resolved=True, home=np.array([0, 1, 1]), first_day=5)
    state.day = 5 + days
    state.today.called, state.today.satisfied = slots, np.ones(3, dtype=bool)
    state.today.grievance = np.zeros(3)
    come_back(state)
    assert state.cohorts.resolved.sum() == state.cohorts.resolved[0, :2].sum() == in_time
    assert state.cohorts.late.sum() == state.cohorts.late[0, :2].sum() == late


def test_grievance_and_trust_move_by_the_stated_shares(build):
    state = build(grievance_gain=0.2, trust_gain=0.1, trust_loss=0.1, give_up=0.0)
    slots = put_in(state, 2)
    state.tickets.resolved[slots] = [True, False]
    people, residents = np.array([0, 1]), state.residents
    residents.set_grievance(people, np.array([0.5, 0.5]), 0)
    residents.set_trust(people, np.array([0.6, 0.6]))
    state.today.called, state.today.satisfied = slots, np.array([True, False])
    state.today.grievance = np.array([0.5, 0.5])
    come_back(state)
    assert residents.grievance(people, 0) == pytest.approx([0.25, 0.6], abs=2e-5)
    assert residents.trust(people) == pytest.approx([0.64, 0.54], abs=3e-3)


def test_who_was_called_waits_or_rests_and_none_is_lost(build):
    state = build(give_up=1.0)
    slots = put_in(state, 3000, resolved=np.arange(3000) % 2 == 0)
    state.residents._begin(np.arange(3000), 0)
    state.today.called, state.today.satisfied = slots, np.arange(3000) % 4 == 0
    state.today.grievance = np.zeros(3000)
    come_back(state)
    waiting = np.concatenate([part for parts in state.waiting._due.values() for part in parts])
    assert sorted([*waiting.tolist(), *state.today.resting.tolist()]) == sorted(slots.tolist())
    assert state.tally.unit["gave_up"].sum() > 0
