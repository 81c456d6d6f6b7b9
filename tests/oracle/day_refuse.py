"""Refuse: strategic residents do not answer their office, which tries again in vain."""

from __future__ import annotations

from typing import Any


def refuse(model: Any) -> None:
    """Charge each office for further contacts with the strategic residents it first contacted today."""
    p = model.parameters
    for ticket in [ticket for office in model.offices for ticket in office.queue] + model.closed:
        if ticket.person.strategic and ticket.contact == model.day:
            model.happened["contacts tried in vain with a strategic resident"] += 1
            ticket.unit.owed += p.refusal_contacts * p.contact_minutes
            ticket.unit.book.count["refusal_minutes"] += p.refusal_contacts * p.contact_minutes
            model.book_minutes("contacts", ticket, p.refusal_contacts * p.contact_minutes)
