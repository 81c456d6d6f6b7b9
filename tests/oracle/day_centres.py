"""Joint review and districts' centres: what happens to a ticket before a unit signs for it."""

from __future__ import annotations

from typing import Any

from sim.luck import Purpose

from .chance import draw
from .day_dispatch import goes_astray, wrong_office


def review_jointly(model: Any) -> None:
    """Review unclear tickets in their turn; where it is no longer allowed, send what waits back to dispatch."""
    rules = model.rules.joint_review
    daily = rules.reviewer_minutes * (model.world.total / 1e6)
    if not rules.allowed or daily <= 0.0:
        model.happened["joint review ends: what waits goes back to dispatch"] += len(model.in_review) > 0
        model.entering += [ticket for ticket, _ in model.in_review]
        model.in_review.clear()
        model.review_minutes = 0.0
        return
    model.review_minutes += daily

    def ready() -> bool:
        return bool(model.in_review) and model.in_review[0][1] <= model.day - rules.review_days

    turns = int(model.review_minutes // rules.review_minutes)
    done = 0
    while ready() and done < turns:
        ticket, _ = model.in_review.popleft()
        done += 1
        ticket.unit = ticket.right
        if draw(ticket.key, Purpose.JOINT_REVIEW, ticket.serial) >= model.parameters.joint_review_accuracy:
            model.happened["an error of joint review"] += 1
            ticket.unit = wrong_office(model, ticket)
        model.happened["a ticket out of joint review"] += 1
        ticket.unit.book.count["joint_reviews"] += 1
        ticket.unit.book.count["joint_review_minutes"] += rules.review_minutes
        model.book_minutes("reviews", ticket, rules.review_minutes)
        model.book_of(ticket.category).count["joint_reviews"] += 1
        model.reviewed.append(ticket)
    model.review_minutes -= done * rules.review_minutes
    if ready():
        model.happened["unclear tickets waiting for reviewers"] += 1
    else:
        model.review_minutes = min(model.review_minutes, float(rules.review_minutes))


def ask_for_joint_review(model: Any) -> None:
    """Put today's unclear tickets into the queue of joint review as far as there is room, in key order."""
    rules, p = model.rules.joint_review, model.parameters
    daily = rules.reviewer_minutes * (model.world.total / 1e6)
    most = int(rules.queue_days * daily // rules.review_minutes)
    if not rules.allowed:
        return
    kept = []
    for ticket in sorted(model.entering, key=lambda ticket: ticket.key):
        astray = goes_astray(model, ticket)
        chance = p.unclear_recognition if astray else p.unclear_mistake
        unclear = draw(ticket.key, Purpose.UNCLEAR, ticket.serial) < chance
        if unclear and len(model.in_review) < most:
            model.happened["a clear ticket taken for unclear"] += not astray
            model.in_review.append((ticket, model.day))
        else:
            model.happened["no room in the queue of joint review"] += unclear
            kept.append(ticket)
    model.entering = kept


def by_district(model: Any) -> None:
    """Hand some of the tickets for streets to the street's district, and pass on those of yesterday."""
    passed, model.at_districts, straight = model.at_districts, [], []
    for ticket in model.routed:
        u = draw(ticket.key, Purpose.BY_DISTRICT, ticket.serial)
        if ticket.unit.is_street and u < model.rules.dispatch.by_district:
            model.at_districts.append(ticket)
        else:
            straight.append(ticket)
    for ticket in passed:
        knows = ticket.unit.district.accuracy[ticket.category.row]
        if draw(ticket.key, Purpose.DISTRICT_ROUTE, ticket.serial) < knows and ticket.misplaced:
            model.happened["a district's centre puts a dispatch right"] += 1
            ticket.unit = ticket.right
            ticket.unit.book.count["redirected"] += ticket.number
            model.book_of(ticket.category).count["redirected"] += 1
        model.happened["a district's centre passes a wrong dispatch on"] += ticket.misplaced
        ticket.unit.book.count["by_district"] += ticket.number
    model.routed = straight + passed
