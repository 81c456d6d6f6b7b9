"""Services: levels wear with problems and grow with budgets; off, and beside the index, they change nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from by_hand import same_run

from sim import City, Parameters, TournamentModel
from sim.mechanisms.arise import arise
from sim.mechanisms.services import serve

ALIKE = {"service_log_sd": 0.0, "service_budget_log_sd": 0.0}


def run(months=2, city="small", scale=0.01, **parameters):
    """Return the record of some months."""
    model = TournamentModel(city, parameters=Parameters(**parameters), seed=7, scale=scale)
    record = model.run(months)
    model.close()
    return record


def as_the_base_rate_has_it(state):
    """Let the month have brought each street and dimension just what the base rate brings its residents."""
    services = state.services
    by_category = state.base.month_by_category(state.month_first, state.days)
    base = np.bincount(services.of_category, weights=by_category, minlength=len(services.level))
    services.problems = base * services.share[:, None]


def test_the_dimensions_are_those_on_which_a_category_hangs(build):
    services, city = build().services, City.load("small")
    hangs = city.categories["dimension"]
    assert set(services.dimensions) == set(hangs)
    assert [services.dimensions[row] for row in services.of_category] == hangs.tolist()
    assert not {"childcare", "elderly_care", "support"} & set(services.dimensions)


def test_a_month_by_hand(build):
    state = build(service_start=0.5, service_wear=0.1, service_budget=0.2, **ALIKE)
    assert (state.services.level == 0.5).all()
    as_the_base_rate_has_it(state)
    state.services.budget[1] = 1.5
    for dimension, times in ((2, 0.0), (3, 2.0), (4, 40.0)):
        state.services.problems[0, dimension] *= times
    serve(state)
    level = state.services.level
    assert level[0, 0] == pytest.approx(0.5 - 0.1 * 0.5 + 0.2 * 0.5)
    assert level[0, 1] == pytest.approx(0.5 - 0.1 * 0.5 + 0.3 * 0.5)
    assert level[2, 0] == pytest.approx(0.5 + 0.1)
    assert level[3, 0] == pytest.approx(0.5 - 0.1 + 0.1)
    assert level[4, 0] == pytest.approx(0.1)  # worn down: all that is left is what budgets put in
    assert (state.services.problems == 0).all()
    assert state.services.of_streets() == pytest.approx(level.mean(axis=0))


def test_at_the_base_rate_the_level_goes_to_budget_over_budget_and_wear(build):
    state = build(service_start=0.2, service_wear=0.03, service_budget=0.05, **ALIKE)
    for month in range(1, 200):
        as_the_base_rate_has_it(state)
        serve(state)
        if month in (1, 10, 199):
            expected = 0.625 + (0.2 - 0.625) * (1.0 - 0.08) ** month
            assert state.services.level == pytest.approx(expected, abs=1e-12)


def test_a_later_start_begins_where_an_earlier_one_would_have_been(build):
    p = Parameters()
    rest = p.service_budget / (p.service_wear + p.service_budget)
    for start, months in (("2019-01-01", 0), ("2018-03-01", 0), ("2021-02-01", 25)):
        model = TournamentModel("small", seed=1, scale=0.01, start=start)
        first = rest + (p.service_start - rest) * (1.0 - p.service_wear - p.service_budget) ** months
        assert model.state.services.start == pytest.approx(first)
        model.close()


def test_every_problem_that_arises_is_counted_where_it_does_filed_or_not(build):
    state = build(scale=0.2)
    arise(state)
    slots, services = state.today.entering, state.services
    homes, dimensions = state.tickets.home[slots], services.of_category[state.tickets.category[slots]]
    assert len(slots) > 0
    expected = np.zeros_like(services.problems)
    np.add.at(expected, (homes, dimensions), 1)
    assert (services.problems == expected).all()


def test_budgets_of_districts_differ_and_divide_the_same_whole(build):
    services, city = build(service_budget_log_sd=0.5).services, City.load("small")
    assert (services.budget * services.share).sum() == pytest.approx(1.0)
    district = city.streets["district_index"].to_numpy()
    assert len(set(zip(district, services.budget, strict=True))) == len(np.unique(district)) > 1
    assert len(np.unique(services.budget)) == len(np.unique(district))


@pytest.mark.parametrize(("wear", "budget"), [(0.5, 0.0), (0.0, 0.5), (0.5, 0.5)])
def test_levels_stay_within_the_standard(build, wear, budget):
    state = build(service_wear=wear, service_budget=budget, service_budget_log_sd=1.0, service_log_sd=1.0)
    luck = np.random.default_rng(1)
    for _ in range(50):
        state.services.problems[:] = luck.integers(0, 3000, state.services.problems.shape) * luck.integers(0, 2)
        serve(state)
        assert state.services.level.min() >= 0.0
        assert state.services.level.max() <= 1.0


def test_while_deficits_breed_nothing_services_change_nothing_but_the_index():
    plain = run(1)
    all_else = {"service_start": 0.8, "service_log_sd": 0.5, "service_wear": 0.3, "service_budget": 0.2}
    other = run(1, **all_else, service_budget_log_sd=0.9)
    assert other.tickets().equals(plain.tickets())
    one, two = (record.monthly() for record in (plain, other))
    assert two.drop(columns="service_index").equals(one.drop(columns="service_index"))
    assert (one["service_index"] != two["service_index"]).all()


def test_where_levels_are_alike_and_still_deficits_breed_nothing_bit_for_bit():
    still = {**ALIKE, "service_wear": 0.0, "service_budget": 0.0}
    assert same_run(run(**still), run(**still, service_deficit_power=1.0))


def test_deficits_breed_requests_by_hand(build):
    state = build(service_start=0.4, service_deficit_power=0.5, **ALIKE)
    assert state.ratio == pytest.approx(np.ones((12, 14)))
    row = state.services.of_category[3]
    state.services.level[row, 5], state.services.level[row, 6] = 0.15, 1.0
    state.begin_month(state.rules, 31)
    assert state.ratio[5, 3] == pytest.approx((0.85 / 0.6) ** 0.5, rel=1e-5)
    assert state.ratio[6, 3] == pytest.approx((0.05 / 0.6) ** 0.5, rel=1e-5)
    assert state.ratio[7] == pytest.approx(np.ones(14))
    assert state.layers == 2


def test_more_problems_wear_services_and_fewer_spare_them():
    usual, surge = (run(**p).monthly()["service_index"] for p in ({}, {"surge": 4.0, "surge_from": 2}))
    assert (usual > surge).tolist() == [False, True]
    spared = run(1, demand=0.5).monthly()["service_index"]
    assert spared[0] > usual[0]


def test_the_hotlines_growing_use_wears_nothing():
    """Five times the published volume at the same r leaves the index where it was, but for luck."""
    city = City.load("small")
    more = replace(city, volumes={year: 5.0 * volume for year, volume in city.volumes.items()})
    one, five = (run(1, city=c, scale=0.1, service_wear=0.2).monthly()["service_index"].iloc[-1] for c in (city, more))
    assert five == pytest.approx(one, rel=0.01)


def test_the_index_by_hand_of_streets_and_of_the_city():
    record = run(1, service_level_2020=0.3)
    level = np.array(record.columns["service_level"])
    streets = record.streets()["service_index"].to_numpy().reshape(1, 12)
    assert streets == pytest.approx(level / 0.3 * 100.0)
    people = record.city.streets["population"].to_numpy()
    assert record.monthly()["service_index"].tolist() == pytest.approx((streets * people).sum(axis=1) / people.sum())


def test_a_city_whose_categories_hang_on_one_dimension_has_its_index():
    city = City.load("small")
    one = replace(city, categories=city.categories.assign(dimension="safety"))
    table = run(1, city=one, service_deficit_power=0.5).monthly()
    assert np.isfinite(table["service_index"]).all()
    assert np.isfinite(table["real_resolution"]).all()
