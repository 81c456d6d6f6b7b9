"""Spread over streets, against known formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.orders import mean_rank
from sim.spread import days_quantile, gini, mean, signal, tau_b, variance

few = st.lists(st.integers(0, 6), min_size=3, max_size=30)


@given(few, st.randoms(use_true_random=False))
def test_rank_agreement_is_kendalls(values, luck):
    a = np.array(values, dtype=float)
    b = np.array(luck.sample(values, len(values)), dtype=float)
    expected = stats.kendalltau(a, b).statistic if min(a.std(), b.std()) > 0 else math.nan
    assert tau_b(a, b) == pytest.approx(expected, nan_ok=True, abs=1e-12)


@given(few)
def test_ranks_share_the_mean_of_a_tie(values):
    assert mean_rank(np.array(values, dtype=float)).tolist() == stats.rankdata([-v for v in values]).tolist()


def test_who_has_no_score_has_no_rank():
    assert np.isnan(mean_rank(np.array([0.5, np.nan, 0.7]))).tolist() == [False, True, False]


def test_mean_and_variance_leave_out_the_unknown():
    values = np.array([1.0, np.nan, 4.0, 7.0])
    assert (mean(values), variance(values)) == (4.0, 9.0)
    assert math.isnan(variance(np.array([1.0, np.nan])))
    assert math.isnan(mean(np.array([np.nan])))


def test_signal_is_what_noise_leaves():
    scores = np.array([0.2, 0.4, 0.6])  # variance 0.04
    assert signal(scores, np.full(3, 0.01)) == pytest.approx(0.75)
    assert signal(scores, np.full(3, 0.1)) == 0.0
    assert math.isnan(signal(np.full(3, 0.5), np.full(3, 0.01)))


@pytest.mark.parametrize(("values", "expected"), [([1, 1, 1], 0.0), ([0, 0, 3], 2 / 3), ([1, 2, 3], 2 / 9)])
def test_inequality_by_hand(values, expected):
    assert gini(np.array(values, dtype=float)) == pytest.approx(expected)


@pytest.mark.parametrize(("share", "days"), [(0.5, 1.0), (0.51, 2.0), (0.9, 2.0), (1.0, 3.0)])
def test_days_within_which_a_share_is_closed(share, days):
    assert days_quantile(np.array([2, 3, 4, 1]), share) == days
