"""Duplicate: residents of open tickets file once more, and the centre merges what it recognises."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose

from .chance import draw, ln
from .ticket import Ticket

LONGEST = 30_000
MOST = 255  # copies that a ticket can stand for; further ones are recognised


def duplicate(model: Any) -> None:
    """Go through all open tickets; then set for today's and these the day of the next filing."""
    p = model.parameters
    if p.duplicate_hazard <= 0.0:
        return
    at_centres = [ticket for ticket, _ in model.in_review] + model.at_districts
    still = [ticket for office in model.offices for ticket in office.queue] + [ticket for ticket, _ in model.disputed]
    again = [ticket for ticket in still + at_centres if ticket.refiles == model.day]
    for ticket in sorted(again, key=lambda ticket: ticket.key):
        file_once_more(model, ticket, at_unit=ticket not in at_centres)
    for ticket in again + model.entering:
        u = draw(ticket.key, Purpose.DUPLICATE, model.day)
        ticket.refiles = model.day + 1 + min(math.floor(-ln(1.0 - u) / p.duplicate_hazard), LONGEST)


def file_once_more(model: Any, ticket: Ticket, at_unit: bool) -> None:
    """Merge the duplicate, or let it stand as another ticket; units work on it only once they hold the ticket."""
    p, count, minutes = model.parameters, ticket.home.book.count, model.parameters.contact_minutes
    count["duplicates"] += 1
    if draw(ticket.key, Purpose.MERGE, model.day) < p.duplicate_recognition or ticket.copies == MOST:
        model.happened["a duplicate merged"] += 1
        count["merged"] += 1
        count["centre_minutes"] += p.duplicate_minutes
        minutes = p.duplicate_minutes
        ticket.person.resent(p.duplicate_grievance)
    else:
        model.happened["a duplicate not recognised"] += 1
        ticket.copies += 1
        if at_unit:
            ticket.unit.book.count["received"] += 1
            model.book_of(ticket.category).count["received"] += 1
        if at_unit and ticket.misplaced:
            model.happened["a duplicate at a wrong office"] += 1
            count["wrong"] += 1
            model.book_of(ticket.category).count["wrong"] += 1
    model.happened["a duplicate of a ticket at a centre"] += not at_unit
    if at_unit:
        ticket.unit.owed += minutes
        ticket.unit.book.count["merge_minutes"] += minutes
        model.book_minutes("contacts", ticket, minutes)
