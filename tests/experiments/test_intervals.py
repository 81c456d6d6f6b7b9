"""Intervals against plain arithmetic, their own definitions, and SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from experiments.intervals import BOOTSTRAP_FROM, interval, intervals, kind_of, ratio_interval

T2 = 0.95 / math.sqrt(2.0 * 0.975 * 0.025)  # the 97.5 % quantile of Student's t with 2 degrees of freedom


def skewed(n):
    return np.array([math.exp(2.0 * k / n) * (1.0 if k % 3 else -0.4) for k in range(n)])


def test_students_t_by_hand():
    # mean 2, standard deviation 1, n = 3: 2 ± T2 / √3
    low, high = interval(np.array([1.0, 2.0, 3.0]))
    assert low == pytest.approx(2.0 - T2 / math.sqrt(3.0), abs=1e-12)
    assert high == pytest.approx(2.0 + T2 / math.sqrt(3.0), abs=1e-12)


def test_the_kind_changes_at_twenty():
    assert [kind_of(n) for n in (0, 1, 2, BOOTSTRAP_FROM - 1, BOOTSTRAP_FROM)] == [
        "none",
        "none",
        "t",
        "t",
        "bootstrap",
    ]
    few, many = skewed(BOOTSTRAP_FROM - 1), skewed(BOOTSTRAP_FROM)
    low, high = interval(few)
    assert high - few.mean() == pytest.approx(few.mean() - low)
    low, high = interval(many)
    assert high - many.mean() != pytest.approx(many.mean() - low, rel=0.01)


def test_one_value_has_no_interval():
    assert all(math.isnan(end) for end in interval(np.array([3.0])))


@pytest.mark.parametrize("n", [20, 37])
def test_the_bootstrap_is_scipys_bca(n):
    values = skewed(n)
    theirs = stats.bootstrap((values,), np.mean, n_resamples=40_000, method="BCa", rng=5).confidence_interval
    width = theirs.high - theirs.low
    assert interval(values) == pytest.approx((theirs.low, theirs.high), abs=0.02 * width)


def test_the_same_numbers_have_the_same_interval_bit_for_bit_alone_or_among_others():
    values = np.column_stack([skewed(25) * k for k in range(1, 71)])  # more columns than are resampled at once
    low, high = intervals(values)
    for k in (0, 64, 69):
        assert (low[k], high[k]) == interval(values[:, k])


@pytest.mark.parametrize("n", [5, 25])
def test_equal_values_have_an_interval_of_no_width(n):
    low, high = interval(np.full(n, 0.3))
    assert low == pytest.approx(0.3, abs=1e-15) and high == pytest.approx(0.3, abs=1e-15)


def test_fieller_ends_are_the_ratios_that_the_data_just_do_not_refute():
    over, under = np.array([10.0, 14.0, 9.0, 13.0, 15.0]), np.array([2.0, 2.5, 1.9, 2.2, 2.9])
    ratio, low, high = ratio_interval(over, under)
    assert ratio == pytest.approx(61.0 / 11.5)
    assert low < ratio < high
    # at either end the t interval of over − end × under has 0 as an end: Fieller's definition
    for end, side in ((low, 0), (high, 1)):
        assert interval(over - end * under)[side] == pytest.approx(0.0, abs=1e-9)


def test_a_certain_denominator_gives_the_interval_of_the_numerator_divided():
    over = np.array([1.0, 2.0, 3.0])
    ratio, low, high = ratio_interval(over, np.full(3, 4.0))
    t = interval(over)
    assert (ratio, low, high) == pytest.approx((0.5, t[0] / 4.0, t[1] / 4.0))


def test_a_denominator_that_may_be_nothing_gives_no_number():
    over, under = np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.5, 2.0])
    low, high = interval(under)
    assert low < 0.0 < high
    assert all(math.isnan(value) for value in ratio_interval(over, under))
    assert all(math.isnan(value) for value in ratio_interval(over[:1], under[:1]))
