"""The key-complainant directory by hand, and switched off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.come_back import come_back
from sim.mechanisms.key_complainants import keep_directory, note_call_backs
from sim.rules import KeyComplainants


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model under a rule of key complainants."""
    return lambda rule, **parameters: build(Rules(key_complainants=rule), **parameters)


def called(state, person, unsatisfied, month=0):
    """Note call-backs of one person in the month that is so many months before the present one."""
    directory = state.directory
    while len(directory.months) < 12:
        directory.months.append(np.zeros(0, dtype=np.uint32))
    rows = np.array([2 * person + bad for bad in unsatisfied], dtype=np.uint32)
    if month:
        directory.months[-month] = np.concatenate([directory.months[-month], rows])
    else:
        directory.today.append(rows)


def hours_for(state, minutes):
    """Return the rule's hours a month per million residents that give so many minutes a month, and a little more."""
    return (minutes + state.units.n_streets) / 60.0 / (state.population / 1e6)


def put_in(state, people, **columns):
    """Take a slot for a ticket of each of `people`, at street 0."""
    tickets, slots = state.tickets, state.tickets.take(len(people))
    tickets.key[slots] = np.random.default_rng(len(people)).integers(0, 2**63, len(people), dtype=np.uint64)
    for name, value in ({"attempt": 1, "copies": 0, "closed": 0} | columns).items():
        getattr(tickets, name)[slots] = value
    tickets.person[slots] = people
    return slots


def test_only_call_backs_of_those_who_have_come_back_are_kept(build):
    state = build(KeyComplainants())
    first, second = put_in(state, np.arange(4)), put_in(state, np.arange(10, 15), attempt=2)
    state.residents.requests[3] = 2
    today = state.today
    today.called = np.concatenate([first, second])
    today.reached = np.array([True] * 8 + [False])
    today.satisfied = np.array([False] * 5 + [True] * 4)
    note_call_backs(state)
    assert state.directory.today[0].tolist() == [2 * 3 + 1, 2 * 10 + 1, 2 * 11, 2 * 12, 2 * 13]


def test_who_is_listed(build):
    state = build(KeyComplainants(hours=1.0, requests=4, most=1e5))
    called(state, 1, [1, 1, 0, 0])  # four, half unsatisfied
    called(state, 2, [1, 0, 0, 0])  # too few unsatisfied
    called(state, 3, [1, 1, 1])  # too few
    called(state, 4, [1])
    called(state, 4, [1, 1, 0], month=10)  # within the year
    called(state, 5, [1])
    called(state, 5, [1, 1, 1], month=12)  # twelve months before this one: forgotten
    called(state, 6, [0])
    called(state, 6, [1, 1, 1], month=2)  # satisfied this month: does not join now
    keep_directory(state)
    assert sorted(state.directory.listed.tolist()) == [1, 4]
    assert state.tally.unit["key_listed"][0] == 2
    called(state, 1, [0, 0, 0, 0, 0])  # now less than half
    keep_directory(state)
    assert state.directory.listed.tolist() == [4]


def test_the_directory_is_full_at_its_most_and_fills_up_in_turn(build):
    state = build(KeyComplainants(hours=1.0, requests=2))
    state.rules = Rules(key_complainants=KeyComplainants(hours=1.0, requests=2, most=3.5e6 / state.population))
    for person in range(5):
        called(state, person, [1, 1])
    keep_directory(state)
    keys = state.residents.keys(np.arange(5))
    first = np.argsort(keys)[:3].tolist()
    assert state.directory.listed.tolist() == first
    called(state, first[0], [0] * 9)
    left = min(set(range(5)) - set(first))
    called(state, left, [1])
    keep_directory(state)
    assert state.directory.listed.tolist() == [*first[1:], left]


def test_visits_go_round_as_far_as_the_minutes_go_and_ease_grievance(build):
    rule = {"requests": 2, "most": 1e5, "visits": 3}
    state = build(KeyComplainants(), visit_minutes=100, visit_eases=0.1, visit_turns=0.0)
    state.rules = Rules(key_complainants=KeyComplainants(hours=hours_for(state, 450), **rule))
    people = np.arange(3)
    for person in people:
        called(state, person, [1, 1])
    state.residents.set_grievance(people, np.full(3, 0.8), 0)
    keep_directory(state)  # four visits: the first of three is visited twice
    order = np.argsort(state.residents.keys(people))
    assert state.residents.grievance(people[order], 0) == pytest.approx([0.648, 0.72, 0.72], abs=2e-5)
    assert state.directory.listed.tolist() == [order[1], order[2], order[0]]
    assert state.tally.unit["key_visits"][0] == 4
    assert state.tally.unit["key_waiting"][0] == 0
    assert 50 <= state.directory.minutes < 100
    state.rules = Rules(key_complainants=KeyComplainants(hours=hours_for(state, 100_000), **rule))
    keep_directory(state)
    assert state.tally.unit["key_visits"][0] == 4 + 9
    assert state.directory.minutes == 0  # nobody may be visited more often: idle
    state.rules = Rules(key_complainants=KeyComplainants(hours=hours_for(state, 100), **rule))
    keep_directory(state)
    assert state.tally.unit["key_waiting"][0] == 2


