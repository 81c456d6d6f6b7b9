"""Lists: praise, talks that cost hours, and projects that second staff and bring hard problems down."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Rules, TournamentModel
from sim.mechanisms.lists import draw_consequences, hold_talks, run_projects
from sim.rules import Lists, Tournament

NOTHING = Lists(praise_months=0, talk_minutes=0, project_staff=0.0, project_relief=0.0)


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model that has just been assessed, under rules of lists."""

    def make(**lists):
        state = build(Rules(lists=Lists(**lists)))
        state.standing.assessed = True
        return state

    return make


def test_praise_is_for_the_advanced_and_the_improving_and_fades(build):
    state = build(praise_months=2)
    state.standing.lists["advanced"][0] = state.standing.lists["improving"][3] = True
    draw_consequences(state)
    assert np.flatnonzero(state.pressure.praised).tolist() == [0, 3]
    state.standing.lists["advanced"][0] = False
    draw_consequences(state)
    assert state.pressure.praised[[0, 3]].tolist() == [1, 2]
    draw_consequences(state)
    assert state.pressure.praised[[0, 3]].tolist() == [0, 2]


def test_a_talk_costs_minutes_per_officer(build):
    state = build(talk_minutes=30)
    state.standing.lists["rectification"][5] = True
    hold_talks(state)
    assert state.units.owed[5] == int(state.units.staff[5] * 30)
    assert state.tally.unit["talk_minutes"].sum() == state.units.owed.sum() == state.units.owed[5]


def test_a_project_is_for_the_category_worked_most_and_lasts_its_months(build):
    state = build(project_months=3, project_staff=0.1, project_relief=0.4)
    state.standing.lists["governance"][4] = True
    state.tally.worked[4, [2, 6]] = 10, 11
    before = state.units.staff.copy()
    months = []
    for month in range(5):
        if month == 1:  # the list goes on, and so does the project: it is not begun anew
            state.tally.worked[4, 2] = 50
        if month == 3:
            state.standing.lists["governance"][4] = False
        draw_consequences(state)
        state.units.staff[:], state.units.added[:] = before, 0.0
        run_projects(state)
        months.append((int(state.pressure.project_left[4]), int(state.pressure.project_category[4])))
    assert months == [(3, 6), (2, 6), (1, 6), (0, 6), (0, 6)]
    state.standing.lists["governance"][4] = True
    draw_consequences(state)
    run_projects(state)
    assert (state.pressure.project_left[4], state.pressure.project_category[4]) == (3, 2)
    assert state.units.staff[4] == pytest.approx(1.1 * before[4])
    assert state.units.added[4] == pytest.approx(0.1 * before[4])  # they have no other duties in the street
    assert (np.delete(state.units.staff, 4) == np.delete(before, 4)).all()
    assert state.relief.factor[4, 2] == pytest.approx(0.6)
    assert state.relief.factor.sum() == pytest.approx(state.relief.factor.size - 0.4)
    minutes = 0.1 * before[4] * state.parameters.working_minutes * state.days
    assert state.tally.unit["project_minutes"][4] == pytest.approx(4 * minutes, abs=4)


def run(lists, months=4):
    rules = Rules(lists=lists, tournament=Tournament(governance_share=0.3))
    model = TournamentModel("small", rules, seed=3, scale=0.05, log_tickets=True)
    record = model.run(months)
    model.close()
    return record


def same(a, b):
    return a.monthly().equals(b.monthly()) and a.tickets().equals(b.tickets())


def test_lists_that_bring_nothing_do_nothing_bit_for_bit():
    plain = run(NOTHING)
    assert same(plain, run(Lists(**{**vars(NOTHING), "project_months": 12})))
    for name, value in (("talk_minutes", 200), ("project_staff", 0.5), ("project_relief", 1.0)):
        assert not same(plain, run(Lists(**{**vars(NOTHING), name: value})))
    for name in ("talk_hours", "project_hours"):
        assert (plain.monthly()[name] == 0.0).all()


def test_hours_of_talks_and_projects_are_outcomes():
    record = run(Lists())
    table = record.monthly()
    for name, column in (("talk_hours", "talk_minutes"), ("project_hours", "project_minutes")):
        minutes = [int(row.sum()) for row in record.columns[column]]
        assert minutes[0] == 0
        assert min(minutes[1:]) > 0
        assert table[name].tolist() == pytest.approx([m / 60.0 for m in minutes])


def test_hard_problems_of_the_projects_category_become_fewer():
    levels = {}
    for relief in (0.0, 1.0):
        log = run(Lists(**{**vars(NOTHING), "project_relief": relief}), months=6).tickets()
        levels[relief] = log[log["attempt"] == 1].set_index("problem")["level"]
    both = levels[0.0].index.intersection(levels[1.0].index)
    before, after = levels[0.0][both], levels[1.0][both]
    assert (after <= before).all()
    assert (after < before).sum() > 5
