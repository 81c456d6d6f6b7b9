"""Other rules of assessment: each by hand, in a limit, and at the value at which it does nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from by_hand import NO_LISTS, answer

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.score import rank, score
from sim.mechanisms.worth import worth
from sim.rules import Tournament


def run(months=7, **tournament):
    rules = Rules(tournament=Tournament(**{"strength": 3.0, **tournament}))
    model = TournamentModel("small", rules, Parameters(step=0.2), seed=4, scale=0.03, log_tickets=True)
    record = model.run(months)
    model.close()
    return record


def same(a, b):
    return a.monthly().equals(b.monthly()) and a.streets().equals(b.streets()) and a.tickets().equals(b.tickets())


def test_tolerance_forgives_lost_points_up_to_a_share_and_no_more(assessed):
    state = assessed(tolerance=0.1)
    answer(state, [80] * 6 + [95] * 6, [20] * 6 + [5] * 6)
    score(state)
    standing = state.standing
    assert standing.points[[0, 6]] == pytest.approx([0.8, 0.95])
    assert standing.score[[0, 6]] == pytest.approx([0.9, 1.0])


def test_where_all_is_forgiven_a_point_is_worth_nothing(assessed):
    for tolerance, expected in ((0.0, True), (0.1, False)):
        state = assessed(tolerance=tolerance)
        answer(state, [80] * 6 + [95] * 6, [20] * 6 + [5] * 6)
        score(state)
        rank(state)
        worth(state)
        assert (state.standing.worth[:6] > 0.0).all()
        assert (state.standing.worth[6:12] > 0.0).all() == expected
    empty = dict.fromkeys(("advanced_share", "improving_share", "rectification_share"), 0.0)  # luck would draw them up
    forgiving, off = run(tolerance=1.0, **NO_LISTS, **empty), run(strength=0.0, **NO_LISTS, **empty)
    for name in ("effort", "documentation_share", "prevention_share", "real_resolution"):
        assert forgiving.monthly()[name].equals(off.monthly()[name])


def test_requests_per_resident_are_an_item_of_the_score(assessed):
    state = assessed(weight_requests=0.25)
    answer(state, 80, 20)
    people = state.base.population
    state.tally.unit["problems"][:12] = people * np.arange(1, 13)  # requests per resident: 1 … 12, median 6.5
    score(state)
    standing = state.standing
    assert standing.item == pytest.approx(6.5 / (6.5 + np.arange(1, 13)))
    assert standing.score[:12] == pytest.approx(0.75 * 0.8 + 0.25 * standing.item)
    assert standing.score[12:].tolist() == pytest.approx([math.nan] * 21, nan_ok=True)
    shrunk = 81 / 102
    of_points = max(0.16 / 100, shrunk * (1 - shrunk) / 102)
    of_requests = (standing.item * (1 - standing.item)) ** 2 / (people * np.arange(1, 13))
    assert standing.sampling2[:12] == pytest.approx(0.75**2 * of_points + 0.25**2 * of_requests)


def test_the_items_error_is_that_of_a_poisson_count(assessed):
    state, luck = assessed(weight_requests=1.0), np.random.default_rng(1)
    mean, items = 400.0, []
    state.base.population[:] = 1000
    for _ in range(300):
        requests = np.full(12, 400)
        requests[:2] = luck.poisson(mean, 2)
        answer(state, 80, 20)
        state.tally.unit["problems"][:12] = requests
        score(state)
        items.append(state.standing.score[0])
    assert np.std(items) == pytest.approx(math.sqrt(state.standing.sampling2[0]), rel=0.15)


def test_a_quarter_is_scored_as_one_and_decided_on_once(assessed):
    state = assessed(period_months=3)
    for month, (good, bad) in enumerate(((10, 30), (20, 20), (60, 20)), start=1):
        state.month_first = state.month_first.replace(month=month)
        answer(state, good, bad)
        state.tally.unit["problems"][:12] = 7
        score(state)
        assert state.standing.assessed == (month == 3)
    assert state.standing.score[0] == pytest.approx(90 / 160)
    assert (state.standing.requests == 21).all()
    assert state.standing.period_answers.sum() == 0
    record = run(period_months=3)
    changes = record.monthly()["effort"].diff().ne(0.0).tolist()
    assert changes == [True, False, False, True, False, False, True]  # decisions of March hold from April on


def test_the_error_of_a_quarter_is_smaller_by_the_root_of_three(assessed):
    errors = {}
    for period in (1, 3):
        state = assessed(period_months=period, pool_below=0)
        for month in range(1, 4):
            state.month_first = state.month_first.replace(month=month)
            answer(state, 400, 100)
            score(state)
        errors[period] = math.sqrt(state.standing.sampling2[0])
    assert errors[1] / errors[3] == pytest.approx(math.sqrt(3.0), rel=0.01)


@pytest.mark.parametrize(
    "nothing", [{"grade_high": 1.0}, {"grade_middle": 0.85}, {"grade_low": 0.1}], ids=lambda field: next(iter(field))
)
def test_what_belongs_to_a_rule_that_is_off_does_nothing_bit_for_bit(nothing):
    assert same(run(months=3), run(months=3, **nothing))


@pytest.mark.parametrize(
    "rule", [{"weight_requests": 0.3}, {"tolerance": 0.1}, {"period_months": 2}, {"handicap": 1.0}, {"graded": True}]
)
def test_every_rule_matters_when_it_is_on_and_touches_nothing_before_the_first_decision(rule):
    plain, other = run(), run(**rule)
    assert not same(plain, other)
    logs = [record.tickets() for record in (plain, other)]
    early = [log[log["closed"] < 30].reset_index(drop=True) for log in logs]
    assert early[0].equals(early[1])


def test_requests_per_10k_by_hand():
    record = run(months=2)
    table, streets = record.monthly(), record.streets()
    people = record.city.streets["population"].to_numpy() * 0.03
    filed = record.columns["problems"][1] + record.columns["repeats"][1]
    assert table["requests_per_10k"].iloc[1] == pytest.approx(1e4 * filed.sum() / people.sum())
    assert streets["requests_per_10k"].to_numpy()[12:] == pytest.approx(1e4 * filed[:12] / people)
