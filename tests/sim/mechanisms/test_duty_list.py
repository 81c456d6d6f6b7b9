"""Duty list by hand, and switched off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.duty_list import claim_by_duty_list, rule_by_duty_list
from sim.rules import DutyList


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model under a duty list."""
    return lambda duty_list, **parameters: build(Rules(duty_list=duty_list), **parameters)


def called_back(state, n, answers=0, **columns):
    """Put n call-backs of tickets at street 0 in, with the same answers, and count them."""
    tickets, slots = state.tickets, state.tickets.take(n)
    tickets.key[slots] = np.random.default_rng(n).integers(0, 2**63, n, dtype=np.uint64)
    for name, value in ({"category": 1, "attempt": 1} | columns).items():
        getattr(tickets, name)[slots] = value
    today = state.today
    today.counted = np.concatenate([today.counted, slots])
    today.counted_answers = np.concatenate([today.counted_answers, np.full(n, answers)])
    if not answers & 2:
        today.failed = np.concatenate([today.failed, slots])
        today.failed_answers = np.concatenate([today.failed_answers, np.full(n, answers)])
    unit = tickets.unit[slots[0]]
    state.tally.answers[unit, answers] += n
    if unit != tickets.right[slots[0]]:
        state.tally.undeserved[unit, answers] += n
    return slots


def test_what_is_not_a_streets_duty_is_claimed_and_the_list_errs_both_ways(build):
    state = build(DutyList(in_force=True), duty_error=0.2)
    wrong, mine = called_back(state, 4000, right=3), called_back(state, 5000, answers=7)
    elsewhere = called_back(state, 100, unit=state.units.n_streets)
    claim_by_duty_list(state)
    claims = set(state.duty_reviews.key.tolist())
    for slots, share in ((wrong, 0.8), (mine, 0.2), (elsewhere, 0.0)):
        n = len(claims & set(state.tickets.key[slots].tolist()))
        assert abs(n - share * len(slots)) <= 4.5 * math.sqrt(len(slots) * share * (1 - share))
    needs_file = set(state.tickets.key[state.today.failed].tolist())
    assert not needs_file & claims
    assert needs_file | claims >= set(state.tickets.key[np.concatenate([wrong, elsewhere])].tolist())


def test_claims_leave_the_score_in_turn_as_far_as_the_reviewers_minutes_go(build):
    rule = DutyList(in_force=True, review_minutes=10, review_days=2)
    state = build(rule, duty_error=0.0)
    called_back(state, 6, right=3)
    called_back(state, 4, answers=7, right=3)
    claim_by_duty_list(state)
    state.duty_reviewers.minutes[...] = 75.0 - rule.reviewer_minutes * state.population / 1e6
    state.day = 1
    rule_by_duty_list(state)
    assert state.tally.excluded.sum() == 0
    state.duty_reviewers.minutes[...] = 75.0 - rule.reviewer_minutes * state.population / 1e6
    state.day = 2
    rule_by_duty_list(state)
    assert state.tally.excluded.sum() == state.tally.unit["duty_out"][0] == state.tally.unit["duty_rightly"][0] == 7
    assert state.tally.answers.sum() == len(state.duty_reviews) == 3
    assert state.tally.undeserved.sum() == 3
    state.month += 1
    state.standing.since = state.month
    state.duty_reviewers.minutes[...] = 1000.0
    rule_by_duty_list(state)
    assert state.tally.unit["duty_late"][0] == 3
    assert state.tally.answers.sum() == 3
    assert len(state.duty_reviews) == 0


def run(duty_list, **parameters):
    model = TournamentModel(
        "small", Rules(duty_list=duty_list), Parameters(**parameters), seed=3, scale=0.1, log_tickets=True
    )
    record = model.run(5)
    model.close()
    return record


def test_off_it_does_nothing_and_in_force_its_tickets_get_the_least_care():
    off, same = run(DutyList()), run(DutyList(reviewer_minutes=1.0, review_days=9), duty_error=0.5)
    assert off.monthly().equals(same.monthly())
    assert off.tickets().equals(same.tickets())
    on = run(DutyList(in_force=True), duty_error=0.0)
    assert on.monthly()["duty_out"].sum() > 50
    assert (on.monthly()["duty_rightly"].dropna() == 1.0).all()
    log, before = on.tickets(), off.tickets()
    solved = [
        table[(table["unit"] < 12) & (table["unit"] != table["right"])]["resolved"].mean() for table in (log, before)
    ]
    assert solved[0] < 0.6 * solved[1]


def test_by_category_what_was_taken_out_is_known_with_what_it_had_said():
    """The list takes out "resolved" too, so reached and excluded call-backs alone do not tell what counts."""
    record = run(DutyList(in_force=True, reviewer_minutes=1e6, review_days=1), duty_error=0.3)
    kinds, sums = record.categories(), record.sums()
    assert 0 < kinds["excluded_resolved"].sum() < kinds["excluded"].sum()
    by_month = kinds.groupby("month")[["reached", "excluded", "said_resolved", "excluded_resolved"]].sum()
    assert (by_month["reached"] - by_month["excluded"]).tolist() == sums.answers("answers").tolist()
    assert (by_month["said_resolved"] - by_month["excluded_resolved"]).tolist() == sums.said_resolved().tolist()


def test_outcomes_of_the_duty_list_agree_with_the_ticket_log():
    record = run(DutyList(in_force=True, reviewer_minutes=1e6, review_days=1), duty_error=0.1, file_minutes=4800)
    log, table = record.tickets(), record.monthly()
    out = log[log["excluded"]]
    assert table["duty_out"].sum() == len(out) > 100
    right = (out["unit"] != out["right"]).sum()
    assert (table["duty_rightly"] * table["duty_out"]).sum() == pytest.approx(right)
    claimed = log[log["reached"] & (log["unit"] < 12) & (log["unit"] != log["right"])]
    assert 0.85 * len(claimed) < right + table["duty_late"].sum()
