"""Dispatch and dispute: which office gets the ticket, which objects, and how reviewers rule."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose

from .chance import draw, one_of
from .ticket import SERIALS, Ticket
from .units import Office


def rule_on_disputes(model: Any) -> None:
    """Rule on disputes in their turn while the reviewers' minutes last; their idle time is not saved up."""
    rules, p = model.rules.dispute, model.parameters
    if rules.reviewer_minutes <= 0.0:
        model.happened["no dispute reviewers any more"] += bool(model.disputed)
        for ticket, since in model.disputed:
            ticket.due += model.day - since
            model.returned.append(ticket)
        model.disputed.clear()
        model.dispute_minutes = 0.0
        return
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
            ticket.home.book.count["disputes_won_by_home"] += ticket.number
            model.book_of(ticket.category).count["disputes_won"] += 1
            if ticket.unit.is_street:
                ticket.unit.district.returned[ticket.category.row] += 1
            ticket.transfers += 1
            model.entering.append(ticket)
        else:
            model.happened["a dispute lost"] += 1
            model.book_of(ticket.category).count["odd_wrong"] += ticket.misplaced
            ticket.unit.book.count["odd"] += 1
            ticket.in_vain = ticket.attempt
            ticket.due += model.day - since
            model.returned.append(ticket)
    model.dispute_minutes -= ruled * rules.review_minutes
    if ready():
        model.happened["disputes waiting for reviewers"] += 1
    else:
        model.dispute_minutes = min(model.dispute_minutes, float(rules.review_minutes))


def dispatch(model: Any) -> None:
    """Choose the right office or, as the catalogue is accurate, a plausible wrong one."""
    for ticket in model.entering:
        ticket.unit = wrong_office(model, ticket) if goes_astray(model, ticket) else ticket.right
    model.routed, model.entering = model.entering, []


def goes_astray(model: Any, ticket: Ticket) -> bool:
    """Say whether the catalogue would send the ticket to a wrong office."""
    return draw(ticket.key, Purpose.ROUTE, ticket.serial) >= model.accuracy[ticket.category.row]


def sign_for(model: Any) -> None:
    """Let offices sign for what reaches them today; now the clock starts."""
    for ticket in model.routed + model.reviewed:
        category = model.book_of(ticket.category).count
        ticket.contact = None
        ticket.right_came = ticket.above_came = False
        ticket.due = model.day + ticket.category.deadline
        ticket.unit.book.count["received"] += ticket.number
        category["received"] += ticket.number
        if ticket.misplaced:
            ticket.home.book.count["wrong"] += ticket.number
            category["wrong"] += ticket.number
    model.arriving = model.routed + model.reviewed
    model.routed, model.reviewed = [], []


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
    if not rules.allowed or rules.reviewer_minutes <= 0.0:
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
        model.book_minutes("reviews", ticket, p.dispute_minutes)
        ticket.unit.owed += p.dispute_minutes
    model.arriving = kept


def label(model: Any) -> None:
    """Let analysts look at what was disputed in vain or put up for exclusion, as hours allow; what is wrong teaches."""
    rules = model.rules.dispatch
    found = sum(office.book.count["odd"] for office in model.offices)
    able = int(rules.label_hours * 60.0 * (model.world.total / 1e6) // rules.label_minutes)
    share = min(found, able) / max(1, found)
    model.happened["analysts label all they find"] += 0 < found <= able
    model.happened["analysts label a part of what they find"] += 0 < able < found
    model.labelled = [model.book_of(category).count["odd_wrong"] * share for category in model.world.categories]
    for office in model.offices:
        count = office.book.count
        count["label_minutes"] += math.floor(count["odd"] * share * rules.label_minutes)


def learn_catalogue(model: Any) -> None:
    """Let the catalogues learn from labelled tickets, and be overtaken by new kinds of request (monthly).

    The city's labels: disputes won, joint reviews, and what districts put right; a district's: disputes won by its
    streets; both as if the city or the district were the whole of its base city.
    """
    base, p = model.city.base_population, model.parameters
    whole = base / max(1, model.world.total)  # as if this city were the whole of its base city
    for category in model.world.categories:
        count = model.book_of(category).count
        labelled = count["disputes_won"] + count["joint_reviews"] + count["redirected"] + model.labelled[category.row]
        relearn(model, model.accuracy, category.row, labelled * whole / 1000.0, p.accuracy_start)
    for district in model.districts:
        people = sum(model.world.population[street.row] for street in model.streets if street.district is district)
        for category in model.world.categories:
            returned = district.returned[category.row] * (base / max(1, people)) / 1000.0
            relearn(model, district.accuracy, category.row, returned, p.district_accuracy_start)
        district.returned.clear()


def relearn(model: Any, accuracy: list[float], row: int, thousands: float, first: float) -> None:
    """Move one accuracy: labels close a part of the gap, new kinds of request open it."""
    least, most, old = min(0.3, first), max(0.995, first), accuracy[row]
    closed = min(1.0, model.rules.dispatch.learning * thousands)
    accuracy[row] = min(most, max(least, old + closed * (1.0 - old) - model.parameters.accuracy_decay))
