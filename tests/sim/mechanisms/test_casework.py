"""Casework and escalation by hand, in the limit, and switched off."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.call_back import call_back
from sim.mechanisms.casework import ask_for_casework, escalate, plan_casework, work_cases
from sim.mechanisms.come_back import come_back
from sim.mechanisms.score import score
from sim.rules import Casework, Escalation


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model under rules of casework and escalation."""

    def make(casework=None, escalation=None, **parameters):
        return build(Rules(casework=casework or Casework(), escalation=escalation or Escalation()), **parameters)

    return make


def put_in(state, n, **columns):
    """Take n slots with luck of their own, at street 0, and set columns."""
    tickets, slots = state.tickets, state.tickets.take(n)
    defaults = {"category": 1, "level": 1, "minutes": 60, "work": 60, "attempt": 1, "due": 5, "closed": 0, "contact": 0}
    tickets.key[slots] = np.random.default_rng(n).integers(0, 2**63, n, dtype=np.uint64)
    tickets.person[slots] = np.arange(n)
    for name, value in (defaults | columns).items():
        getattr(tickets, name)[slots] = value
    return slots


def share(part, whole, expected):
    """Say whether a share of draws is as expected, within 4.5 standard errors."""
    return abs(part / whole - expected) < 4.5 * math.sqrt(expected * (1 - expected) / whole) + 1e-9


def fill(state, slots, office=0, cost=180):
    n = len(slots)
    state.casework.put(slots, np.full(n, office), state.day, np.full(n, cost))


def hours_for(state, minutes, office):
    """Return the hours a month per million residents that give an office so many minutes a day."""
    return minutes * state.days / 60.0 / (state.casework.population[office] / 1e6)


def test_caseworkers_work_first_in_first_out_as_far_as_their_minutes_go(build):
    state = build(casework_minutes=3.0)
    state.rules = replace(state.rules, casework=Casework(district_hours=hours_for(state, 410.5, 0), city_hours=0.0))
    plan_casework(state)
    slots = put_in(state, 5)
    fill(state, slots)
    work_cases(state)  # 410 minutes: two of 180
    assert (state.closed == slots[:2]).all()
    assert state.casework.minutes[0] == 410 - 360
    state.day = 1
    work_cases(state)
    assert (state.casework.slots == slots[4:]).all()
    assert state.tally.unit["casework_days"][0] == 2
    assert state.tally.unit["casework_minutes"][0] == 4 * 180
    state.day = 2
    work_cases(state)
    assert len(state.casework) == 0
    assert (state.casework.minutes == 0).all()  # nothing waits: idle


def test_a_case_is_resolved_with_ceiling_times_quality_of_caseworkers(build):
    state = build(
        Casework(district_hours=1e5), casework_ceiling=0.9, casework_skill=0.5, casework_care=2.0, casework_minutes=1.0
    )
    slots = put_in(state, 20_000)
    refuses = put_in(state, 500, strategic=True)
    fill(state, np.concatenate([slots, refuses]), cost=0)
    work_cases(state)
    assert len(state.closed) == 20_500
    assert share(np.count_nonzero(state.tickets.resolved[slots]), 20_000, 0.9 * (1.0 - math.exp(-1.0)))
    assert not state.tickets.resolved[refuses].any()
    assert state.tally.unit["casework_resolved"][0] == state.tally.category["casework_resolved"][1]


def test_streets_ask_where_they_lack_the_authority_and_the_resident_waits_without_filing(build):
    state = build(casework_request=0.3, return_district=0.9, return_city=0.9, give_up=0.0, grievance_share=0.0)
    hard, easy, solved = put_in(state, 9000), put_in(state, 50, level=0), put_in(state, 51, resolved=True)
    city = put_in(state, 52, level=2)
    department = put_in(state, 53, unit=state.units.n_streets)
    failed = np.concatenate([hard, easy, solved, city, department])
    state.tickets.person[failed] = np.arange(len(failed))
    state.residents._begin(np.arange(len(failed)), 0)
    state.today.failed = state.today.called = failed
    state.today.satisfied, state.today.grievance = np.zeros(len(failed), dtype=bool), np.zeros(len(failed))
    ask_for_casework(state)
    asked = set(state.today.asked.tolist())
    assert share(len(asked & set(hard.tolist())), 9000, 0.3)
    assert asked & set(city.tolist())
    assert not asked & set(np.concatenate([easy, solved, department]).tolist())
    come_back(state)
    waiting = np.concatenate([part for parts in state.waiting._due.values() for part in parts])
    assert not asked & set(waiting.tolist())
    assert not asked & set(state.today.resting.tolist())
    assert (state.residents.grievance(state.tickets.person[state.today.asked], 0) > 0.0).all()
    escalate(state)
    assert set(state.casework.slots.tolist()) == asked
    assert (state.tickets.attempt[state.casework.slots] == 2).all()
    n_districts = state.casework.n_districts
    assert ((state.casework.office == n_districts) == (state.tickets.level[state.casework.slots] == 2)).all()
    assert (np.diff(state.tickets.key[state.casework.slots].astype(object)) > 0).all()


