"""Casework and escalation 提级派单: hard or returning problems go up to caseworkers of the district or the city."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.books import DAYS
from sim.luck import Purpose, uniform
from sim.orders import by_key
from sim.state import State
from sim.state.casework import ESCALATED, REQUESTED
from sim.tables import exp_neg
from sim.tickets import NO_SLOTS, Slots

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def plan_casework(state: State) -> None:
    """Set the caseworkers' whole minutes of the coming month, and which of them the streets give.

    Hours a month per million residents come in by street, in proportion to its residents; fractions of a minute are
    carried. Of these hours the streets give a share.
    """
    cases, rules, n = state.casework, state.rules.casework, state.units.n_streets
    hours = np.array([rules.district_hours, rules.city_hours])
    cases.fraction += 60.0 * hours[:, None] * (state.base.population / 1e6)
    for_district, for_city = whole = cases.fraction.astype(np.int64)  # rounded down: nothing is below 0
    cases.fraction -= whole
    cases.earned[:] = 0
    np.add.at(cases.earned, cases.district, for_district)
    cases.earned[-1] = for_city.sum()
    new = for_district + for_city
    cases.taken_fraction += rules.from_streets * new
    cases.taken = cases.taken_fraction.astype(np.int64)
    cases.taken_fraction -= cases.taken
    state.tally.unit["casework_new_minutes"][:n] += new - cases.taken
    state.tally.unit["casework_taken_minutes"][:n] += cases.taken


def ask_for_casework(state: State) -> None:
    """Let streets ask for casework on problems above their authority that have just failed (today's practice).

    Of the tickets that count for a street, were said to be not resolved and are not, and need more authority than a
    street has, a street sees so and asks with chance `casework_request`. The case goes to the district's
    caseworkers, or to the city's if that is its level, instead of waiting for the resident to file again; the resident
    remembers the failure. While an office's queue is `casework.queue_days` days of its work or longer it refuses, and
    life goes on as usual.
    """
    tickets, slots = state.tickets, state.today.failed
    chance = state.parameters.casework_request
    if chance <= 0.0:
        return
    slots = slots[(tickets.level[slots] > 0) & (tickets.unit[slots] < state.units.n_streets)]
    slots = slots[~tickets.resolved[slots]]
    asks = uniform(tickets.key[slots], Purpose.CASEWORK_REQUEST, tickets.attempt[slots]) < chance
    state.today.asked = slots = _accepted(state, slots[asks], state.rules.casework.queue_days)
    tickets.casework[slots] = REQUESTED


def escalate(state: State) -> None:
    """Take in the cases asked for today, and hand up what has come back for the n-th time (report 三(二)2).

    A ticket that a street closes unresolved after n − 1 returns or more, and that is recognised as a return of the same
    problem, is not called back: its next attempt, the n-th return, is casework at the district, or at the city if that
    is its level. While the office's queue is `escalation.queue_days` days of its work or longer, it is refused and
    called back like any other. `after` = 0 escalates nothing.
    """
    tickets, rules, slots = state.tickets, state.rules.escalation, state.closed
    handed = NO_SLOTS
    if rules.after > 0:
        up = (tickets.attempt[slots] >= rules.after) & ~tickets.resolved[slots]
        up &= tickets.unit[slots] < state.units.n_streets
        slots = slots[up]
        u = uniform(tickets.key[slots], Purpose.ESCALATION, tickets.attempt[slots])
        handed = _accepted(state, slots[u < state.parameters.escalation_recognition], rules.queue_days)
        tickets.casework[handed] = ESCALATED
        state.closed = state.closed[tickets.casework[state.closed] == 0]
        state.tally.count("escalated", tickets.unit[handed])
    _take_in(state, np.concatenate([state.today.asked, handed]))


def work_cases(state: State) -> None:
    """Spend the caseworkers' minutes of the day, each office's first in first out.

    Of the month's minutes each day has its whole part, and what streets give of them is owed by them day by day. A case
    takes ⌈`casework_minutes` × the problem's minutes⌉; minutes towards a case that is not finished are kept, those of
    an office with nothing waiting are idle. Chance of resolution = ceiling × (1 − e^(−skill · care)) of caseworkers;
    strategic residents refuse. The ticket then closes like any other and is called back. An office whose hours end
    closes its cases as failed. (Model: reforms, escalation.)
    """
    cases, rules = state.casework, state.rules.casework
    cases.minutes += state.part_of_today(cases.earned)
    if rules.from_streets > 0.0:
        state.units.owed[: state.units.n_streets] += state.part_of_today(cases.taken)
    hours = np.full(cases.n_districts + 1, rules.district_hours)
    hours[-1] = rules.city_hours
    ended = (hours == 0.0)[cases.office]
    slots, since, _ = cases.take(ended)
    state.tickets.quality[slots] = 0
    state.tickets.resolved[slots] = False
    _close(state, slots, since, np.zeros(len(slots), dtype=np.int64))
    done = cases.within_means()
    np.subtract.at(cases.minutes, cases.office[done], cases.cost[done])
    slots, since, cost = cases.take(done)
    cases.minutes[np.bincount(cases.office, minlength=len(hours)) == 0] = 0
    _resolve(state, slots)
    _close(state, slots, since, cost)


def _accepted(state: State, slots: Slots, queue_days: float) -> Slots:
    """Return those of `slots` whose offices take in cases today; count the others as refused."""
    rules, cases = state.rules.casework, state.casework
    hours = np.full(cases.n_districts + 1, rules.district_hours)
    hours[-1] = rules.city_hours
    a_day = hours * 60.0 * (cases.population / 1e6) / state.days
    full = (cases.backlog() >= queue_days * a_day)[_office(state, slots)]
    state.tally.count("casework_refused", state.tickets.unit[slots[full]])
    return slots[~full]


def _office(state: State, slots: Slots) -> Ints:
    """Return who works on each case: the district of the street that hands it up, or the city (the last)."""
    cases, tickets = state.casework, state.tickets
    return np.where(tickets.level[slots] > 1, cases.n_districts, cases.district[tickets.unit[slots]])


def _take_in(state: State, slots: Slots) -> None:
    """Let cases enter their queues as the next attempts of their problems, in key order; the clock starts anew."""
    tickets, tally = state.tickets, state.tally
    slots = slots[by_key(tickets.key[slots])]
    tickets.attempt[slots] += 1
    tickets.filed[slots] = tickets.contact[slots] = state.day
    tickets.due[slots] = state.day + state.kinds.deadline[tickets.category[slots]]
    tickets.copies[slots] = 0
    tickets.transfers[slots] = 0
    tickets.whistle[slots] = 0
    tally.count("casework_entered", tickets.unit[slots])
    cost = np.ceil(state.parameters.casework_minutes * tickets.minutes[slots]).astype(np.int64)
    tally.count("work_minutes", tickets.unit[slots], cost)
    state.casework.put(slots, _office(state, slots), state.day, cost)


def _resolve(state: State, slots: Slots) -> None:
    """Decide whether each case is really resolved; a solved one may lower the level of its type.

    With chance λ a solved case above the street's authority sets a precedent: `relief_problems` of the N problems of
    its type that need more authority than a street's in this year will need it no more, so the share that does falls by
    `relief_problems` ÷ N.
    """
    p, tickets, cases = state.parameters, state.tickets, state.casework
    quality = 1.0 - float(exp_neg(p.casework_skill * p.casework_care))
    chance = np.where(tickets.strategic[slots], 0.0, p.casework_ceiling * quality)
    keys, attempt = tickets.key[slots], tickets.attempt[slots]
    tickets.resolved[slots] = uniform(keys, Purpose.RESOLVE, attempt) < chance
    tickets.quality[slots] = min(np.floor(quality * 65536.0), 65535.0)
    solved = tickets.resolved[slots] & (tickets.level[slots] > 0)
    lowers = solved & (uniform(keys, Purpose.PRECEDENT, attempt) < state.rules.escalation.lowers_level)
    if lowers.any():
        number = np.bincount(tickets.category[slots[lowers]], minlength=state.kinds.n)
        fall = np.where(number > 0, number * p.relief_problems / np.maximum(cases.hard, 1e-300), 0.0)
        cases.level_left = np.maximum(0.0, cases.level_left - fall)
        state.relief.set("casework", cases.level_left)


def _close(state: State, slots: Slots, since: Ints, minutes: Ints) -> None:
    """Close cases today and count them for the streets that handed them up."""
    tickets, tally = state.tickets, state.tally
    tickets.closed[slots] = state.day
    unit, category, resolved = tickets.unit[slots], tickets.category[slots], tickets.resolved[slots]
    for name in ("closed", "casework_closed"):
        tally.count(name, unit)
    tally.count("closed_by_home", tickets.home[slots])
    for name in ("resolved", "casework_resolved"):
        tally.count(name, unit[resolved])
        tally.count_category(name, category[resolved])
    tally.count("overdue", unit[tickets.due[slots] < state.day])
    tally.count("casework_minutes", unit, minutes)
    tally.count_repeats("casework", tickets.attempt[slots], minutes)
    tally.count_category("closed", category)
    days = state.day - since
    tally.count("days", unit, days)
    tally.count("casework_days", unit, days)
    np.add.at(tally.days_to_close, np.minimum(days, DAYS - 1), 1)
    nth = np.minimum(tickets.attempt[slots], 10) - 1
    np.add.at(tally.attempts[0], nth, 1)
    np.add.at(tally.attempts[1], nth, minutes)
    state.closed = np.concatenate([state.closed, slots])
