"""Handle: offices take in tickets, contact residents and work ticket by ticket while the day's minutes last."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose

from . import stakes
from .chance import draw, e_minus
from .ticket import Ticket
from .units import WINDOW, Office

SMOOTH = 7  # days in which an office means to work off its backlog
GRAIN = 64  # care is in 1/64
LONGEST = 63  # the last cell of the histogram of days to closing


def close_overdue(model: Any) -> None:
    """Close as failed, without work, what is unfinished long after its deadline."""
    limit = model.day - model.rules.handling.close_after
    for office in model.offices:
        for ticket in [ticket for ticket in office.queue if ticket.due < limit]:
            office.queue.remove(ticket)
            model.happened["an expired ticket closed as failed"] += 1
            ticket.quality, ticket.resolved = 0, False
            office.book.count["unworked"] += ticket.number
            close(model, ticket, 0)


def enter_queue(model: Any) -> None:
    """Let today's tickets, dispatched or back from a lost dispute, enter their offices' queues in key order."""
    model.arrived_today = dict.fromkeys(model.offices, 0)
    for ticket in sorted(model.arriving + model.returned, key=lambda ticket: ticket.key):
        ticket.work = ticket.unit.minutes_at_its_skill(ticket)
        model.arrived_today[ticket.unit] += ticket.work
        ticket.unit.book.count["work_minutes"] += ticket.work
        ticket.unit.book.count["fresh_minutes"] += ticket.work if ticket.attempt == 1 else 0
        ticket.unit.queue.append(ticket)
    model.arriving, model.returned = [], []


def handle(model: Any) -> None:
    """Let every office spend its day: disputes, first contacts, then tickets by days left and queue order."""
    for office in model.offices:
        spend_day(model, office, model.arrived_today[office])


def spend_day(model: Any, office: Office, arrived: int) -> None:
    """Spend one office's minutes of the day; what is left before a ticket that does not fit is carried over."""
    p, count = model.parameters, office.book.count
    exact = office.staff * p.working_minutes * office.effort * office.works * office.handling + office.fraction
    capacity = math.floor(exact)
    office.fraction = exact - capacity
    standing = standing_care(model, office, capacity, arrived)
    care = stakes.care_by_class(model, office, standing)
    minutes = capacity + office.carry - office.owed
    office.owed = max(0, -minutes)
    minutes = max(0, minutes)
    spent = contact(model, office, minutes) * p.contact_minutes
    left = serve(model, office, minutes - spent, care)
    office.carry = left if office.queue else 0
    count["available_minutes"] += capacity
    count["contact_minutes"] += spent
    count["idle_minutes"] += left - office.carry
    if office.queue and standing == int(p.care_min * GRAIN):
        model.happened["overload: tickets wait at the least care"] += 1
    if not office.queue and left and standing == int(p.care_max * GRAIN):
        model.happened["slack: idle at the most care"] += 1


def standing_care(model: Any, office: Office, capacity: int, arrived: int) -> int:
    """Return the care of the day in 1/64: capacity over arriving minutes (28-day mean) and a seventh of the backlog."""
    p = model.parameters
    waiting = office.backlog - arrived  # the tickets that entered today are in the arriving minutes
    office.arriving.append(arrived)
    load = SMOOTH * sum(office.arriving) + WINDOW * waiting  # in 1/196 minute a day
    care = GRAIN * WINDOW * SMOOTH * capacity // max(1, load)
    return min(max(care, int(p.care_min * GRAIN)), int(p.care_max * GRAIN))


def contact(model: Any, office: Office, minutes: int) -> int:
    """Contact waiting residents for the first time, in queue order, while the minutes last; return how many."""
    new, cost = [ticket for ticket in office.queue if ticket.contact is None], model.parameters.contact_minutes
    allowed = minutes // cost if cost else len(new)
    for ticket in new[:allowed]:
        ticket.contact = model.day
        model.book_minutes("contacts", ticket, cost)
    model.happened["no minutes for a first contact"] += len(new) > allowed
    return min(len(new), allowed)


def serve(model: Any, office: Office, minutes: int, care: list[int]) -> int:
    """Work tickets by days left and queue order until the next does not fit; return the minutes left."""
    for ticket in sorted(office.queue, key=lambda ticket: ticket.due):
        given = care[ticket.stake]
        cost = math.ceil(given * ticket.work / GRAIN)
        if cost > minutes:
            model.happened["a ticket does not fit any more"] += 1
            break
        minutes -= cost
        office.queue.remove(ticket)
        work(model, ticket, given / GRAIN)
        close(model, ticket, cost)
    return minutes


def work(model: Any, ticket: Ticket, care: float) -> None:
    """Decide whether the problem is really resolved, and what care the resident saw.

    Chance = ceiling × (1 − e^(−skill · care)): the ceiling is 1 with authority; most is lost at the wrong office, all
    with a strategic resident; who came to a whistle helps as far as the office is coordinated with the rest.
    """
    p, office, row = model.parameters, ticket.unit, ticket.category.row
    quality = 1.0 - e_minus(office.skill[row] * care)
    ceiling, loss = 1.0, p.wrong_loss
    if ticket.above:
        ceiling = (p.ceiling_district, p.ceiling_city)[ticket.level - 1]
        if ticket.above_came:
            ceiling += office.coordination * (max(ceiling, p.ceiling_best) - ceiling)
    if ticket.right_came:
        loss *= 1.0 - office.coordination
    chance = ceiling * quality
    if ticket.misplaced:
        chance *= 1.0 - loss
    if ticket.person.strategic:
        model.happened["a ticket of a strategic resident worked"] += 1
        chance = 0.0
    ticket.resolved = draw(ticket.key, Purpose.RESOLVE, ticket.attempt) < chance
    ticket.quality = min(math.floor(quality * 65536.0), 65535)
    if ticket.contact is None:
        model.happened["worked without a first contact before"] += 1
        ticket.contact = model.day
    office.book.worked[row] += 1


def close(model: Any, ticket: Ticket, minutes: int) -> None:
    """Close the ticket today and count it; `minutes` is the handling it took."""
    ticket.closed = model.day
    days = model.day - ticket.filed
    count, category = ticket.unit.book.count, model.book_of(ticket.category).count
    count["closed"] += ticket.number
    ticket.home.book.count["closed_by_home"] += ticket.number
    count["resolved"] += ticket.number * ticket.resolved
    count["overdue"] += ticket.number * (ticket.due < model.day)
    count["handled_minutes"] += minutes
    count["repeat_minutes"] += minutes if ticket.attempt > 1 else 0
    count["days"] += days
    category["closed"] += ticket.number
    category["resolved"] += ticket.number * ticket.resolved
    category["handled_minutes"] += minutes
    model.days_to_close[min(days, LONGEST)] += 1
    model.closed_by_attempt[min(ticket.attempt, 10)] += 1
    model.minutes_by_attempt[min(ticket.attempt, 10)] += minutes
    model.closed.append(ticket)
