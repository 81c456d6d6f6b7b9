"""Keep books: exponential means, by hand; months alike change nothing."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import answered

from sim.mechanisms.keep_books import keep_books


def test_books_are_exponential_means(build):
    state = build()
    answered(state, 0, {7: 30, 0: 10})
    keep_books(state)
    assert state.books.resolution[0] == pytest.approx(0.75)
    state.tally.answers[:] = 0
    answered(state, 0, {7: 10, 0: 30})
    keep_books(state)
    assert state.books.resolution[0] == pytest.approx(0.75 + (0.25 - 0.75) / 3)
    assert state.books.failed[0] == pytest.approx(10 + 20 / 3)
    assert np.isnan(state.books.resolution[1])


def test_months_alike_leave_the_books_as_they_are_and_a_month_without_call_backs_the_rates(build):
    state = build()
    answered(state, 0, {7: 30, 0: 10})
    for _ in range(20):
        keep_books(state)
    assert state.books.resolution[0] == pytest.approx(0.75)
    assert state.books.reached[0] == pytest.approx(40.0)
    assert state.books.fail_points[0] == pytest.approx(0.0)
    state.tally.answers[:] = 0
    keep_books(state)
    assert state.books.resolution[0] == pytest.approx(0.75)
    assert state.books.reached[0] == pytest.approx(40.0 * 2 / 3)
