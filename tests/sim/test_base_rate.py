"""The base rate: volumes, shares, seasons and weekdays as published, and nothing else."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest

from sim import City, Parameters
from sim.base_rate import BaseRate

CITY = City.load("beijing")
SMALL = City.load("small")


@pytest.mark.parametrize("year", sorted(CITY.volumes))
def test_a_year_has_its_published_volume(year):
    base = BaseRate(CITY, Parameters(), seed=1)
    people = float(CITY.streets["population"].sum())
    expected = CITY.volumes[year] / CITY.base_population * people
    assert base.year_cells(year).sum() == pytest.approx(expected, rel=1e-9)
    days = [datetime.date(year, 1, 1) + datetime.timedelta(d) for d in range(366)]
    assert math.fsum(base.daily_mean(day) for day in days if day.year == year) == pytest.approx(expected, rel=1e-9)


def test_a_part_of_the_city_has_the_volume_of_its_people():
    base = BaseRate(SMALL, Parameters(), seed=1)
    people = float(SMALL.streets["population"].sum())
    assert base.year_cells(2021).sum() / people == pytest.approx(CITY.volumes[2021] / CITY.base_population, rel=1e-9)


@pytest.mark.parametrize("scale", [0.01, 0.1, 0.5])
def test_fewer_residents_bring_fewer_requests_in_proportion(scale):
    day = datetime.date(2021, 5, 3)
    whole, part = (BaseRate(SMALL, Parameters(), seed=1, scale=s).daily_mean(day) for s in (1.0, scale))
    assert part / whole == pytest.approx(scale, rel=1e-12)


def test_days_of_a_week_differ_as_the_city_says():
    base = BaseRate(CITY, Parameters(), seed=1)
    monday = datetime.date(2021, 6, 14)
    means = np.array([base.daily_mean(monday + datetime.timedelta(d)) for d in range(7)])
    assert np.allclose(means / means.mean(), np.array(CITY.weekday) / np.mean(CITY.weekday), rtol=0.01)


def test_cells_of_a_day_add_to_its_mean_and_of_a_month_to_its_days():
    base, day = BaseRate(SMALL, Parameters(), seed=1), datetime.date(2019, 2, 1)
    assert base.cells(day).sum() == pytest.approx(base.daily_mean(day), rel=1e-12)
    days = sum(base.cells(day + datetime.timedelta(d)) for d in range(28))
    assert np.allclose(base.month_cells(day, 28), days, rtol=1e-12)


def test_without_spread_streets_differ_by_population_only():
    base = BaseRate(SMALL, Parameters(exposure_log_sd=0.0), seed=1)
    people = SMALL.streets["population"].to_numpy(dtype=float)
    assert np.allclose(base.exposed, (people / people.sum())[:, None], rtol=1e-6)


def test_the_spread_over_streets_is_that_of_the_parameter():
    base = BaseRate(CITY, Parameters(exposure_log_sd=0.3), seed=1)
    per_head = base.exposed / base.population[:, None]
    assert np.log(per_head).std(axis=0).mean() == pytest.approx(0.3, rel=0.05)


def test_seeds_differ_and_the_same_seed_does_not():
    a, b, c = (BaseRate(SMALL, Parameters(), seed=seed).exposed for seed in (1, 1, 2))
    assert (a == b).all()
    assert (a != c).all()
