"""Elementary functions by table, against the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.tables import density, exp_neg, grain, log, lognormal_quantiles, lorenz_positions, power, read_lorenz


@given(st.floats(0.0, 100.0))
def test_exponential(x):
    assert float(exp_neg(x)) == pytest.approx(math.exp(-x), abs=2e-7)


@given(st.floats(-20.0, 20.0))
def test_normal_density(z):
    assert float(density(z)) == pytest.approx(NormalDist().pdf(z), abs=2e-7)


@given(st.floats(1e-12, 1e12))
def test_logarithm(x):
    assert float(log(x)) == pytest.approx(math.log(x), abs=3e-8)


@given(st.floats(0.01, 50.0), st.floats(-3.0, 3.0))
def test_power(x, a):
    assert float(power(x, a)) == pytest.approx(x**a, rel=2e-2 if abs(a * math.log(x)) > 8 else 1e-3)


def test_a_table_of_powers_longer_than_a_block_has_the_same_bits():
    xs = np.linspace(0.5, 2.0, 34_000).reshape(2, -1)
    short = np.stack([power(row, 0.7) for row in xs.reshape(-1, 1000)])
    assert (power(xs, 0.7).reshape(-1, 1000) == short).all()


@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=9))
def test_numbers_and_arrays_give_the_same_bits(xs):
    assert exp_neg(np.array(xs)).tolist() == [float(exp_neg(x)) for x in xs]
    assert density(np.array(xs)).tolist() == [float(density(x)) for x in xs]


def test_grains_add_exactly_in_any_order():
    values = grain(np.random.default_rng(1).random(5000))
    assert values.sum() == values[::-1].sum() == math.fsum(values)


@pytest.mark.parametrize("log_sd", [0.0, 0.3, 1.0, 1.5])
def test_lognormal_values_have_mean_one_and_the_spread_asked_for(log_sd):
    values = lognormal_quantiles(log_sd)
    assert values.mean() == pytest.approx(1.0, abs=1e-6)
    assert np.log(values).std() == pytest.approx(log_sd, rel=0.01, abs=1e-6)


def test_most_people_call_rarely_if_propensity_is_spread():
    u = (np.arange(100_000) + 0.5) / 100_000
    even, spread = (read_lorenz(lorenz_positions(sd), u) for sd in (0.0, 1.5))
    assert np.abs(even - u).max() < 1e-6
    top = NormalDist().cdf(1.5 - NormalDist().inv_cdf(0.9))  # of a lognormal, the share of the top tenth
    assert (spread > 0.9).mean() == pytest.approx(top, abs=0.002)
