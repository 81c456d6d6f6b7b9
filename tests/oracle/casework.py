"""Casework and escalation: cases that streets ask for or hand up, and caseworkers who work them one by one."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose

from .chance import draw, e_minus
from .day_answers import RESOLVED
from .ticket import Ticket
from .units import Desk

LONGEST = 63  # the last cell of the histogram of days to closing


def hard_problems(model: Any) -> list[float]:
    """Return how many problems of each category need more than a street's authority in this year."""
    year, world, demand = model.date.year, model.world, model.parameters.demand
    if year not in model.hard:
        requests = world.year_requests(year)
        above = [demand * c.level_above for c in world.categories]
        model.hard[year] = [math.fsum(row[c.row] for row in requests) * above[c.row] for c in world.categories]
    found: list[float] = model.hard[year]
    return found


def hours_of(model: Any, desk: Desk) -> float:
    """Return the rule's hours a month per million residents."""
    rules = model.rules.casework
    return rules.city_hours if desk is model.desks[-1] else rules.district_hours


def takes_in(model: Any, desk: Desk, queue_days: float) -> bool:
    """Say whether the desk's queue is shorter than so many days of its work."""
    if desk is model.desks[-1]:
        people = sum(model.world.population)
    else:
        people = sum(n for n, s in zip(model.world.population, model.streets, strict=True) if s.district.desk is desk)
    a_day = hours_of(model, desk) * 60.0 * (people / 1e6) / model.days
    return sum(cost_of(model, ticket) for ticket in desk.cases) < queue_days * a_day


def cost_of(model: Any, ticket: Ticket) -> int:
    """Return the caseworkers' minutes that a case takes."""
    return math.ceil(model.parameters.casework_minutes * ticket.minutes)


def desk_of(model: Any, ticket: Ticket) -> Desk:
    """Return who would work on it: the district of the street that hands it up, or the city."""
    return model.desks[-1] if ticket.level == 2 else ticket.unit.district.desk


def accepted(model: Any, tickets: list[Ticket], queue_days: float) -> list[Ticket]:
    """Return those whose desks take in cases today."""
    is_open = {desk: takes_in(model, desk, queue_days) for desk in model.desks}
    for ticket in tickets:
        if not is_open[desk_of(model, ticket)]:
            model.happened["casework refused"] += 1
            ticket.unit.book.count["casework_refused"] += 1
    return [ticket for ticket in tickets if is_open[desk_of(model, ticket)]]


def ask_for_casework(model: Any) -> None:
    """Let streets ask for casework on problems above their authority that have just failed."""
    asking = []
    for found in model.calls:
        ticket = found.ticket
        failed = found.reached and found.own and not found.claimed and not found.answers & RESOLVED
        u = draw(ticket.key, Purpose.CASEWORK_REQUEST, ticket.attempt)
        if failed and not ticket.resolved and ticket.above and u < model.parameters.casework_request:
            asking.append(ticket)
    model.asked = accepted(model, asking, model.rules.casework.queue_days)
    for ticket in model.asked:
        ticket.casework = 1
        model.happened["casework on request"] += 1


def escalate(model: Any) -> None:
    """Hand up what a street closes unresolved after too many returns; then let all new cases enter their queues."""
    after, going = model.rules.escalation.after, []
    for ticket in model.closed:
        recognised = draw(ticket.key, Purpose.ESCALATION, ticket.attempt) < model.parameters.escalation_recognition
        too_often = after > 0 and ticket.attempt >= after
        if too_often and recognised and ticket.unit.is_street and not ticket.resolved:
            going.append(ticket)
    going = accepted(model, going, model.rules.escalation.queue_days)
    for ticket in going:
        model.happened["a return escalated"] += 1
        model.closed.remove(ticket)
        ticket.casework = 2
        ticket.unit.book.count["escalated"] += 1
    for ticket in sorted(model.asked + going, key=lambda ticket: ticket.key):
        ticket.attempt += 1
        ticket.filed = ticket.contact = model.day
        ticket.due = model.day + ticket.category.deadline
        ticket.copies = ticket.transfers = 0
        ticket.right_came = ticket.above_came = False
        ticket.unit.book.count["casework_entered"] += 1
        ticket.unit.book.count["work_minutes"] += math.ceil(model.parameters.casework_minutes * ticket.minutes)
        desk_of(model, ticket).cases.append(ticket)
    model.asked = []


