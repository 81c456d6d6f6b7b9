"""Patrols: what they find and solve, what it costs, whom it spares, and nothing at coverage 0."""

from __future__ import annotations

import math

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.arise import arise, bring
from sim.mechanisms.patrol import patrol
from sim.rules import Patrol

FOUND = Rules(patrol=Patrol(coverage=1.0))
PARKING = 2  # a category of visibility 0.6


def seen(state, visible):
    """Set the visibility of all categories."""
    state.kinds.visible = np.full(state.kinds.n, visible)


def fresh(state, n, **columns):
    """Put in n fresh problems of a visible category at street 0."""
    state.work_factor[:], state.units.skill[:] = 1024, 0.5
    state.today.entering = put_in(state, n, category=PARKING, **columns)
    return state.today.entering


@pytest.mark.parametrize(
    ("columns", "ceiling"), [({}, 1.0), ({"level": 1}, 0.4), ({"level": 2}, 0.25), ({"strategic": True}, 0.0)]
)
def test_they_find_what_is_visible_and_solve_as_standard_care_does(build, columns, ceiling):
    state = build(Rules(patrol=Patrol(coverage=0.5)), ceiling_district=0.4, ceiling_city=0.25)
    fresh(state, 20_000, **columns)
    patrol(state)
    found, solved = (int(state.tally.unit[name][0]) for name in ("patrolled", "patrol_solved"))
    assert state.kinds.visible[PARKING] == 0.6
    assert share(found, 20_000, 0.5 * 0.6)
    assert share(solved, found, ceiling * (1.0 - math.exp(-0.5)))
    assert len(state.today.entering) == state.tickets.in_use == 20_000 - solved


def test_finding_and_working_cost_the_street_minutes(build):
    state = build(FOUND, patrol_minutes=15)
    seen(state, 1.0)
    fresh(state, 4, minutes=[10, 20, 30, 40])
    state.work_factor[:] = 512
    patrol(state)
    assert state.units.owed[0] == 4 * 15 + 5 + 10 + 15 + 20
    assert state.tally.unit["patrol_minutes"][0] == 110
    assert state.units.owed[1:].sum() == 0


def test_others_problems_and_invisible_ones_are_not_found(build):
    state = build(FOUND)
    fresh(state, 500, right=3)
    patrol(state)
    seen(state, 0.0)
    fresh(state, 501)
    patrol(state)
    assert state.tally.unit["patrolled"].sum() == 0
    assert len(state.today.entering) == 501


def test_a_street_that_owes_more_than_its_day_has_does_not_patrol(build):
    state = build(FOUND)
    seen(state, 1.0)
    units = state.units
    units.handling_a_day[:] = 330.0
    for owed, found in ((330, 5), (331, 0)):
        units.owed[0] = owed
        before = int(state.tally.unit["patrolled"][0])
        fresh(state, 5)
        patrol(state)
        assert state.tally.unit["patrolled"][0] - before == found


def test_what_is_solved_is_never_filed_and_nobody_remembers_it(build):
    state = build(FOUND, ceiling_district=0.95, ceiling_city=0.95)
    seen(state, 1.0)
    state.units.skill[:] = 1.0
    arise(state)
    before = set(state.tickets.key[state.today.entering].tolist())
    patrol(state)
    bring(state)
    tally, entering = state.tally.unit, state.today.entering
    assert set(state.tickets.key[entering].tolist()) < before
    assert len(before) == tally["problems"].sum() + tally["patrol_solved"].sum() + tally["refused"].sum()
    assert set(state.residents.order.tolist()) == set(state.tickets.person[entering].tolist())
    assert state.tickets.in_use == len(entering)


def test_what_is_found_at_a_lower_coverage_is_found_at_every_higher_one():
    left = []
    for coverage in (0.0, 0.1, 0.5, 1.0):
        model = TournamentModel("small", Rules(patrol=Patrol(coverage=coverage)), seed=2)
        model.state.ratio = np.full_like(model.state.defects, 3.0)
        arise(model.state)
        patrol(model.state)
        left.append(set(model.state.tickets.key[model.state.today.entering].tolist()))
        model.close()
    assert left[0] > left[1] > left[2] > left[3]


def run(coverage, **parameters):
    """Return the record of three months."""
    model = TournamentModel(
        "small", Rules(patrol=Patrol(coverage=coverage)), Parameters(**parameters), seed=2, scale=0.2, log_tickets=True
    )
    record = model.run(3)
    model.close()
    return record


def test_without_coverage_it_does_nothing():
    off, also = run(0.0), run(0.0, patrol_minutes=480)
    assert same_run(off, also)
    assert (off.monthly()[["patrolled", "patrol_solved", "patrol_hours"]] == 0).all(axis=None)


def test_outcomes_count_what_patrols_do_and_spare_the_hotline():
    off, on = run(0.0).monthly(), run(0.5)
    table, sums = on.monthly(), on.sums()
    assert (table["patrolled"] > table["patrol_solved"]).all()
    assert (table["patrol_hours"] * 60).tolist() == pytest.approx(sums.count("patrol_minutes").tolist())
    hours = on.hours().pivot_table(index="month", columns="use", values="hours")
    assert hours["patrol"].tolist() == pytest.approx(table["patrol_hours"].tolist())
    spared = (off["problems"] - table["problems"]).to_numpy()
    # gone are the problems solved, but for those whose residents would not have filed
    assert (np.abs(spared - table["patrol_solved"]) <= 0.02 * table["patrol_solved"] + 3).all()