def test_the_nth_return_goes_up_at_closing_if_it_is_recognised(build):
    state = build(escalation=Escalation(after=3, queue_days=1000.0), escalation_recognition=0.8)
    often, seldom = put_in(state, 5000, attempt=3, level=0), put_in(state, 50, attempt=2)
    solved = put_in(state, 51, attempt=7, resolved=True)
    department = put_in(state, 52, attempt=7, unit=state.units.n_streets)
    state.closed = np.concatenate([often, seldom, solved, department])
    escalate(state)
    assert share(len(state.casework), 5000, 0.8)
    assert set(state.casework.slots.tolist()) <= set(often.tolist())
    assert sorted(np.concatenate([state.closed, state.casework.slots]).tolist()) == sorted(
        np.concatenate([often, seldom, solved, department]).tolist()
    )
    assert state.tally.unit["escalated"][0] == len(state.casework)


@pytest.mark.parametrize(("waiting", "refused"), [(9, 0), (10, 20)])
def test_a_long_queue_refuses_and_life_goes_on(build, waiting, refused):
    state = build(escalation=Escalation(after=1, queue_days=10.0), escalation_recognition=1.0)
    state.rules = replace(state.rules, casework=Casework(district_hours=hours_for(state, 180.0, 0)))
    fill(state, put_in(state, waiting), cost=180 + 1)  # ten of them are more than ten days of 180 minutes
    state.closed = put_in(state, 20)
    escalate(state)
    assert state.tally.unit["casework_refused"][0] == len(state.closed) == refused
    assert len(state.casework) == waiting + 20 - refused


def test_after_casework_the_street_keeps_its_share_of_call_backs_and_the_district_bears_the_rest(build):
    state = build(Casework(street_share=0.8), Escalation(street_share=0.3), reach=1.0)
    state.closed = np.concatenate([put_in(state, 10_000, casework=1), put_in(state, 9000, casework=2)])
    call_back(state)
    own, handed = state.tally.answers[0].sum(), state.tally.handed[0].sum()
    assert own + handed == 19_000
    assert abs(own - 8000 - 2700) < 4.5 * math.sqrt(10_000 * 0.16 + 9000 * 0.21)
    assert len(state.today.failed) <= own
    assert not state.tickets.casework.any()
    state.tally.answers[:] = 0
    state.tally.handed[:] = 0
    state.tally.handed[0, 7], state.tally.answers[0, 0] = 30, 10
    score(state)
    assert state.standing.score[0] == 0.0
    assert state.standing.district_score[state.casework.district[0]] == pytest.approx(0.75)


def test_every_day_has_whole_minutes_which_add_up_to_the_months(build):
    state = build(Casework(district_hours=33.3, city_hours=7.7))
    fill(state, put_in(state, 1), cost=10**9)  # somebody waits, so no minute is idle
    fill(state, put_in(state, 1), office=-1 % len(state.casework.minutes), cost=10**9)
    days = []
    for day in range(state.days):
        state.day, state.date = day, state.month_first + datetime.timedelta(day)
        before = state.casework.minutes[[0, -1]]
        work_cases(state)
        days.append(state.casework.minutes[[0, -1]] - before)
    assert (np.sum(days, axis=0) == state.casework.earned[[0, -1]]).all()
    assert (np.ptp(days, axis=0) <= 1).all()
    people = state.casework.population[[0, -1]]
    streets = np.array([np.count_nonzero(state.casework.district == 0), state.units.n_streets])
    less = np.array([33.3, 7.7]) * 60.0 * people / 1e6 - state.casework.earned[[0, -1]]  # fractions are carried
    assert ((less >= 0) & (less < streets)).all()


def test_hours_taken_from_streets_are_owed_by_them_minute_by_minute(build):
    given = {}
    for share in (0.0, 0.4, 1.0):
        state = build(Casework(district_hours=300.0, city_hours=50.0, from_streets=share))
        for day in range(state.days):
            state.day, state.date = day, state.month_first + datetime.timedelta(day)
            work_cases(state)
        given[share] = state
    new, part, taken = given.values()
    n = new.units.n_streets
    owed = taken.units.owed[:n]
    assert (owed == taken.tally.unit["casework_taken_minutes"][:n]).all()
    assert (owed == new.tally.unit["casework_new_minutes"][:n]).all()
    assert owed == pytest.approx(350.0 * 60.0 * new.base.population / 1e6, abs=2)
    assert not new.units.owed.any()
    assert not taken.tally.unit["casework_new_minutes"].any()
    some = part.units.owed[:n]
    assert np.abs(some - 0.4 * owed).max() < 1.0  # the fraction of a minute is carried
    assert (some + part.tally.unit["casework_new_minutes"][:n] == owed).all()


