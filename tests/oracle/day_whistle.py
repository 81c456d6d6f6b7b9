"""Whistle: who must lead what it cannot solve alone calls in another office, which comes unless overburdened."""

from __future__ import annotations

from typing import Any

from sim.luck import Purpose

from .chance import draw, one_of
from .ticket import Ticket
from .units import Office


def whistle(model: Any) -> None:
    """Let offices whistle about today's tickets; what is owed counts as it was before the first whistle."""
    p = model.parameters
    if not model.rules.whistle.allowed:
        return
    owed = {office: office.owed for office in model.offices}
    for ticket in model.arriving + model.returned:
        called, lead = whom(model, ticket), ticket.unit
        if called is None:
            continue
        lead.owed += p.lead_minutes
        lead.book.count["whistles"] += 1
        lead.book.count["whistle_minutes"] += p.lead_minutes
        model.book_minutes("whistles", ticket, p.lead_minutes)
        works = called.staff * p.working_minutes * called.effort * called.works * called.handling
        if called.backlog + owed[called] > p.whistle_patience * works:
            model.happened["nobody comes to a whistle"] += 1
            continue
        called.owed += p.called_minutes
        called.book.count["whistle_minutes"] += p.called_minutes
        model.book_minutes("whistles", ticket, p.called_minutes)
        called.book.count["whistles_called"] += 1
        lead.book.count["whistles_answered"] += 1
        ticket.right_came, ticket.above_came = called is ticket.right, not called.is_street
        model.happened["the right office comes"] += ticket.right_came
        model.happened["an office with authority comes"] += ticket.above_came and not ticket.right_came


def whom(model: Any, ticket: Ticket) -> Office | None:
    """Return the office that is called about a ticket, if any."""
    p, category = model.parameters, ticket.category
    if ticket.misplaced and draw(ticket.key, Purpose.BELIEF_DISPUTE, ticket.serial) < p.dispute_recognition:
        return ticket.right
    bodies = category.departments + category.enterprises
    u = draw(ticket.key, Purpose.AUTHORITY, ticket.serial)
    if ticket.above and u < p.authority_recognition and bodies:
        return model.departments[bodies[one_of(len(bodies), u / p.authority_recognition)]]
    return None
