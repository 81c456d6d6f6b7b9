"""Dispatch and dispute: which office gets the ticket, which objects, and how reviewers rule."""

from __future__ import annotations

from typing import Any

from sim.luck import Purpose

from .chance import draw, one_of
from .ticket import SERIALS, Ticket
from .units import Office


def rule_on_disputes(model: Any) -> None:
    """Rule on disputes in their turn while the reviewers' minutes last; their idle time is not saved up."""
    rules, p = model.rules.dispute, model.parameters
    model.dispute_minutes += rules.reviewer_minutes * (model.world.total / 1e6)

    def ready() -> bool:
        return bool(model.disputed) and model.disputed[0][1] <= model.day - rules.review_days

    turns = int(model.dispute_minutes // rules.review_minutes)
    ruled = 0
    while ready() and ruled < turns:
        ticket, since = model.disputed.popleft()
        ruled += 1
        error = draw(ticket.key, Purpose.DISPUTE_RULING, ticket.serial) < p.dispute_error
        model.happened["an error of the dispute reviewers"] += error
        if ticket.misplaced != error:
            model.happened["a dispute won"] += 1
            ticket.unit.book.count["disputes_won"] += ticket.number
            model.book_of(ticket.category).count["disputes_won"] += 1
            ticket.transfers += 1
            model.entering.append(ticket)
        else:
            model.happened["a dispute lost"] += 1
            ticket.due += model.day - since
            model.returned.append(ticket)
    model.dispute_minutes -= ruled * rules.review_minutes
    if ready():
        model.happened["disputes waiting for reviewers"] += 1
    else:
        model.dispute_minutes = min(model.dispute_minutes, float(rules.review_minutes))


def dispatch(model: Any) -> None:
    """Send today's tickets to the right office or, as the catalogue is accurate, to a plausible wrong one."""
    for ticket in model.entering:
        ticket.unit, category = ticket.right, model.book_of(ticket.category).count
        if draw(ticket.key, Purpose.ROUTE, ticket.serial) >= model.accuracy[ticket.category.row]:
            ticket.unit = wrong_office(model, ticket)
        ticket.contact = None
        ticket.due = model.day + ticket.category.deadline
        ticket.unit.book.count["received"] += ticket.number
        category["received"] += ticket.number
        if ticket.misplaced:
            ticket.home.book.count["wrong"] += ticket.number
            category["wrong"] += ticket.number
    model.arriving, model.entering = model.entering, []


def wrong_office(model: Any, ticket: Ticket) -> Office:
    """Return a plausible wrong office.

    A department's ticket goes to the resident's street; a street's to a department of the category, or else to a
    neighbour.
    """
    if not ticket.right.is_street:
        model.happened["a department's ticket at a street"] += 1
        return ticket.home
    share, departments, neighbours = (
        model.parameters.wrong_to_department,
        ticket.category.departments,
        ticket.home.neighbours,
    )
    u = draw(ticket.key, Purpose.WRONG_UNIT, ticket.serial)
    to_department = u < share
    u = u / share if to_department else (u - share) / (1.0 - share)
    if to_department and departments:
        model.happened["a street's ticket at a department"] += 1
        return model.departments[departments[one_of(len(departments), u)]]
    if neighbours:
        model.happened["a street's ticket at a neighbour"] += 1
        return neighbours[one_of(len(neighbours), u)]
    return ticket.home


def raise_disputes(model: Any) -> None:
    """Let offices object to what they take for wrong, if the chance to win is worth it to them; it costs minutes."""
    rules, p = model.rules.dispute, model.parameters
    if not rules.allowed:
        return
    kept, sent = [], []
    for ticket in model.arriving:
        chance = p.dispute_recognition if ticket.misplaced else p.dispute_mistake
        believes = draw(ticket.key, Purpose.BELIEF_DISPUTE, ticket.serial) < chance
        worth_it = 1.0 - p.dispute_error >= ticket.unit.dispute_above
        if believes and worth_it and ticket.transfers < SERIALS - 1:
            sent.append(ticket)
        else:
            kept.append(ticket)
    for ticket in sorted(sent, key=lambda ticket: ticket.key):
        model.happened["a right dispatch disputed by mistake"] += not ticket.misplaced
        model.happened["a ticket disputed again after a transfer"] += ticket.transfers > 0
        model.disputed.append((ticket, model.day))
        ticket.unit.book.count["disputes"] += 1
        ticket.unit.book.count["dispute_minutes"] += p.dispute_minutes
        ticket.unit.owed += p.dispute_minutes
    model.arriving = kept


def learn_catalogue(model: Any) -> None:
    """Let the catalogue learn from disputes that were won, and be overtaken by new kinds of request (monthly)."""
    p = model.parameters
    whole = model.city.base_population / max(1, model.world.total)  # as if this city were the whole of its base city
    least, most = min(0.3, p.accuracy_start), max(0.995, p.accuracy_start)
    for category in model.world.categories:
        returned = model.book_of(category).count["disputes_won"] * whole / 1000.0
        closed = min(1.0, model.rules.dispatch.learning * returned)
        old = model.accuracy[category.row]
        model.accuracy[category.row] = min(most, max(least, old + closed * (1.0 - old) - p.accuracy_decay))
