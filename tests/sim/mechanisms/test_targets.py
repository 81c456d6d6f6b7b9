"""Targets: handed down and raised, a worth below them, districts that lean, and meetings that cost hours."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim import District, Rules, TournamentModel
from sim.agents.district import DistrictDecision
from sim.mechanisms.score import rank, score
from sim.mechanisms.targets import carry_out_lean, district_view, hold_meetings, set_targets
from sim.mechanisms.worth import gain_by_target, worth
from sim.rules import Targets

NOTHING = Targets(worth=0.0, meeting_minutes=0)


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model under rules of targets."""
    return lambda targets=None, **parameters: build(Rules(targets=targets or Targets()), **parameters)


def answer(state, good, bad):
    """Let so many residents of each street say yes, and no, three times."""
    n = state.units.n_streets
    state.tally.answers[:n, 7], state.tally.answers[:n, 0] = good, bad


def test_targets_by_hand(build):
    state = build(Targets(ambition=0.2, raise_by=0.1, ratchet=0.25))
    n = state.units.n_streets
    good = np.array([30] * (n - 2) + [90, 0])
    answer(state, good, np.array([70] * (n - 2) + [10, 0]))  # the last street has no call-back
    carry_out_lean(state, np.arange(3), DistrictDecision(np.ones(3), np.array([0.0, 0.1, 1.0]), np.zeros(3)))
    set_targets(state)
    result = good.sum() / (100.0 * (n - 1))
    city = result + 0.2 * (1.0 - result)
    handed = np.array([city, city + 0.1 * (1.0 - city), 0.99])  # nobody is asked for a perfect score
    assert state.pressure.city_target == pytest.approx(city)
    assert state.pressure.district_target == pytest.approx(handed)
    assert state.pressure.target[0] == pytest.approx(0.75 * city + 0.25 * 0.3)
    assert state.pressure.target[-2] == pytest.approx(0.75 * 0.99 + 0.25 * 0.9)
    assert state.pressure.target[-1] == pytest.approx(0.99)


def test_they_are_set_after_the_first_month_and_then_from_the_whole_year(build):
    state = build(Targets(ambition=0.0, raise_by=0.0, ratchet=0.0))
    answer(state, 10, 30)
    set_targets(state)
    assert state.pressure.target == pytest.approx(0.25)
    state.month_first = state.month_first.replace(month=5)
    answer(state, 40, 0)
    set_targets(state)
    assert state.pressure.target == pytest.approx(0.25)
    state.month_first = state.month_first.replace(month=12)
    answer(state, 70, 10)
    set_targets(state)
    assert state.pressure.target == pytest.approx((10 + 40 + 70) / 160)
    assert state.pressure.held_to == pytest.approx(0.25)
    assert state.pressure.year_answers.sum() == 0


def test_a_ratchet_asks_more_of_those_who_did_well(build):
    targets = {}
    for ratchet in (0.0, 1.0):
        state = build(Targets(ambition=0.0, raise_by=0.0, ratchet=ratchet))
        answer(state, np.arange(12), 20)
        set_targets(state)
        targets[ratchet] = state.pressure.target
    assert np.ptp(targets[0.0]) == 0.0
    assert targets[1.0] == pytest.approx(np.arange(12) / (20 + np.arange(12)))


def test_worth_below_the_target_rises_with_the_gap_until_it_is_full(build):
    state = build(Targets(worth=2.0, full_gap=0.1))
    state.pressure.target[:6] = 0.9
    state.pressure.lean[:] = [1.0, 3.0, 1.0]  # streets 0–3 are the first district's, 4–7 the second's
    scores = np.array([0.95, 0.9, 0.85, 0.4, 0.85, 0.2, 0.2])
    state.standing.ranked[:] = state.standing.points[:] = 0.7
    found = gain_by_target(state, np.arange(7), scores)
    assert found == pytest.approx([0.0, 0.0, 1.0, 2.0, 3.0, 6.0, 0.0])  # the last has no target yet
    state.standing.ranked[:7] += 0.05  # what an item or tolerance made of the points is not held against the target
    assert gain_by_target(state, np.arange(7), scores + 0.05) == pytest.approx(found)


def test_the_worth_of_a_target_is_added_to_that_of_a_rank_and_carries_the_strength(build):
    state = build(Targets(worth=2.0, full_gap=0.1))
    standing = state.standing
    standing.compared[:], standing.error2[:], standing.assessed = 0.6, 0.01, True
    standing.ranked[:] = standing.points[:] = 0.6
    worth(state)
    plain = standing.worth.copy()
    state.pressure.target[:] = 0.65
    worth(state)
    assert standing.worth[:12] - plain[:12] == pytest.approx(state.rules.tournament.strength * 1.0)
    assert (standing.worth[12:] == plain[12:]).all()


