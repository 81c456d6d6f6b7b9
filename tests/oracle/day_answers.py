"""Call back and come back: what residents answer, what they remember, and whether they file again."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose

from .chance import draw, ln
from .ticket import Call, Ticket

RESPONDED, RESOLVED, SATISFIED = 1, 2, 4
LONGEST = 255  # days before filing again
GIVES_UP, FILES_AGAIN, CASE, RELAPSES = range(1, 5)  # what follows a call-back; 0 is nothing
WINDOW = 180  # days in which a problem's fate is counted for its month of origin


def call_back(model: Any) -> None:
    """Call back the residents of yesterday's closed tickets, in key order, and count what they say."""
    model.calls = [call(model, ticket) for ticket in sorted(model.closed, key=lambda ticket: ticket.key)]
    model.closed = []
    called = set()
    for found in model.calls:
        ticket, book = found.ticket, found.ticket.unit.book
        model.happened["a ticket called back for its duplicates too"] += ticket.copies > 0
        model.happened["two call-backs of one person on a day"] += ticket.person in called
        called.add(ticket.person)
        if not found.reached:
            book.count["not_reached"] += ticket.number
            continue
        table = book.answers if found.own else book.handed
        table[found.answers] += ticket.number
        if found.own and (ticket.person.strategic or ticket.misplaced or ticket.above):
            book.undeserved[found.answers] += ticket.number
        book.count["reached_resolved"] += ticket.number * ticket.resolved
        category = model.book_of(ticket.category).count
        category["reached"] += ticket.number
        category["said_resolved"] += ticket.number * bool(found.answers & RESOLVED)


def call(model: Any, ticket: Ticket) -> Call:
    """Ask the three questions; a strategic resident answers no three times."""
    p, person, key, attempt = model.parameters, ticket.person, ticket.key, ticket.attempt
    grievance = person.grievance
    in_time = ticket.contact is not None and ticket.contact <= ticket.due
    responded = in_time and draw(key, Purpose.CONFIRM, attempt) < p.confirm
    misreported = draw(key, Purpose.MISREPORT, attempt) < p.misreport
    if ticket.resolved:
        at_best = p.satisfied_resolved * (1.0 - 0.5 * grievance)
    elif ticket.contact is not None:
        at_best = p.satisfied_unresolved * (ticket.quality / 65536.0) * (1.0 - grievance)
    else:
        at_best = 0.0
    late = min(1.0, max(0.0, (ticket.closed - ticket.due) / ticket.category.deadline))
    chance = at_best * (1.0 - p.late_effect * late) * (1.0 - p.expectation * ticket.home.expected)
    satisfied = draw(key, Purpose.SATISFY, attempt) < chance
    if person.strategic:
        responded = satisfied = says_resolved = False
    else:
        says_resolved = ticket.resolved != misreported
    answers = RESPONDED * responded + RESOLVED * says_resolved + SATISFIED * satisfied
    covered = draw(key, Purpose.COVERAGE, attempt) < model.rules.call_back.coverage
    reached = covered and draw(key, Purpose.REACH, attempt) < p.reach
    model.happened["not covered by call-backs"] += not covered
    model.happened["called back, but not reached"] += covered and not reached
    model.happened["a strategic resident called back"] += reached and person.strategic
    own = counts_for_the_unit(model, ticket)
    ticket.casework = 0
    return Call(ticket, attempt, reached, answers, satisfied, grievance, person.trust, own)


def counts_for_the_unit(model: Any, ticket: Ticket) -> bool:
    """Say whether the call-back counts for the unit, or after casework, by lot, for its district."""
    if not ticket.casework:
        return True
    part = model.rules.casework if ticket.casework == 1 else model.rules.escalation
    own = draw(ticket.key, Purpose.CASEWORK_LOT, ticket.attempt) < part.street_share
    model.happened["a call-back after casework counts for the district"] += not own
    return own


def come_back(model: Any) -> None:
    """Let everybody called back today decide on the mood of the morning, and remember how it ended."""
    for found in model.calls:
        decide(model, found)
    for found in model.calls:
        count = found.ticket.home.book.count
        count["trust"] += found.ticket.person.trust_units
        count["trust_n"] += 1


def decide(model: Any, found: Call) -> None:
    """Let one resident give up, let it rest, or file again some days later."""
    p, ticket = model.parameters, found.ticket
    lets_go = p.give_up * (1.0 - ticket.person.patience) * max(0.0, found.trust - 0.1)
    gives_up = not ticket.resolved and draw(ticket.key, Purpose.GIVE_UP, ticket.attempt) < lets_go
    again = (p.return_street, p.return_district, p.return_city)[ticket.level]
    again += p.return_grievance * found.grievance
    if ticket.person.listed and model.rules.key_complainants.hours > 0.0:
        again += p.listed_rewards
    again = min(p.return_most, again)
    if ticket.resolved:
        again *= 0.0 if found.satisfied else p.return_dissatisfied
    gives_up = gives_up and not ticket.casework
    ticket.person.remember(ticket.resolved, gives_up)
    if ticket.resolved and not ticket.ever_resolved:
        ticket.ever_resolved = True
        model.cohort("resolved", ticket.first_day, ticket.home)
    if gives_up:
        model.happened["a resident gave up"] += 1
        found.follows = GIVES_UP
        ticket.home.book.count["gave_up"] += 1
    elif ticket.casework:
        found.follows = CASE
        return
    elif draw(ticket.key, Purpose.RETURN, ticket.attempt) < again:
        model.happened["resolved, but files again"] += ticket.resolved
        u = draw(ticket.key, Purpose.WAIT, ticket.attempt)
        wait = 2 + math.floor(p.return_days * -ln(1.0 - u))
        model.waiting[model.day + min(wait, LONGEST)].append(ticket)
        found.follows = FILES_AGAIN
        return
    if ticket.resolved and relapse(model, ticket):
        found.follows = RELAPSES


def relapse(model: Any, ticket: Ticket) -> bool:
    """Let a problem that was solved with little care come up again on one of the next 90 days; say whether it will."""
    chance = model.parameters.relapse * (1.0 - ticket.quality / 65536.0)
    if draw(ticket.key, Purpose.RELAPSE, ticket.attempt) >= chance:
        return False
    model.happened["a solved problem relapses"] += 1
    ticket.home.book.count["relapses"] += 1
    wait = 1 + math.floor(draw(ticket.key, Purpose.RELAPSE_WAIT, ticket.attempt) * 90)
    model.waiting[model.day + wait].append(ticket)
    return True


def file_again(model: Any) -> None:
    """File today's returning problems as new tickets of the same problem."""
    for ticket in model.waiting.pop(model.day, []):
        model.happened["a problem filed again"] += 1
        model.cohort("repeats", ticket.closed, ticket.home)
        ticket.attempt += 1
        ticket.filed = model.day
        ticket.transfers = ticket.copies = 0
        ticket.home.book.count["repeats"] += 1
        model.book_of(ticket.category).count["repeats"] += 1
        model.entering.append(ticket)