def test_strategic_complainants_turn_with_the_stated_chance_for_good_in_open_tickets_too(build):
    state = build(KeyComplainants(), strategic_share=0.1, visit_turns=0.05)
    people = np.flatnonzero(state.residents.strategic(np.arange(30_000)))
    slots = put_in(state, people, strategic=True)
    for person in people:
        called(state, person, [1, 1])
    rule = KeyComplainants(hours=1e5, requests=2, most=1e5, visits=1)
    state.rules = Rules(key_complainants=rule)
    state.directory.minutes = 10**9
    keep_directory(state)
    turned = ~state.residents.strategic(people)
    assert abs(turned.sum() - 0.05 * len(people)) < 4.5 * math.sqrt(len(people) * 0.05 * 0.95)
    assert (state.tickets.strategic[slots] == ~turned).all()
    assert state.tally.unit["key_turned"].sum() == turned.sum()
    assert (state.residents.strategic(np.arange(30_000)).sum()) == len(people) - turned.sum()


@pytest.mark.parametrize(("hours", "rewards"), [(1.0, 0.0), (1.0, 0.2), (0.0, 0.2)])
def test_being_listed_rewards_filing_while_the_rule_is_in_force(build, hours, rewards):
    rule = KeyComplainants(hours=hours)
    state = build(rule, give_up=0.0, return_street=0.3, listed_rewards=rewards, grievance_share=0)
    people = np.arange(20_000)
    state.residents._begin(people, 0)
    state.directory.set(people[:10_000].astype(np.int32))
    slots = put_in(state, people, resolved=False)
    state.today.called, state.today.satisfied = slots, np.zeros(20_000, dtype=bool)
    state.today.grievance = np.zeros(20_000)
    come_back(state)
    back = np.concatenate([part for parts in state.waiting._due.values() for part in parts])
    listed = np.count_nonzero(state.tickets.person[back] < 10_000)
    for n, chance in ((listed, 0.3 + rewards * (hours > 0.0)), (len(back) - listed, 0.3)):
        assert abs(n - 10_000 * chance) < 4.5 * math.sqrt(10_000 * chance * (1 - chance))


def run(rule, months=5, **parameters):
    model = TournamentModel(
        "small", Rules(key_complainants=rule), Parameters(**parameters), seed=3, scale=0.1, log_tickets=True
    )
    record = model.run(months)
    model.close()
    return record


def test_without_hours_it_does_nothing():
    off = run(KeyComplainants())
    same = run(KeyComplainants(requests=2, most=1e5), listed_rewards=0.2, visit_eases=1.0, visit_turns=1.0)
    assert off.monthly().equals(same.monthly())
    assert off.tickets().equals(same.tickets())
    assert off.monthly()["key_listed"].sum() == 0
    on = run(KeyComplainants(hours=1000.0, requests=2, most=1e5), listed_rewards=0.2)
    assert not off.tickets().equals(on.tickets())


def test_outcomes_of_the_directory_agree_with_the_ticket_log():
    rule = KeyComplainants(hours=120.0, requests=2, most=1e5, visits=2)
    record = run(rule, months=3, listed_rewards=0.0, visit_eases=0.0, visit_turns=0.0)
    table, log = record.monthly(), record.tickets()
    hours = 120.0 * math.fsum(record.city.streets["population"]) * 0.1 / 1e6
    assert table["key_hours"].tolist() == pytest.approx([hours] * 3, rel=0.02)
    called = log[log["reached"] & (log["closed"] + 1 < 31)].sort_values(["closed", "problem"])
    before = log[log["first_day"] < 31].groupby("person")["problem"].nunique()
    called = called[(called["attempt"] > 1) | (called["person"].map(before) > 1)]
    # of those with two problems in January the first call-back may come before the second problem
    n = called.groupby("person")["said_satisfied"].agg(["size", "sum"])
    upper = n[(n["size"] >= 2) & (2 * (n["size"] - n["sum"]) >= n["size"])]
    returned = called[called["attempt"] > 1].groupby("person")["said_satisfied"].agg(["size", "sum"])
    assert 0 < table["key_listed"].iloc[0] <= len(upper) + len(returned)
    visits = math.floor(hours * 60.0 / 240.0)
    assert table["key_visits"].iloc[1] in (visits, visits + 1, 2 * table["key_listed"].iloc[1])
    assert (table["key_waiting"] <= table["key_listed"]).all()
    assert (table["key_turned"] == 0).all()