def test_districts_lean_by_their_rank_and_the_lowest_meet(build):
    state = build(Targets(meeting_share=0.33), lean=0.4)
    for district, good in ((0, 10), (1, 30), (2, 20)):
        rows = np.flatnonzero(state.district == district)
        state.tally.answers[rows, 7], state.tally.answers[rows, 0] = good, 40
    score(state)
    rank(state)
    decision = state.centre.model.districts[0].lean(district_view(state))
    assert decision.lean == pytest.approx([1.4, 0.6, 1.0])
    assert decision.meets.tolist() == [True, False, False]
    whole = replace(district_view(state), meeting_share=np.ones(3))
    assert state.centre.model.districts[0].lean(whole).meets.all()
    none = replace(district_view(state), meeting_share=np.zeros(3))
    assert not state.centre.model.districts[0].lean(none).meets.any()


def test_before_the_first_rank_districts_lean_alike_and_do_not_meet(build):
    state = build()
    decision = state.centre.model.districts[0].lean(district_view(state))
    assert (decision.lean == 1.0).all()
    assert not decision.meets.any()


def test_a_meeting_costs_every_street_of_the_district_minutes_of_handling(build):
    state = build(Targets(meeting_minutes=15))
    state.pressure.meets[1] = state.standing.assessed = True
    hold_meetings(state)
    expected = np.where(state.district == 1, np.floor(state.units.staff[:12] * 15), 0)
    assert state.units.owed[:12].tolist() == expected.tolist()
    assert state.tally.unit["meeting_minutes"][:12].tolist() == expected.tolist()


@pytest.mark.parametrize(("lean", "raise_by"), [(-0.1, 0.0), (math.nan, 0.0), (1.0, 1.1), (1.0, math.nan)])
def test_a_decision_that_cannot_be_is_refused(build, lean, raise_by):
    with pytest.raises(ValueError, match="district"):
        carry_out_lean(build(), 0, DistrictDecision(lean, raise_by, False))


def run(targets, months=4, agents=None):
    model = TournamentModel(
        "small", Rules(targets=targets), seed=3, scale=0.05, start="2019-11-01", log_tickets=True, agents=agents
    )
    record = model.run(months)
    model.close()
    return record


def same(a, b, but=()):
    return a.monthly().drop(columns=[*but]).equals(b.monthly().drop(columns=[*but])) and a.tickets().equals(b.tickets())


def test_without_worth_and_minutes_targets_do_nothing_bit_for_bit():
    plain = run(NOTHING)
    others = (replace(NOTHING, ambition=1.0), replace(NOTHING, meeting_share=0.0), replace(NOTHING, ratchet=1.0))
    for other in others:
        assert same(plain, run(other), but=["target_gap"])
    assert not same(plain, run(Targets(worth=20.0)), but=["target_gap"])
    assert (plain.monthly()["meeting_hours"] == 0.0).all()


class Lenient(District):
    def lean(self, view):
        assert isinstance(view.rank, float)
        return DistrictDecision(lean=0.0, raise_by=0.0, meets=False)


class Usual(District):
    def lean(self, view):
        return super().lean(view)


def test_a_district_of_ones_own_decides_for_itself_and_the_usual_one_the_same_one_by_one():
    assert same(run(Targets()), run(Targets(), agents={"district": Usual}))
    lenient = run(Targets(raise_by=0.0), agents={"district": Lenient})
    assert same(lenient, run(NOTHING), but=["target_gap"])
    assert (lenient.monthly()["meeting_hours"] == 0.0).all()


def test_outcomes_by_hand():
    record = run(Targets(meeting_minutes=60))
    table, streets = record.monthly(), record.streets()
    for t, month in enumerate(record.months):
        rows = streets[streets["month"] == month]
        gap = np.maximum(0.0, rows["target"] - rows["score"]).mean(skipna=False)
        assert table["target_gap"].iloc[t] == pytest.approx(gap, nan_ok=True)
        scores = record.columns["district_score"][t]
        assert table["district_sd"].iloc[t] == pytest.approx(np.std(scores, ddof=1))
    assert table["target_gap"].isna().tolist() == [True, False, False, False]
    assert table["meeting_hours"].iloc[0] == 0.0
    minutes = sum(int(x) for x in record.columns["meeting_minutes"][1])
    assert table["meeting_hours"].iloc[1] == pytest.approx(minutes / 60.0)
    assert minutes > 0


def test_at_observation_points_a_street_is_heard_and_its_claim_audited(build):
    """ω = 0.4, own result 0.8, sandbag 0.1 of which the audit takes off a half: 0.6 × assigned + 0.4 × 0.75."""
    state = build(Targets(claims=0.4, audit=0.5), sandbag=0.1)
    answer(state, good=80, bad=20)
    set_targets(state)
    assert state.pressure.target == pytest.approx(0.6 * state.pressure.assigned + 0.4 * 0.75)


def test_claims_without_weight_change_nothing(build):
    state = build(Targets(claims=0.0, audit=0.0), sandbag=0.5)
    answer(state, good=80, bad=20)
    set_targets(state)
    assert (state.pressure.target == state.pressure.assigned).all()
