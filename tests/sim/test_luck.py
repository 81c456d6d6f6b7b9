"""Luck: known answers, uniformity, and independence across purposes, days, attempts and seeds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.luck import (
    GAMMA,
    MASK,
    Purpose,
    Tag,
    alias_table,
    finalise,
    finalise_one,
    mix,
    mix_one,
    mix_texts,
    pick,
    poisson,
    uniform,
    uniform_one,
)

SPLITMIX64 = [  # the published generator's first outputs from the state 1234567
    *(6457827717110365317, 3203168211198807973, 9817491932198370423),
    *(4593380528125082431, 16408922859458223821),
]
N = 200_000
LEAST_P = 1e-4  # seeds are fixed, so a p-value is either fine for ever or a finding

words = st.integers(min_value=0, max_value=MASK)
whole = st.integers(min_value=0, max_value=2**40)


def draws(tag=Tag.PROBLEM, seed=7, purpose=Purpose.RESOLVE, attempt=0, day=737000, n=N):
    return uniform(mix(mix_one(seed, tag, day), np.arange(n)), purpose, attempt)


def test_a_key_is_the_state_of_a_splitmix64_stream():
    states = [(1234567 + GAMMA * (i + 1)) & MASK for i in range(5)]
    assert [finalise_one(state) for state in states] == SPLITMIX64
    assert finalise(np.array(states, dtype=np.uint64)).tolist() == SPLITMIX64


@pytest.mark.parametrize("purpose", [Purpose.COUNT, Purpose.MARK, Purpose.CATEGORY, Purpose.STREET, Purpose.PERSON])
def test_a_purpose_is_a_place_in_the_stream(purpose):
    assert uniform_one(1234567, purpose) == (SPLITMIX64[purpose] >> 11) * 2.0**-53


@given(words, st.lists(whole, min_size=1, max_size=5))
def test_one_key_and_many_keys_are_mixed_alike(prefix, numbers):
    many = mix(mix_one(prefix), np.array(numbers))
    assert many.tolist() == [mix_one(prefix, number) for number in numbers]


@given(words, st.lists(st.text(max_size=9), min_size=1, max_size=5))
def test_one_text_and_many_texts_are_mixed_alike(prefix, texts):
    assert mix_texts(mix_one(prefix), texts).tolist() == [mix_one(prefix, *text.encode()) for text in texts]


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from(list(Purpose)), st.integers(0, 2**16))
def test_one_draw_and_many_draws_are_the_same_bits(keys, purpose, attempt):
    single = [uniform_one(key, purpose, attempt) for key in keys]
    column = np.array(keys, dtype=np.uint64)
    assert uniform(column, purpose, attempt).tolist() == single
    assert uniform(column, purpose, np.full(len(keys), attempt)).tolist() == single
    assert all(0.0 <= u < 1.0 for u in single)


def test_draws_do_not_change_the_keys():
    keys = mix(5, np.arange(10))
    before = keys.copy()
    uniform(keys, Purpose.MARK)
    assert (keys == before).all()


def test_purposes_fit_into_one_attempt_and_do_not_meet():
    numbers = [purpose.value for purpose in Purpose]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < 63


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_is_uniform(purpose):
    assert stats.kstest(draws(purpose=purpose), "uniform").pvalue > LEAST_P


@pytest.mark.parametrize("bits", [0, 20, 40])
def test_all_bits_of_a_draw_are_uniform(bits):
    words_ = (draws() * 2.0**53).astype(np.uint64)
    bytes_ = (words_ >> np.uint64(bits)) & np.uint64(255)
    assert stats.chisquare(np.bincount(bytes_.astype(int), minlength=256)).pvalue > LEAST_P


PAIRS = {
    "purposes": (draws(purpose=Purpose.RESOLVE), draws(purpose=Purpose.REACH)),
    "neighbouring purposes": (draws(purpose=Purpose.MARK), draws(purpose=Purpose.CATEGORY)),
    "days": (draws(day=737000), draws(day=737001)),
    "attempts": (draws(attempt=1), draws(attempt=2)),
    "seeds": (draws(seed=7), draws(seed=8)),
    "layers and tags": (draws(tag=Tag.PROBLEM), draws(tag=Tag.PERSON)),
    "neighbouring keys": (draws()[:-1], draws()[1:]),
}


@pytest.mark.parametrize("name", PAIRS)
def test_draws_are_independent_across(name):
    a, b = PAIRS[name]
    table = np.bincount((a * 16).astype(int) * 16 + (b * 16).astype(int), minlength=256)
    assert stats.chisquare(table).pvalue > LEAST_P
    assert abs(np.corrcoef(a, b)[0, 1]) < 4.0 / np.sqrt(len(a))


def test_days_of_two_years_are_all_different():
    means = [uniform_one(mix_one(3, Tag.DAY, day, 0), Purpose.COUNT) for day in range(737000, 737730)]
    assert len(set(means)) == 730
    assert abs(np.corrcoef(means[:-1], means[1:])[0, 1]) < 0.15


@given(st.floats(1e-3, 3e4), st.floats(0.0, 1.0, exclude_max=True))
@settings(max_examples=300)
def test_poisson_inverts_the_distribution(mean, u):
    k = poisson(mean, u)
    slack = 1e-9  # where u falls on a step, either side is right
    assert stats.poisson.cdf(k, mean) >= u - slack
    assert k == 0 or stats.poisson.cdf(k - 1, mean) <= u + slack


def test_no_rate_gives_no_event():
    assert poisson(0.0, 0.999) == 0


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40).filter(lambda w: sum(w) > 1e-6))
def test_an_alias_table_gives_each_row_its_weight(weights):
    accept, alias = alias_table(np.array(weights))
    chance = accept.copy()
    np.add.at(chance, alias, 1.0 - accept)
    assert np.allclose(chance / len(weights), np.array(weights) / sum(weights), atol=1e-9)


def test_picks_follow_the_table():
    weights = np.array([1.0, 0.0, 3.0, 6.0])
    rows = pick(draws(), *alias_table(weights))
    assert stats.chisquare(np.bincount(rows, minlength=4)[[0, 2, 3]], N * np.array([0.1, 0.3, 0.6])).pvalue > LEAST_P
    assert not (rows == 1).any()
