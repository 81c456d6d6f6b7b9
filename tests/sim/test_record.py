"""Record: a month's counts are kept in as few bytes as they need, and nothing is lost when they are put together."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from sim import City
from sim.record import Record, kept


@pytest.mark.parametrize(
    ("least", "most", "size"),
    [(0, 0, 2), (0, 2**15 - 1, 2), (-(2**15), 1, 2), (0, 2**15, 4), (-(2**15) - 1, 0, 4), (0, 2**31, 8)],
)
def test_counts_are_kept_as_they_are_in_as_few_bytes_as_they_need(least, most, size):
    counts = np.array([least, 0, most])
    found = kept(counts)
    counts_before, counts[:] = counts.tolist(), 7  # a copy: the next month's counts do not reach it
    assert found.tolist() == counts_before
    assert found.itemsize == size


def test_counts_that_fit_alone_do_not_run_over_when_they_are_added():
    city = City.load("small")
    units = len(city.streets) + len(city.departments)
    record = Record(city, 1, datetime.date(2021, 1, 1), 1.0, False)
    record.months = ["2021-01"]
    for name in ("answers", "handed"):
        record.columns[name] = [kept(np.full((units, 8), 30_000))]
    for name in ("problems", "repeats"):
        record.columns[name] = [kept(np.full(units, 30_000))]
    by_street, whole = record.sums(streets=True), record.sums()
    assert (by_street.answers("answers", [3]) == 60_000.0).all()
    assert whole.answers("answers").tolist() == [units * 8 * 60_000.0]
    assert (by_street.column("problems") + by_street.column("repeats") == 60_000).all()
    assert whole.count("problems").tolist() == [units * 30_000.0]
