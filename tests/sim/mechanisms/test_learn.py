"""Learn: skill by doing, from neighbours, and what it does to work, by hand."""

from __future__ import annotations

import pytest

from sim.mechanisms.learn import learn, plan_work


def test_skill_by_hand(build):
    state = build(learning=0.1, learning_tickets=5.0, diffusion=0.0, skill_start=0.4)
    state.units.skill[:], state.units.effort[:] = 0.4, 0.8
    state.tally.worked[0, 1] = 15
    learn(state)
    assert state.units.skill[0, 1] == pytest.approx(0.4 + 0.1 * 0.8 * 0.75 * 0.6, abs=1e-8)
    assert state.units.skill[0, 2] == pytest.approx(0.4, abs=1e-8)


@pytest.mark.parametrize(("teaches", "part"), [(1.0, 1.0), (0.25, 0.7), (0.0, 0.6)])
def test_idle_hours_teach_less_than_work_if_so_assumed(build, teaches, part):
    state = build(learning=0.1, learning_tickets=5.0, diffusion=0.0, skill_start=0.4, idle_teaches=teaches)
    state.units.skill[:], state.units.effort[:] = 0.4, 0.8
    state.tally.worked[0, 1] = 15
    state.tally.unit["available_minutes"][0], state.tally.unit["idle_minutes"][0] = 1000, 400
    learn(state)
    assert state.units.skill[0, 1] == pytest.approx(0.4 + 0.1 * 0.8 * part * 0.75 * 0.6, abs=1e-8)


def test_methods_spread_from_better_neighbours_only(build):
    state = build(learning=0.0, diffusion=0.1)
    skill = state.units.skill
    skill[:] = 0.5
    neighbours = state.city.neighbour_list[state.city.neighbour_start[0] : state.city.neighbour_start[1]]
    skill[neighbours, 1], skill[neighbours, 2] = 0.9, 0.1
    learn(state)
    assert state.units.skill[0, 1] == pytest.approx(0.5 + 0.1 * 0.4, abs=1e-8)
    assert state.units.skill[0, 2] == pytest.approx(0.5, abs=1e-8)


def test_skill_shortens_the_work_and_staff_grows_by_the_year(build):
    state = build(minutes_by_skill=1.0, skill_start=0.4, staff_growth=0.5)
    state.units.skill[:] = 0.8
    state.date = state.date.replace(year=2020, month=7)
    plan_work(state)
    assert (state.work_factor == 512).all()
    assert state.units.staff == pytest.approx(state.units.staff_2019 * (1 + 0.5 * 1.5))


def test_skill_ends_at_one_and_without_work_it_stays(build):
    state = build(learning=0.2, learning_tickets=5.0, diffusion=0.0, praise_diffusion=0.0, skill_start=0.4)
    state.units.effort[:] = 1.0
    state.tally.worked[:, 1] = 10_000
    before = state.units.skill.copy()
    for _ in range(120):
        learn(state)
    assert state.units.skill[:, 1] == pytest.approx(1.0, abs=1e-6)
    assert (state.units.skill <= 1.0).all()
    assert (state.units.skill[:, 2] == before[:, 2]).all()


def test_nobody_begins_with_more_than_all_skill(build):
    units = build(skill_start=0.9, skill_spread=0.5).units
    assert units.skill.max() == 1.0
    assert units.skill.min() < 0.9
