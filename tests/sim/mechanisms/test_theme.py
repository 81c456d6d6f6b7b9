"""Theme: the worst kinds of request by the city's own data get a push, at coordinating hours, that fades."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.theme import coordinate_themes, plan_themes, theme
from sim.reforms.monthly_theme import MonthlyTheme
from sim.rules import Lists, Theme


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model under a rule of themes."""
    return lambda rule=None, **parameters: build(Rules(theme=rule or Theme()), **parameters)


NO_PROJECTS = Lists(project_staff=0.0, project_relief=0.0)  # whose relief would be in the outcome too


def outputs(rule, months=5, **parameters):
    """Return the tables of a run under a rule."""
    model = TournamentModel(
        "small",
        Rules(theme=rule, lists=NO_PROJECTS),
        Parameters(**parameters),
        seed=2,
        scale=0.1,
        log_tickets=True,
        start="2019-03-01",
    )
    record = model.run(months)
    out = record.monthly(), record.tickets()
    model.close()
    return out


def report(state, unresolved, repeats, received=1000):
    """Enter the city's month by category."""
    count = state.tally.category
    count["reached"][:], count["said_resolved"][:] = 800, 800 - np.array(unresolved)
    count["repeats"][:], count["received"][:] = repeats, received


def test_the_worst_kinds_are_chosen_and_not_again_until_the_pause_is_over(build):
    state = build(Theme(kinds_a_month=2, months=2, pause=3))
    unresolved = np.full(14, 10)
    unresolved[[4, 6, 9]] = 300, 500, 400
    repeats = np.full(14, 100)
    repeats[6] = 40  # 500 × 0.04 = 20 < 300 × 0.1 = 30 < 400 × 0.1 = 40
    begun = []
    for _ in range(7):
        report(state, unresolved, repeats)
        before = state.themes.until.copy()
        theme(state)
        begun.append(np.flatnonzero(state.themes.until != before).tolist())
        state.month += 1
    assert begun[:3] == [[4, 9], [0, 6], [1, 2]]  # the equally bad in the city's order
    assert begun[5] == [4, 9]  # two months of push and three of pause later
    assert all(4 not in kinds for kinds in begun[1:5])


def test_nothing_unresolved_or_nothing_repeated_is_no_theme(build):
    state = build(Theme(kinds_a_month=14))
    unresolved = np.full(14, 5)
    unresolved[3] = 0
    repeats = np.full(14, 5)
    repeats[8] = 0
    report(state, unresolved, repeats)
    theme(state)
    assert np.flatnonzero(state.themes.until != 4).tolist() == [3, 8]


def test_cases_solved_by_caseworkers_feed_the_choice_if_the_rule_says_so(build):
    for weight, chosen in ((0.0, 4), (3.0, 10)):
        state = build(Theme(casework_weight=weight))
        unresolved = np.full(14, 10)
        unresolved[4] = 200
        report(state, unresolved, np.full(14, 100))  # 200 × 0.1 = 20 against 10 × 0.1 + 3 × 7 = 22
        state.tally.category["casework_resolved"][10] = 7
        theme(state)
        assert np.flatnonzero(state.themes.until == 4).tolist() == [chosen]


def test_a_push_by_hand_and_how_it_fades(build):
    state = build(Theme(months=2, hours=200.0), theme_half=30.0, theme_level=0.4, theme_defects=0.2, theme_fade=0.1)
    state.themes.until[5] = 2
    hours = int(200 * 60 * state.population / 1e6) / 60
    per_1000 = hours / (state.base_requests()[:, 5].sum() / 1000.0)
    push = 0.0
    for month in range(4):
        theme(state)
        push = push + (1.0 - push) * per_1000 / (per_1000 + 30.0) if month < 2 else push * 0.9
        assert state.themes.push[5] == pytest.approx(push)
        assert state.relief.factor[:, 5] == pytest.approx(1.0 - 0.4 * push)
        assert state.themes.left[5] == pytest.approx(1.0 - 0.2 * push)
        state.month += 1
    assert (np.delete(state.relief.factor, 5, axis=1) == 1.0).all()
    state.begin_month(state.rules, 31)
    assert state.ratio[:, 5] == pytest.approx(1.0 - 0.2 * push)


@pytest.mark.parametrize("share", [0.0, 0.37, 1.0])
def test_coordinating_minutes_add_up_over_units_and_days(build, share):
    state = build(Theme(months=5, hours=3000.0, street_share=share))
    state.themes.until[[0, 2, 11]] = 5
    plan_themes(state)
    whole = int(3000 * 60 * state.population / 1e6)
    n = state.units.n_streets
    assert state.themes.minutes.sum() == 3 * whole
    of_departments = state.themes.minutes[n:].sum()
    alone = [
        c
        for c in (0, 2, 11)
        if (state.city.department_start[c + 1] - state.city.department_start[c]) == 0
        and (state.city.enterprise_start[c + 1] - state.city.enterprise_start[c]) == 0
    ]
    assert of_departments == (3 - len(alone)) * (whole - int(whole * share))
    by_head = state.base.population / state.base.population.sum()
    assert state.themes.minutes[:n] == pytest.approx(by_head * state.themes.minutes[:n].sum(), abs=3)
    for _ in range(31):
        coordinate_themes(state)
        state.date += datetime.timedelta(days=1)
    assert (state.units.owed == state.themes.minutes).all()
    assert (state.tally.unit["theme_minutes"] == state.themes.minutes).all()
    assert state.tally.category["theme"].tolist() == [1, 0, 1, *[0] * 8, 1, 0, 0]


def test_a_longer_push_by_reform_does_not_revive_what_is_over():
    reform = MonthlyTheme(kinds_a_month=1, months=6, hours=40.0, start="2019-07-01", end="2019-09-01")
    model = TournamentModel("small", Rules(theme=Theme(months=2)), seed=2, scale=0.1, reforms=[reform])
    kinds = model.run(12).monthly()["theme_kinds"].tolist()
    model.close()
    assert kinds[2:9] == [2] * 7  # two months each, one begun a month; nothing that was over comes back in July
    assert kinds[9:] == [3, 4, 4]  # beside these two, those begun in August and September run their six months


def test_no_theme_no_hours_or_no_effect_changes_nothing():
    none = outputs(Theme(kinds_a_month=0))
    free = outputs(Theme(kinds_a_month=3, hours=0.0))
    assert free[0].equals(none[0])
    assert free[1].equals(none[1])
    assert (none[0]["theme_kinds"] == 0).all()
    assert (none[0]["relief"] == 0.0).all()


def test_a_strong_theme_leaves_fewer_hard_problems_and_fewer_requests_at_hours():
    none = outputs(Theme(kinds_a_month=0))
    strong = Theme(kinds_a_month=14, months=12, hours=500.0)
    level = outputs(strong, theme_level=0.8, theme_defects=0.0)
    assert (level[1]["level"] > 0).mean() < 0.8 * (none[1]["level"] > 0).mean()
    assert level[0]["problems"].sum() == pytest.approx(none[0]["problems"].sum(), rel=0.01)
    fewer = outputs(strong, theme_level=0.0, theme_defects=0.5)
    assert fewer[0]["problems"].sum() < 0.9 * none[0]["problems"].sum()
    last = level[0].iloc[-1]
    assert last["theme_kinds"] >= 12
    model = TournamentModel("small", scale=0.1)
    people = model.state.population
    model.close()
    assert last["theme_hours"] == pytest.approx(last["theme_kinds"] * int(500 * 60 * people / 1e6) / 60)
    assert last["relief"] > 0.3
