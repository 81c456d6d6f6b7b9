"""Prevent: hours go where the street's own tickets come from, and lower defects, which grow back; by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms.prevent import prevent, update_belief


@pytest.fixture
def focused(build):
    """Return a function that makes an untouched model with hours of prevention."""

    def make(focus):
        state = build(prevention_focus=focus, prevention_yield=0.5)
        state.units.prevention[:], state.units.handling[:] = 0.3, 0.7
        return state

    return make


def test_hours_by_kind_by_hand(focused):
    state = focused(0.75)
    state.tally.worked[0, 2], state.tally.worked[0, 5] = 30, 10
    prevent(state)
    p, base = state.parameters, state.base_requests()[0]
    hours = state.normal_hours()[0] * state.units.effort[0] * (0.5 + 0.5 * state.units.morale[0]) * 0.3
    for kind, own in ((2, 0.75), (5, 0.25), (1, 0.0)):
        mine = hours * (0.25 * base[kind] / base.sum() + 0.75 * own)
        z = p.defect_return * p.prevention_yield * mine / base[kind]
        assert state.defects[0, kind] == pytest.approx(1.0 - z / (1.0 + z))


@pytest.mark.parametrize("changed", [{}, {"demand": 3.0}, {"surge": 3.0}])
def test_an_hour_spares_as_many_requests_whatever_the_demand_is(build, changed):
    """At first requests fall by ω · yield an hour; a surge on top, which is no stock of defects, would spare more."""
    state = build(prevention_yield=0.01, **changed)
    state.units.prevention[:] = 0.3
    prevent(state)
    p, n = state.parameters, state.units.n_streets
    hours = (state.normal_hours() * state.units.effort * state.units.hours_factor() * 0.3)[:n]
    fewer = (p.demand * state.base_requests() * (1.0 - state.defects)).sum(axis=1)
    assert fewer == pytest.approx(p.defect_return * p.prevention_yield * hours, rel=0.01)


def test_the_hours_are_the_same_whatever_they_are_spent_on(focused):
    """Σ base · z over kinds is ω · yield · hours, with or without focus."""
    totals = []
    for focus in (0.0, 0.4, 1.0):
        state = focused(focus)
        state.tally.worked[: state.units.n_streets] = np.random.default_rng(1).integers(0, 50, (12, 14))
        prevent(state)
        lost = 1.0 - state.defects
        totals.append((state.base_requests() * lost / (1.0 - lost)).sum(axis=1))
    assert totals[1] == pytest.approx(totals[0])
    assert totals[2] == pytest.approx(totals[0])


def test_tickets_that_come_as_the_base_rate_does_give_the_even_rule(focused):
    even, aimed = focused(0.0), focused(1.0)
    aimed.tally.worked[:12] = np.round(aimed.base_requests() * 1e9).astype(np.int64)
    prevent(even)
    prevent(aimed)
    assert aimed.defects == pytest.approx(even.defects, abs=1e-6)
    assert (even.defects == even.defects[:, :1]).all()  # all kinds alike


def test_without_focus_or_without_tickets_all_kinds_are_lowered_alike(focused):
    even, none = focused(0.0), focused(1.0)
    even.tally.worked[:12, 3] = 40
    for state in (even, none):
        prevent(state)
    assert (even.defects == none.defects).all()
    assert (even.defects[:, 0] < 1.0).all()


def test_what_is_believed_of_an_hour_is_what_the_hours_brought(focused):
    state = focused(1.0)
    state.tally.worked[:12, 3] = 40
    prevent(state)
    assert state.year_prevented == 0  # defects were at the base rate during the month
    fewer = state.base_requests() * (1.0 - state.defects)
    prevent(state)
    assert state.year_prevented / 1024.0 == pytest.approx(fewer.sum() / state.base.scale, abs=12 * 14 / 1024)
    assert fewer[:, 3].sum() == pytest.approx(fewer.sum())


def test_prevention_lowers_defects_and_they_grow_back(build):
    state = build(defect_return=0.05, prevention_yield=0.2)
    units = state.units
    units.prevention[:] = 0.0
    units.prevention[0] = 0.5
    hours = state.normal_hours()[0] * units.effort[0] * (0.5 + 0.5 * units.morale[0]) * 0.5
    z = 0.05 * 0.2 * hours / state.base_requests()[0].sum()
    prevent(state)
    assert state.defects[0] == pytest.approx(1.0 - z / (1.0 + z))
    assert (state.defects[1:] == 1.0).all()
    units.prevention[:], before = 0.0, state.defects[0].copy()
    prevent(state)
    assert state.defects[0] == pytest.approx(before + 0.05 * (1.0 - before))


def test_belief_moves_half_way_to_what_the_city_measured(build):
    state = build(prevention_yield=0.2)
    state.year_prevention_minutes, state.year_prevented = 60 * 1000, 1024 * 100
    update_belief(state)
    assert state.prevented_per_hour == pytest.approx(0.5 * 0.2 + 0.5 * 0.1)
    assert state.year_prevented == 0
