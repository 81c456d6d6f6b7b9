"""Score: the mean of points with its error, few call-backs pooled, by hand; all content, and nobody reached."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import answered

from sim import Rules
from sim.mechanisms.score import rank, score
from sim.mechanisms.worth import worth
from sim.rules import Tournament


def test_a_score_is_the_mean_of_points_with_its_error(build):
    state = build()
    answered(state, 0, {7: 60, 1: 40})  # 60 × 1.0 and 40 × 0.2
    score(state)
    rank(state)
    s = (60 + 8) / 100
    variance = (60 + 40 * 0.04) / 100 - s * s
    shrunk = (100 * s + 1) / 102
    assert state.standing.score[0] == pytest.approx(s)
    assert state.standing.sampling2[0] == pytest.approx(max(variance / 100, shrunk * (1 - shrunk) / 102))
    assert state.standing.noise2[0] == pytest.approx(variance / 99)
    assert state.standing.error2[0] == pytest.approx(state.standing.sampling2[0] + 0.01**2)
    assert state.standing.rank[0] == 1.0
    assert state.standing.score_marked[1]


def test_few_call_backs_are_pooled_over_three_months(build):
    state = build(Rules(tournament=Tournament(pool_below=30)))
    for codes in ({0: 20}, {7: 20}, {7: 10}):
        state.tally.answers[:] = 0
        answered(state, 2, codes)
        score(state)
    assert state.standing.score[2] == pytest.approx(30 / 50)


def test_all_content_score_one_and_without_a_call_back_the_last_score_stands(build):
    state = build(Rules(tournament=Tournament(pool_below=0)), perception=0.0)
    answered(state, 0, {7: 400})
    answered(state, 1, {0: 400})
    score(state)
    assert state.standing.score[:2].tolist() == [1.0, 0.0]
    assert state.standing.noise2[:2].tolist() == [0.0, 0.0]
    assert (state.standing.error2[:2] > 0.0).all()  # what offices reckon with is never nothing
    state.tally.answers[:] = 0
    score(state)
    assert state.standing.score[:2].tolist() == [1.0, 0.0]
    assert state.standing.score_marked[:2].all()


def test_who_is_alone_in_a_league_is_on_no_list(build):
    state = build(Rules(tournament=Tournament(improving_share=0.5)))
    for row in range(12):
        answered(state, row, {7: 40 + row, 0: 40})
    state.leagues = lambda: [np.array([0]), np.arange(1, 12)]
    for _ in range(2):  # nobody is known to have improved in the first month
        score(state)
        rank(state)
    for on in state.standing.lists.values():
        assert not on[0] and on[1:].any()
    assert state.standing.rank[0] == 1.0


@pytest.mark.parametrize("graded", [False, True])
def test_a_score_of_requests_alone_without_requests_has_no_error_and_yet_a_finite_worth(build, graded):
    rules = Rules(tournament=Tournament(weight_requests=1.0, graded=graded, pool_below=0))
    state = build(rules, perception=0.0)
    answered(state, 0, {7: 40})
    answered(state, 1, {7: 30})
    answered(state, 2, {0: 30})
    state.tally.unit["problems"][1:12] = 50  # residents of the first street ask for nothing
    score(state)
    rank(state)
    assert state.standing.score[0] == 1.0
    assert state.standing.sampling2[0] == 0.0
    worth(state)
    assert np.isfinite(state.standing.worth).all()


def test_without_a_score_a_street_is_on_no_list_by_score(build):
    state = build(Rules(tournament=Tournament(advanced_share=0.5, improving_share=0.5, rectification_share=0.5)))
    score(state)
    rank(state)
    lists = state.standing.lists
    assert not any(lists[name].any() for name in ("advanced", "improving", "rectification"))
    answered(state, 2, {7: 40})
    score(state)
    rank(state)
    assert all(np.flatnonzero(lists[name]).tolist() == [2] for name in ("advanced", "rectification"))
    assert not lists["improving"].any()  # it has no score before
    score(state)
    rank(state)
    assert np.flatnonzero(lists["improving"]).tolist() == [2]
    assert lists["governance"].sum() == 1


@pytest.mark.parametrize("period", range(1, 13))
def test_assessments_are_a_period_apart(build, period):
    state = build(Rules(tournament=Tournament(period_months=period)))
    assessed = []
    for month in range(36):
        state.month_first = state.month_first.replace(year=2019 + month // 12, month=month % 12 + 1)
        score(state)
        if state.standing.assessed:
            assessed.append(month)
    assert set(np.diff(assessed)) == {period}
    assert 12 % period or 11 in assessed  # with the year's end, if the year is whole periods


def test_where_all_lost_points_are_forgiven_a_score_has_no_error(build):
    state = build(Rules(tournament=Tournament(tolerance=0.2)), perception=0.0)
    answered(state, 0, {7: 85, 0: 15})
    answered(state, 1, {7: 70, 0: 30})
    score(state)
    assert state.standing.score[:2] == pytest.approx([1.0, 0.9])
    assert state.standing.noise2[0] == state.standing.sampling2[0] == 0.0
    assert state.standing.noise2[1] == pytest.approx(0.7 * 0.3 / 99)