@pytest.mark.parametrize(("year", "demand"), [(2019, 1.0), (2021, 1.0), (2019, 1.5)])
def test_each_precedent_takes_one_of_the_types_hard_problems_of_the_year_away(build, year, demand):
    state = build(
        Casework(district_hours=1e5), Escalation(lowers_level=1.0), casework_ceiling=1.0, relief_problems=0.1,
        casework_skill=1.0, casework_care=3.9, demand=demand,
    )  # fmt: skip
    state.casework.year = year
    slots, easy = put_in(state, 40), put_in(state, 41, level=0)
    fill(state, np.concatenate([slots, easy]), cost=0)
    hard = demand * math.fsum(state.base.year_cells(year)[:, 1]) * state.kinds.level_above[1]
    work_cases(state)
    solved = np.count_nonzero(state.tickets.resolved[slots])
    assert solved > 30
    assert 0.0 < state.relief.factor[0, 1] < 1.0
    assert state.relief.factor[:, 1] == pytest.approx(1.0 - 0.1 * solved / hard)
    assert (state.relief.factor[:, 2] == 1.0).all()


def test_when_an_offices_hours_end_its_cases_close_as_failed(build):
    state = build(Casework(district_hours=0.0, city_hours=10.0))
    slots, city = put_in(state, 4), put_in(state, 2, minutes=10_000)
    fill(state, slots)
    fill(state, city, office=state.casework.n_districts, cost=30_000)
    work_cases(state)
    assert (state.closed == slots).all()
    assert not state.tickets.resolved[slots].any()
    assert (state.casework.slots == city).all()


def run(casework=None, escalation=None, **parameters):
    rules = Rules(casework=casework or Casework(), escalation=escalation or Escalation())
    model = TournamentModel("small", rules, Parameters(**parameters), seed=3, scale=0.1, log_tickets=True)
    record = model.run(5)
    model.close()
    return record


def same(a, b, but=()):
    table, other = (record.monthly().drop(columns=list(but)) for record in (a, b))
    return table.equals(other) and a.tickets().equals(b.tickets())


def test_without_hours_or_without_requests_and_escalation_nothing_happens():
    hours = ["casework_hours", "casework_use", "casework_refused", "staff_hours", "cost_per_resolved"]
    off = run(casework_request=0.0)
    assert off.monthly()["casework_resolved"].sum() == 0
    no_hours = Casework(district_hours=0.0, city_hours=0.0)
    assert same(off, run(no_hours), hours)
    blind = run(casework_request=0.0, stake_power=0.0)  # a share that handing up leaves is a smaller stake
    assert same(blind, run(no_hours, Escalation(after=1), casework_request=1.0, stake_power=0.0), hours)
    assert same(off, run(escalation=Escalation(queue_days=1.0, street_share=0.0), casework_request=0.0))
    assert same(run(), run(escalation=Escalation(queue_days=1.0, street_share=0.0, lowers_level=0.0)))
    assert not same(off, run(), hours)
    assert run(escalation=Escalation(after=2)).monthly()["escalated"].sum() > 0


def test_outcomes_of_casework_agree_with_the_ticket_log():
    record = run(Casework(district_hours=3000.0, city_hours=3000.0), Escalation(after=2, street_share=0.5))
    log, table = record.tickets(), record.monthly()
    cases = log[log["casework"] > 0]
    closed = cases[cases["closed"] < 31 + 28 + 31]
    months = table.iloc[:3]
    assert months["casework_resolved"].sum() == closed["resolved"].sum() > 10
    days = np.bincount(np.searchsorted([31, 59], closed["closed"], side="right"), closed["closed"] - closed["filed"])
    n = np.bincount(np.searchsorted([31, 59], closed["closed"], side="right"))
    assert months["casework_days"].tolist() == pytest.approx((days / n).tolist())
    assert set(cases["attempt"].unique()) >= {2, 3}
    hours = 6000.0 * math.fsum(record.city.streets["population"] * 0.1) / 1e6
    assert table["casework_hours"].tolist() == pytest.approx([hours] * 5, rel=0.01)
    spent = cases[cases["closed"] < 31]["minutes"].sum() * 3.0 / 60.0
    assert table["casework_use"].iloc[0] == pytest.approx(spent / table["casework_hours"].iloc[0], rel=1e-6)
