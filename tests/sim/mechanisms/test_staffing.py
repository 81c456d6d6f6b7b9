"""Staffing: officers leave for low morale, newcomers come with less skill; and methods of praised streets spread."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.learn import learn, plan_work
from sim.mechanisms.lists import draw_consequences
from sim.mechanisms.staffing import staffing
from sim.rules import Tournament

OFF = {"leaving_base": 0.0, "leaving_by_morale": 0.0}
NO_MORALE = {"morale_recovery": 0.0, "morale_overwork": 0.0, "morale_pressure": 0.0, "morale_files": 0.0}


def outputs(months=4, strength=1.0, **parameters):
    """Return the tables of a run, and the posts filled at its end."""
    rules = Rules(tournament=Tournament(strength=strength))
    model = TournamentModel("small", rules, Parameters(**parameters), seed=2, scale=0.1, log_tickets=True)
    record = model.run(months)
    out = record.monthly(), record.tickets(), model.state.units.filled.copy()
    model.close()
    return out


def test_leaving_hiring_and_skill_by_hand(build):
    state = build(
        leaving_base=0.01,
        leaving_by_morale=0.1,
        leaving_threshold=0.7,
        hiring=0.5,
        newcomer_skill=0.5,
        skill_spread=0.0,
    )
    units = state.units
    units.morale[:], units.morale[1] = 0.9, 0.3
    units.filled[:], units.skill[:] = 0.8, 0.6
    staffing(state)
    for row, left in ((0, 0.01), (1, 0.01 + 0.1 * 0.4)):
        stay = 0.8 * (1.0 - left)
        come = 0.5 * (1.0 - stay)
        assert units.leaving[row] == pytest.approx(left)
        assert units.filled[row] == pytest.approx(stay + come)  # posts = stayed + hired + vacant
        mean = (stay * 0.6 + come * 0.5 * state.parameters.skill_start) / (stay + come)
        assert units.skill[row] == pytest.approx([mean] * 14, abs=1e-8)
    plan_work(state)
    assert units.staff == pytest.approx(units.staff_2019 * units.filled)


def test_vacancies_and_skill_settle_where_theory_says(build):
    """v = l (1 − h) ÷ (l + h − l h), and without learning skill goes to the newcomers'."""
    state = build(leaving_base=0.02, leaving_by_morale=0.0, hiring=0.3, skill_spread=0.0)
    state.units.skill[:] = 0.9
    for _ in range(1500):
        staffing(state)
    left, hired = 0.02, 0.3
    assert 1.0 - state.units.filled == pytest.approx(left * (1 - hired) / (left + hired - left * hired), abs=1e-9)
    assert state.units.skill == pytest.approx(state.parameters.skill_start, abs=1e-6)


def test_nobody_leaves_without_a_rate_and_nothing_else_matters_then():
    plain = outputs(**OFF)
    other = outputs(**OFF, hiring=0.9, newcomer_skill=0.1, leaving_threshold=1.0)
    for a, b in zip(plain[:2], other[:2], strict=True):
        assert a.equals(b)
    assert (plain[2] == 1.0).all()
    assert (plain[0]["leaving"] == 0.0).all()
    assert (plain[0]["vacancies"] == 0.0).all()
    assert not plain[0].equals(outputs(leaving_base=0.05, hiring=0.0)[0])


def test_the_tournament_drives_nobody_away_but_through_morale():
    frozen = [outputs(6, strength, leaving_threshold=1.0, **NO_MORALE)[2] for strength in (0.0, 4.0)]
    assert (frozen[0] == frozen[1]).all()
    assert (frozen[0] < 1.0).all()
    moved = [outputs(6, strength, leaving_threshold=1.0)[2] for strength in (0.0, 4.0)]
    assert moved[1].mean() < moved[0].mean()


def test_leaving_and_vacancies_are_means_over_streets():
    model = TournamentModel("small", seed=2, scale=0.02, parameters=Parameters(leaving_threshold=1.0))
    table = model.run(1).monthly()
    assert table[["leaving", "vacancies"]].iloc[0].tolist() == [0.0, 0.0]
    units, n = model.state.units, model.state.units.n_streets
    expected = units.leaving[:n].mean(), 1.0 - units.filled[:n].mean()
    table = model.run(1).monthly()
    model.close()
    assert table[["leaving", "vacancies"]].iloc[1].tolist() == pytest.approx(expected)


def test_methods_of_praised_streets_reach_all_who_are_behind_and_nobody_else(build):
    state = build(learning=0.0, diffusion=0.0, praise_diffusion=0.2)
    skill, lists, n = state.units.skill, state.standing.lists, state.units.n_streets
    skill[:] = 0.5
    skill[3], skill[5], skill[7] = 0.9, 0.7, 0.95
    lists["advanced"][3] = lists["improving"][5] = lists["rectification"][7] = state.standing.assessed = True
    draw_consequences(state)
    learn(state)
    expected = np.full(state.units.n, 0.5)
    expected[:n] += 0.2 * 0.3  # towards 0.8, the mean of the praised
    expected[3], expected[5], expected[7] = 0.9, 0.7 + 0.2 * 0.1, 0.95
    assert state.units.skill[:, 4] == pytest.approx(expected, abs=1e-8)


def test_no_praise_no_diffusion(build):
    state = build(learning=0.0, diffusion=0.0, praise_diffusion=0.0, skill_spread=0.5)
    before = state.units.skill.copy()
    state.pressure.praised[:4] = 1
    learn(state)
    assert (state.units.skill == before).all()
    state.pressure.praised[:] = 0
    state.parameters = Parameters(learning=0.0, diffusion=0.0, praise_diffusion=0.5)
    learn(state)
    assert (state.units.skill == before).all()
