"""Care by stake by hand, in the limit, and switched off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.handle import _care_of_tickets, enter_queue, handle
from sim.mechanisms.stakes import class_tickets, weigh_stakes
from sim.rules import DutyList, Escalation, Exclusion
from sim.state.stakes import EXCLUDABLE, HANDED_UP, NO_DUTY, ONE, ORDINARY


def put_in(state, n, **columns):
    """Take n slots with luck of their own, at street 0, and set columns."""
    tickets, slots = state.tickets, state.tickets.take(n)
    defaults = {"category": 1, "minutes": 60, "work": 60, "attempt": 1, "due": 5, "contact": 0}
    tickets.key[slots] = np.random.default_rng(n).integers(0, 2**63, n, dtype=np.uint64)
    for name, value in (defaults | columns).items():
        getattr(tickets, name)[slots] = value
    return slots


def test_stakes_by_hand_on_a_units_own_books(build):
    state = build(Rules(escalation=Escalation(after=2, street_share=0.25)), file_minutes=100, accepted_prior=0.5)
    units, books = state.units, state.books
    units.documentation[0], units.effort[0] = 0.2, 0.8
    hours = state.normal_hours()[0] * 0.8 * (0.5 + 0.5 * units.morale[0]) * 0.2
    books.failed[0] = hours * 60.0 / 100.0 * 4.0  # a file for one in four
    books.files_ruled[0], books.files_accepted[0] = 10.0, 9.0
    weigh_stakes(state)
    weights = state.stakes.weights / ONE
    assert weights[0] == pytest.approx([1.0, 0.5, math.sqrt(1.0 - 0.25 * 14.0 / 20.0), 1.0], abs=1e-4)
    assert weights[1] == pytest.approx([1.0, 0.5, 1.0, 1.0], abs=1e-4)


def test_classes_of_tickets(build):
    rules = Rules(escalation=Escalation(after=3), duty_list=DutyList(in_force=True))
    state = build(rules, exclusion_recognition=1.0, duty_error=0.0)
    streets = state.units.n_streets
    ordinary, often = put_in(state, 5), put_in(state, 6, attempt=3)
    strategic, wrong = put_in(state, 7, strategic=True), put_in(state, 8, right=3, attempt=9)
    elsewhere = put_in(state, 9, unit=streets, right=0, attempt=9)
    state.today.arriving, state.today.returned = np.concatenate([ordinary, often, strategic]), wrong
    state.today.arriving = np.concatenate([state.today.arriving, elsewhere])
    class_tickets(state)
    stake = state.tickets.stake
    assert (stake[ordinary] == ORDINARY).all()
    assert (stake[often] == HANDED_UP).all()
    assert (stake[strategic] == EXCLUDABLE).all()
    assert (stake[wrong] == NO_DUTY).all()
    assert (stake[elsewhere] == EXCLUDABLE).all()  # a department's: neither list nor escalation


def care_of(state, queue, care):
    tickets = state.tickets
    return _care_of_tickets(state, queue, tickets.unit[queue], tickets.work[queue].astype(np.int64), care)


def test_care_is_shifted_and_its_whole_is_kept(build):
    state = build(care_min=0.5, care_max=3.5)
    weights = np.full((state.units.n, 4), ONE)
    weights[0] = [ONE, ONE // 2, ONE, 0]
    state.stakes.set(weights)
    queue = np.concatenate([put_in(state, 3, work=100), put_in(state, 4, work=50, stake=HANDED_UP)])
    none = put_in(state, 5, work=20, stake=NO_DUTY)
    elsewhere = put_in(state, 6, unit=1, stake=HANDED_UP)
    queue = np.concatenate([queue, none, elsewhere])
    care = np.full(state.units.n, 64)
    each = care_of(state, queue, care)
    # 600 minutes at care 1; 100 of them take ½, so 550 go to 300 and 200 · ½
    assert each[:3].tolist() == [int(64 * 550 / 400)] * 3
    assert each[3:7].tolist() == [int(64 * 550 / 800)] * 4
    assert (each[7:12] == 32).all()
    assert (each[12:] == 64).all()
    used = int((each * state.tickets.work[queue]).sum())
    assert 64 * (600 + 360) - 500 <= used <= 64 * (600 + 360)


def test_care_by_stake_stays_within_its_limits(build):
    state = build(care_min=0.5, care_max=3.5)
    weights = np.full((state.units.n, 4), ONE)
    weights[0, HANDED_UP] = ONE // 10
    state.stakes.set(weights)
    queue = np.concatenate([put_in(state, 1, work=10), put_in(state, 2, work=1000, stake=HANDED_UP)])
    assert care_of(state, queue, np.full(state.units.n, 64)).tolist() == [224, 61, 61]
    queue = np.concatenate([put_in(state, 1, work=2000), put_in(state, 2, work=5, stake=HANDED_UP)])
    assert care_of(state, queue, np.full(state.units.n, 64)).tolist() == [64, 32, 32]


@pytest.mark.parametrize("power", [0.5, 1.0])
def test_what_nobody_bears_is_solved_less_often_and_the_rest_more(build, power):
    rules = Rules(escalation=Escalation(after=1, street_share=0.2), exclusion=Exclusion(allowed=False))
    state = build(rules, stake_power=power, contact_minutes=0)
    state.units.handling_a_day[:], state.units.skill[:] = 0.0, 0.5
    state.units.handling_a_day[0] = 2e7
    state.work_factor[:] = 1024
    state.today.arriving = put_in(state, 20_000, contact=-1, due=9)
    class_tickets(state)
    half = state.today.arriving[:10_000]
    state.tickets.stake[half] = ORDINARY
    state.units.arriving_sum[0] = 28 * 15_000_000  # care 1 and more, below the most
    weigh_stakes(state)
    enter_queue(state)
    handle(state)
    quality = state.tickets.quality[half].mean() / 65536.0, state.tickets.quality[~np.isin(
        np.arange(state.tickets.capacity), half)].max() / 65536.0  # fmt: skip
    assert quality[0] > quality[1] > 0.0
    ratio = math.log(1.0 - quality[0]) / math.log(1.0 - quality[1])
    assert ratio == pytest.approx(0.2**-power, rel=0.05)


def run(rules=None, **parameters):
    model = TournamentModel("small", rules, Parameters(**parameters), seed=3, scale=0.1, log_tickets=True)
    record = model.run(5)
    model.close()
    return record


def test_with_power_zero_stakes_do_nothing_and_without_stakes_power_does_nothing():
    reform = Escalation(after=2, street_share=0.5)
    same = {"file_minutes": 15, "stake_power": 0.0}
    still = run(Rules(exclusion=Exclusion(allowed=False)), stake_power=0.0)
    alike = run(Rules(exclusion=Exclusion(allowed=False)), stake_power=1.0)
    assert still.monthly().equals(alike.monthly())
    assert still.tickets().equals(alike.tickets())
    for rules in (Rules(), Rules(escalation=reform)):
        a, b = run(rules, **same), run(rules, **same | {"stake_power": 0.7})
        assert not a.monthly().equals(b.monthly())
    # κ = 1 leaves the whole stake with the street
    whole = Rules(escalation=Escalation(after=2, street_share=1.0), exclusion=Exclusion(allowed=False))
    assert run(whole, stake_power=0.0).tickets().equals(run(whole, stake_power=1.0).tickets())
