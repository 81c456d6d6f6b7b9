"""How offices decide: idle hours reckoned with, and the most effort; by hand, in a limit, and where it is nothing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.agents.street import Street, gains_of_an_hour, what_pays
from sim.mechanisms.decide import carry_out, view
from sim.mechanisms.keep_books import keep_books
from sim.rules import Tournament


def test_an_office_that_sees_idle_hours_takes_their_share_off_what_handling_gains(build):
    state = build()
    seen = replace(view(state), idle=0.25, worth=2.0, ticket_hours=2.0, prevented=0.5)
    blind, half, whole = (gains_of_an_hour(seen, replace(state.parameters, idle_seen=s)) for s in (0.0, 0.5, 1.0))
    assert half[0] == pytest.approx(blind[0] * 0.875)
    assert whole[0] == pytest.approx(blind[0] * 0.75)
    assert whole[2] == pytest.approx(blind[2] * 0.75)  # an hour of handling spared is worth as much less
    assert (whole[1] == blind[1]).all()


def test_where_all_hours_are_idle_handling_is_given_up_and_effort_falls(build):
    state = build(idle_seen=1.0)
    decided = what_pays(replace(view(state), idle=1.0, worth=2.0), state.parameters)
    assert (decided.effort < state.units.effort).all()


def test_without_idle_hours_the_parameter_does_nothing_bit_for_bit(build):
    state = build()
    seen = replace(view(state), idle=0.0, worth=2.0)
    one, other = (what_pays(seen, replace(state.parameters, idle_seen=s)) for s in (0.0, 1.0))
    assert all((getattr(one, name) == getattr(other, name)).all() for name in ("effort", "handling", "prevention"))


def test_the_idle_share_is_a_mean_over_months_of_minutes_without_work(build):
    state = build()
    at_hand, idle = state.tally.unit["available_minutes"], state.tally.unit["idle_minutes"]
    at_hand[:], idle[:] = 1000, 250
    keep_books(state)
    assert state.books.idle == pytest.approx(0.25)
    idle[:] = 1000
    keep_books(state)
    assert state.books.idle == pytest.approx(0.5)
    at_hand[:], idle[:] = 0, 0
    keep_books(state)
    assert state.books.idle == pytest.approx(0.5)  # a month without hours says nothing


def test_effort_stays_below_its_most_which_only_binds_when_reached():
    def effort(most):
        rules, parameters = Rules(tournament=Tournament(strength=10.0)), Parameters(effort_most=most, step=0.5)
        model = TournamentModel("small", rules, parameters, seed=2, scale=0.02)
        model.run(14)
        found = model.state.units.effort[:12].copy()
        model.close()
        return found

    low, high = effort(1.0), effort(3.0)
    assert low.max() == 1.0
    assert high.max() > 1.1
    assert np.isfinite(high).all()


def test_effort_rises_by_the_step_times_the_marginal_gain(build):
    state = build(step=0.001, effort_cost=1.5)
    seen = view(state)
    seen = replace(
        seen,
        **{name: np.full(state.units.n, value) for name, value in {"worth": 5.0, "resolution": 0.6}.items()},
        **{"hours": np.full(state.units.n, 100.0), "reached": np.full(state.units.n, 1000.0)},
        **{"normal_hours": np.full(state.units.n, 150.0), "response": np.full(state.units.n, 0.8)},
        **{"score": np.full(state.units.n, 0.7), "fail_points": np.full(state.units.n, 0.2)},
    )
    decision = state.centre.model.streets[0].decide(seen)
    gain = (0.8 * 5.0 * 0.4 * -math.log(0.4) + 1.5 * 0.36) / 100.0 * 150.0
    pushed = 0.001 * (gain - 1.5 * 0.6 / 0.9) / 1.5
    assert decision.effort[0] == pytest.approx(0.6 + pushed, abs=1e-7)
    carry_out(state, np.arange(state.units.n), decision)
    total = state.units.handling + state.units.documentation + state.units.prevention
    assert np.allclose(total, 1.0, atol=1e-12)


def test_a_frozen_step_moves_nothing(build):
    state = build(step=0.0)
    decision = state.centre.model.streets[0].decide(view(state))
    assert (decision.effort == state.units.effort).all()
    assert (decision.handling == state.units.handling).all()


def test_a_decision_moves_nothing_of_the_month_that_is_over():
    class Driven(Street):
        def decide(self, view):
            return replace(super().decide(view), effort=1.2, handling=0.4, documentation=0.1, prevention=0.5)

    models = [TournamentModel("small", seed=2, scale=0.05, agents=agents) for agents in ({}, {"street": Driven})]
    moved = ("morale", "skill")
    for months, alike in ((1, True), (1, False)):
        for model in models:
            model.run(months)
        usual, driven = (model.state for model in models)
        for name in moved:
            assert np.array_equal(getattr(usual.units, name), getattr(driven.units, name)) == alike
        assert np.array_equal(usual.defects, driven.defects) == alike
    assert (driven.units.prevention[:12] == 0.5).all()
    for model in models:
        model.close()
