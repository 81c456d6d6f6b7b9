"""Duty list 职责清单: tickets that are not a street's duty leave its score after review (report 三(六)2)."""

from __future__ import annotations

import numpy as np

from sim.orders import by_key
from sim.state import DutyReviews, State
from sim.state.reviewers import ready
from sim.state.stakes import no_duty


def claim_by_duty_list(state: State) -> None:
    """Put today's call-backs that the list takes for none of a street's duty under review; off at baseline.

    Truly a street's duty is what it answers for. The list is read wrongly, either way, with chance `duty_error`, once
    for every dispatch. All that is claimed goes to review, whatever was answered, and needs no file.
    """
    if not state.rules.duty_list.in_force:
        return
    tickets, today = state.tickets, state.today
    slots, answers = today.counted, today.counted_answers
    listed = (tickets.unit[slots] < state.units.n_streets) & no_duty(tickets, slots, state.parameters.duty_error)
    slots, answers = slots[listed], answers[listed]
    order = by_key(tickets.key[slots])
    slots, answers, n = slots[order], answers[order], len(slots)
    unit = tickets.unit[slots].astype(np.int64)
    truly = unit != tickets.right[slots]
    new = DutyReviews(
        day=np.full(n, state.day, dtype=np.int64),
        month=np.full(n, state.month, dtype=np.int64),
        key=tickets.key[slots],
        attempt=tickets.attempt[slots].astype(np.int64),
        unit=unit,
        category=tickets.category[slots].astype(np.int64),
        answers=answers,
        number=tickets.number(slots),
        truly=truly,
        undeserved=truly | tickets.strategic[slots] | (tickets.level[slots] > 0),
    )
    state.duty_reviews = state.duty_reviews.join(new)
    state.tally.count("duty_claims", unit)
    at_street = tickets.unit[today.failed] < state.units.n_streets
    needs_file = ~(at_street & no_duty(tickets, today.failed, state.parameters.duty_error))
    today.failed, today.failed_answers = today.failed[needs_file], today.failed_answers[needs_file]


def rule_by_duty_list(state: State) -> None:
    """Review what is claimed, first in first out, as far as the reviewers' minutes go.

    What comes to its turn leaves the score, not the resident's life, unless the period in which it counts is over.
    """
    rules, waiting = state.rules.duty_list, state.duty_reviews
    if not rules.in_force and len(waiting) == 0:
        return
    daily = rules.reviewer_minutes * (state.population / 1e6)
    n = state.duty_reviewers.turns(daily, ready(waiting.day, state.day - rules.review_days), rules.review_minutes)
    ruled, state.duty_reviews = waiting.rows(slice(0, n)), waiting.rows(slice(n, None))
    tally, in_time = state.tally, state.take_out(ruled)
    tally.count("duty_review_minutes", ruled.unit, rules.review_minutes)
    tally.count("duty_late", ruled.unit[~in_time])
    tally.count("duty_out", ruled.unit[in_time])
    tally.count("duty_rightly", ruled.unit[in_time & ruled.truly])
    # "resolved" leaves the score too, unlike by exclusion
    said = ruled.rows((ruled.month == state.month) & ((ruled.answers & 2) > 0))
    tally.count_category("excluded_resolved", said.category, said.number)
