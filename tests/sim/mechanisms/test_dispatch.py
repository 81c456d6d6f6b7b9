"""Dispatch: by hand, at the rate of the catalogue, and what the catalogue learns."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, share

from sim import Rules
from sim.mechanisms.dispatch import dispatch, learn_catalogue, look_up, sign_for
from sim.rules import Dispatch


def test_dispatch_reaches_the_right_unit_as_often_as_the_catalogue_is_right(build):
    state = build(wrong_to_department=0.25)
    state.accuracy[:] = 0.7
    state.today.entering = slots = put_in(state, 20_000, unit=-1, contact=3)
    look_up(state)
    dispatch(state)
    sign_for(state)
    units = state.tickets.unit[slots]
    departments = units >= state.units.n_streets
    assert share(np.count_nonzero(units == 0), 20_000, 0.7)
    assert share(np.count_nonzero(departments), 20_000, 0.3 * 0.25)
    neighbours = state.city.neighbour_list[state.city.neighbour_start[0] : state.city.neighbour_start[1]]
    assert set(units[(units != 0) & ~departments].tolist()) == set(neighbours.tolist())
    assert (state.tickets.due[slots] == state.day + state.kinds.deadline[1]).all()
    assert (state.tickets.contact[slots] == -1).all()
    assert state.tally.unit["wrong"][0] == np.count_nonzero(units != 0)


def test_a_departments_ticket_that_is_sent_wrongly_goes_to_the_residents_street(build):
    state = build()
    state.accuracy[:] = 0.0
    state.today.entering = slots = put_in(state, 100, right=state.units.n_streets + 1, home=7)
    look_up(state)
    dispatch(state)
    assert (state.tickets.unit[slots] == 7).all()


def test_a_perfect_catalogue_errs_never(build):
    state = build()
    state.accuracy[:] = 1.0
    state.today.entering = slots = put_in(state, 5000)
    look_up(state)
    dispatch(state)
    assert (state.tickets.unit[slots] == 0).all()


def test_the_catalogue_learns_from_returned_tickets_and_is_overtaken(build):
    state = build(Rules(dispatch=Dispatch(learning=0.02)), accuracy_decay=0.01)
    state.accuracy[:] = 0.8
    whole = state.city.base_population / state.population
    for n, label in enumerate(("disputes_won", "joint_reviews", "redirected")):
        state.tally.category[label][3] = 2 + n
        state.tally.category[label][4] = 1
    learn_catalogue(state)
    for category, labels in ((3, 9), (4, 3)):
        closed = min(1.0, 0.02 * labels * whole / 1000.0)
        assert state.accuracy[category] == pytest.approx(0.8 + closed * 0.2 - 0.01)
    assert state.accuracy[2] == pytest.approx(0.79)


def test_every_ticket_arrives_once_at_one_unit(build):
    state = build(wrong_to_department=0.5)
    state.accuracy[:] = 0.3
    state.today.entering = slots = put_in(state, 5000, unit=-1, right=np.arange(5000) % state.units.n)
    look_up(state)
    dispatch(state)
    sign_for(state)
    assert sorted(state.today.arriving.tolist()) == sorted(slots.tolist())
    units = state.tickets.unit[slots]
    assert ((units >= 0) & (units < state.units.n)).all()
    assert state.tally.unit["received"].tolist() == np.bincount(units, minlength=state.units.n).tolist()
