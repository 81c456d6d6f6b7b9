"""Joint review 疑难诉求会商: reviewers mostly find the right unit for unclear tickets, and label them."""

from __future__ import annotations

import numpy as np

from sim.agents.routing import wrong_units
from sim.luck import Purpose, uniform
from sim.orders import by_key
from sim.state import State
from sim.state.reviewers import Reviewers, ready


def review_jointly(state: State) -> None:
    """Review the unclear tickets whose turn it is, first in first out, as far as the reviewers' minutes go.

    The right unit is found with chance `joint_review_accuracy`, else a plausible wrong one; either way the ticket is
    labelled and teaches the catalogue. Where joint review is no longer allowed, what waits goes back to dispatch.
    """
    rules, tickets, held = state.rules.joint_review, state.tickets, state.undelivered
    daily = rules.reviewer_minutes * (state.population / 1e6)
    if not rules.allowed or daily <= 0.0:
        state.today.entering = np.concatenate([state.today.entering, held.end_review(len(held.in_review))])
        held.reviewers = Reviewers()
        return
    waiting = ready(held.review_day, state.day - rules.review_days)
    slots = held.end_review(int(held.reviewers.turns(daily, waiting, rules.review_minutes)))
    u = uniform(tickets.key[slots], Purpose.JOINT_REVIEW, tickets.serial(slots))
    astray = slots[u >= state.parameters.joint_review_accuracy]
    tickets.unit[slots] = tickets.right[slots]
    tickets.unit[astray] = wrong_units(state, astray)
    state.tally.count("joint_reviews", tickets.unit[slots])
    state.tally.count("joint_review_minutes", tickets.unit[slots], rules.review_minutes)
    state.tally.count_repeats("reviews", tickets.attempt[slots], rules.review_minutes)
    state.tally.count_category("joint_reviews", tickets.category[slots])
    state.today.reviewed = slots


def ask_for_joint_review(state: State) -> None:
    """Send today's unclear tickets to joint review while its queue is short (model: a request's life, step 2).

    The centre sees that a ticket is unclear with chance `unclear_recognition` if its catalogue would send it astray,
    and now and then (`unclear_mistake`) takes a clear one for unclear. The queue holds what the reviewers can do in
    `queue_days`; what finds no room, in key order, is dispatched by the catalogue.
    """
    rules, p, tickets, held = state.rules.joint_review, state.parameters, state.tickets, state.undelivered
    daily = rules.reviewer_minutes * (state.population / 1e6)
    room = int(rules.queue_days * daily // rules.review_minutes) - len(held.in_review)
    slots = state.today.entering
    if not rules.allowed or room <= 0 or len(slots) == 0:
        return
    chance = np.where(state.today.astray, p.unclear_recognition, p.unclear_mistake)
    unclear = uniform(tickets.key.take(slots), Purpose.UNCLEAR, tickets.serial(slots)) < chance
    rows = np.flatnonzero(unclear)
    rows = rows[by_key(tickets.key[slots[rows]])][:room]
    held.begin_review(slots[rows], state.day)
    state.today.entering, state.today.astray = np.delete(slots, rows), np.delete(state.today.astray, rows)
