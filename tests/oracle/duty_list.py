"""Duty list: call-backs of what is not a street's duty are claimed, reviewed in turn, and leave its score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.luck import Purpose

from .chance import draw
from .ticket import Ticket
from .units import Office
from .world import Category


@dataclass(slots=True, eq=False)
class Claim:
    """A call-back under review by the duty list; it outlives the ticket."""

    day: int
    month: int
    key: int
    attempt: int
    unit: Office
    category: Category
    answers: int
    number: int  # of tickets
    truly: bool  # not the street's duty
    undeserved: bool


def no_duty(model: Any, ticket: Ticket) -> bool:
    """Say whether the list, as it is read, takes the ticket for none of its street's duty."""
    if not (model.rules.duty_list.in_force and ticket.unit.is_street):
        return False
    wrong = draw(ticket.key, Purpose.DUTY_READING, ticket.serial) < model.parameters.duty_error
    model.happened["the duty list read wrongly"] += wrong
    return ticket.misplaced != wrong


def claim_by_duty_list(model: Any) -> None:
    """Put what counts for a street, and is none of its duty by the list, under review."""
    for found in model.calls:
        ticket = found.ticket
        if found.reached and found.own and no_duty(model, ticket):
            found.claimed = True
            ticket.unit.book.count["duty_claims"] += 1
            model.duty_reviews.append(
                Claim(
                    day=model.day,
                    month=model.month,
                    key=ticket.key,
                    attempt=ticket.attempt,
                    unit=ticket.unit,
                    category=ticket.category,
                    answers=found.answers,
                    number=ticket.number,
                    truly=ticket.misplaced,
                    undeserved=ticket.misplaced or ticket.person.strategic or ticket.above,
                )
            )


def rule_by_duty_list(model: Any) -> None:
    """Review claims in their turn while the reviewers' minutes last; their idle time is not saved up."""
    rules = model.rules.duty_list
    if not rules.in_force and not model.duty_reviews:
        return
    model.duty_minutes += rules.reviewer_minutes * (model.world.total / 1e6)
    turns = int(model.duty_minutes // rules.review_minutes)
    ruled = 0

    def ready() -> bool:
        return bool(model.duty_reviews) and model.duty_reviews[0].day <= model.day - rules.review_days

    while ready() and ruled < turns:
        ruled += 1
        rule(model, model.duty_reviews.popleft())
    model.duty_minutes -= ruled * rules.review_minutes
    if ready():
        model.happened["claims waiting for reviewers of the duty list"] += 1
    else:
        model.duty_minutes = min(model.duty_minutes, float(rules.review_minutes))


def rule(model: Any, claim: Claim) -> None:
    """Take one call-back out of the score, unless the score is made."""
    book = claim.unit.book
    book.count["duty_review_minutes"] += model.rules.duty_list.review_minutes
    if claim.month < model.since:
        model.happened["a claim by the duty list reviewed too late"] += 1
        book.count["duty_late"] += 1
        return
    model.happened["a ticket out of the score by the duty list"] += 1
    book.count["duty_out"] += 1
    book.count["duty_rightly"] += claim.truly
    model.excluded.append((claim.key, claim.attempt))
    if claim.month != model.month:
        model.happened["a claim from a month that is over, its score not made"] += 1
        claim.unit.period_answers[claim.answers] -= claim.number
        return
    book.answers[claim.answers] -= claim.number
    book.excluded[claim.answers] += claim.number
    if claim.undeserved:
        book.undeserved[claim.answers] -= claim.number
    model.book_of(claim.category).count["excluded"] += claim.number
    model.book_of(claim.category).count["excluded_resolved"] += claim.number * bool(claim.answers & 2)
