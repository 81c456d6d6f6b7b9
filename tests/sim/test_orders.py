"""Orders: by unit, by unit and days left, and by key, as Python's own sort has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.orders import ascending, by_key, by_unit

HALF = 2**32


@given(st.lists(st.integers(0, 2**40), max_size=60))
def test_numbers_of_any_size_are_put_in_order_and_equal_ones_stay_as_they_come(values):
    assert ascending(np.array(values, dtype=np.int64)).tolist() == sorted(range(len(values)), key=values.__getitem__)


@pytest.mark.parametrize("most", [400, 5_000, 200_000])  # a city, as many as fit in sixteen bits with the days, more
@given(data=st.data())
def test_rows_are_ordered_by_unit_then_by_days_then_as_they_stood(most, data):
    rows = data.draw(st.lists(st.tuples(st.integers(0, most), st.integers(0, 15)), max_size=60))
    units, days = (np.array([row[i] for row in rows], dtype=np.int32) for i in (0, 1))
    assert by_unit(units, days).tolist() == sorted(range(len(rows)), key=lambda i: rows[i])
    assert by_unit(units).tolist() == sorted(range(len(rows)), key=lambda i: rows[i][0])


@given(st.lists(st.tuples(st.sampled_from([0, 1, HALF - 1]), st.integers(0, HALF - 1)), unique=True, max_size=16))
def test_keys_are_ordered_even_if_their_upper_halves_are_equal(parts):
    keys = [upper * HALF + lower for upper, lower in parts]
    assert by_key(np.array(keys, dtype=np.uint64)).tolist() == sorted(range(len(keys)), key=keys.__getitem__)


def test_no_rows_have_no_order():
    nothing = np.zeros(0, dtype=np.int64)
    assert len(ascending(nothing)) == len(by_unit(nothing, nothing)) == len(by_key(nothing.astype(np.uint64))) == 0
