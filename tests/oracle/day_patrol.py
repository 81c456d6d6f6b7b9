"""Patrol: streets find some of the day's visible problems before anybody calls, and solve what they can of them."""

from __future__ import annotations

from typing import Any

from sim.luck import Purpose

from .chance import draw, e_minus
from .ticket import Ticket
from .units import Office


def streets_on_patrol(model: Any) -> set[Office]:
    """Return the streets that do not owe more minutes than their day has."""
    minutes, out = model.parameters.working_minutes, set()
    for street in model.streets:
        if street.owed <= street.staff * minutes * street.effort * street.works * street.handling:
            out.add(street)
        else:
            model.happened["a street owes too much to patrol"] += 1
    return out


def solved_on_patrol(model: Any, ticket: Ticket) -> bool:
    """Say whether a patrol of the street finds the problem and solves it; finding and working it cost minutes."""
    p, street, row = model.parameters, ticket.home, ticket.category.row
    visible = model.rules.patrol.coverage * ticket.category.visible
    if ticket.right is not street or draw(ticket.key, Purpose.PATROL) >= visible:
        return False
    minutes = p.patrol_minutes + street.minutes_at_its_skill(ticket)
    street.owed += minutes
    street.book.count["patrolled"] += 1
    street.book.count["patrol_minutes"] += minutes
    ceiling = (1.0, p.ceiling_district, p.ceiling_city)[ticket.level]
    chance = 0.0 if ticket.person.strategic else ceiling * (1.0 - e_minus(street.skill[row]))
    solved = draw(ticket.key, Purpose.PATROL_SOLVE) < chance
    street.book.count["patrol_solved"] += solved
    model.happened["a problem solved on patrol"] += solved
    model.happened["a problem found on patrol, but not solved"] += not solved
    return solved
