"""Expect score: what a street in like circumstances scores, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import answer

from sim.mechanisms.expect_score import expect_scores
from sim.mechanisms.score import rank, score
from sim.state.forecast import part


def test_what_is_expected_comes_from_other_streets_and_earlier_months(assessed):
    state = assessed()
    forecast = state.forecast
    forecast.cells = [np.zeros(12, dtype=np.int64), np.repeat([0, 1, 2], 4), np.array([0] * 4 + [1, 1, 2, 2] + [3] * 4)]
    first = np.arange(1, 13) * 10
    answer(state, first, 100)
    expect_scores(state)
    assert np.isnan(state.standing.expected_score).all()
    answer(state, 0, 1000)
    expect_scores(state)
    expected = state.standing.expected_score
    assert expected[1] == pytest.approx((10 + 30 + 40) / (10 + 30 + 40 + 300))
    assert expected[4] == pytest.approx((60 + 70 + 80) / (60 + 70 + 80 + 300))  # too small a cell: the whole zone
    for _ in range(12):
        answer(state, 50, 50)
        expect_scores(state)
    answer(state, 0, 1)
    expect_scores(state)
    assert state.standing.expected_score == pytest.approx(0.5)
    assert len(forecast.months) == 12
    assert (forecast.total == sum(forecast.months)).all()


def test_cells_are_equal_parts_by_what_is_not_a_streets_own_doing(assessed):
    assert part(np.array([5.0, 1.0, 3.0, 3.0, 9.0, 0.0]), 3).tolist() == [2, 0, 1, 1, 2, 0]
    state = assessed()
    fine = state.forecast.cells[2]
    assert len(np.unique(fine)) > 5
    assert (fine // 6 == state.zone).all()


def test_a_handicap_takes_the_expected_difference_off_the_ranked_score(assessed):
    state = assessed(handicap=0.5)
    answer(state, 80, 20)
    state.standing.expected_score[:] = np.nan
    state.standing.expected_score[:3] = [0.7, 0.8, 0.9]
    score(state)
    rank(state)
    assert state.standing.score[:12] == pytest.approx(0.8)
    assert state.standing.ranked[:4] == pytest.approx([0.85, 0.8, 0.75, 0.8])
    assert state.standing.rank[:4].tolist() == [1.0, 6.5, 12.0, 6.5]