def plan(model: Any) -> None:
    """Set the desks' minutes of the coming month, which come in by street, and what the streets give of them."""
    rules = model.rules.casework
    for desk in model.desks:
        desk.earned = 0
    for street, people in zip(model.streets, model.world.population, strict=True):
        desks = ((street.district.desk, rules.district_hours), (model.desks[-1], rules.city_hours))
        earned = 0
        for row, (desk, hours) in enumerate(desks):
            exact = street.casework_fraction[row] + 60.0 * hours * (people / 1e6)
            minutes = math.floor(exact)
            street.casework_fraction[row] = exact - minutes
            desk.earned += minutes
            earned += minutes
        exact = street.casework_taken + rules.from_streets * earned
        street.casework_given = math.floor(exact)
        street.casework_taken = exact - street.casework_given
        model.happened["streets give hours to casework"] += street.casework_given > 0
        model.happened["caseworkers have hours of their own"] += earned > street.casework_given
        street.book.count["casework_taken_minutes"] += street.casework_given
        street.book.count["casework_new_minutes"] += earned - street.casework_given


def part_of_today(model: Any, month: int) -> int:
    """Return the whole minutes that today has of a month's."""
    day = model.date.day
    return month * day // model.days - month * (day - 1) // model.days


def work_cases(model: Any) -> None:
    """Let every desk take its minutes of the day and work its cases while they last."""
    for street in model.streets:
        street.owed += part_of_today(model, street.casework_given)
    for desk in model.desks:
        desk.minutes += part_of_today(model, desk.earned)
        while desk.cases and hours_of(model, desk) == 0.0:
            model.happened["casework ends with cases waiting"] += 1
            close(model, desk.cases.popleft(), False, 0, 0)
        while desk.cases and cost_of(model, desk.cases[0]) <= desk.minutes:
            ticket = desk.cases.popleft()
            desk.minutes -= cost_of(model, ticket)
            work(model, ticket)
        if desk.cases:
            model.happened["cases waiting for caseworkers"] += 1
        else:
            desk.minutes = 0
    if model.precedents:
        set_precedents(model)


def work(model: Any, ticket: Ticket) -> None:
    """Work one case to its end, with the caseworkers' skill and care."""
    p = model.parameters
    quality = 1.0 - e_minus(p.casework_skill * p.casework_care)
    chance = 0.0 if ticket.person.strategic else p.casework_ceiling * quality
    resolved = draw(ticket.key, Purpose.RESOLVE, ticket.attempt) < chance
    lowers = draw(ticket.key, Purpose.PRECEDENT, ticket.attempt) < model.rules.escalation.lowers_level
    if resolved and ticket.level > 0 and lowers:
        model.happened["a solved case lowers the level of its type"] += 1
        model.precedents[ticket.category.row] += 1
    close(model, ticket, resolved, min(math.floor(quality * 65536.0), 65535), cost_of(model, ticket))


def set_precedents(model: Any) -> None:
    """Let today's precedents lower the share of problems of their types that need more than a street's authority."""
    for row, number in model.precedents.items():
        fall = number * model.parameters.relief_problems / hard_problems(model)[row]
        model.level_left[row] = max(0.0, model.level_left[row] - fall)
    for street in model.streets:
        street.relief["casework"] = model.level_left
    model.precedents.clear()


def close(model: Any, ticket: Ticket, resolved: bool, quality: int, minutes: int) -> None:
    """Close a case today; it counts for the street that handed it up."""
    days, nth = model.day - ticket.filed, min(ticket.attempt, 10)
    ticket.closed, ticket.resolved, ticket.quality = model.day, resolved, quality
    count, category = ticket.unit.book.count, model.book_of(ticket.category).count
    category["closed"] += 1
    ticket.home.book.count["closed_by_home"] += 1
    for name in ("closed", "casework_closed"):
        count[name] += 1
    for name in ("resolved", "casework_resolved"):
        count[name] += resolved
        category[name] += resolved
    count["overdue"] += ticket.due < model.day
    count["casework_minutes"] += minutes
    model.book_minutes("casework", ticket, minutes)
    count["days"] += days
    count["casework_days"] += days
    model.days_to_close[min(days, LONGEST)] += 1
    model.closed_by_attempt[nth] += 1
    model.minutes_by_attempt[nth] += minutes
    model.closed.append(ticket)
