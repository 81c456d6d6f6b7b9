"""Dispute 派单异议: units object to dispatches they take for wrong; reviewers rule, slowly and not always rightly."""

from __future__ import annotations

import numpy as np

from sim.agents.dispatch_center import DisputeView
from sim.luck import Purpose, uniform
from sim.orders import by_key
from sim.state import State
from sim.state.reviewers import Reviewers, ready
from sim.tickets import NO_SLOTS, SERIALS


def raise_disputes(state: State) -> None:
    """Send today's disputed tickets to review instead of to the unit's queue (model: a request's life, step 3).

    A unit recognises a wrong dispatch with a certain chance and now and then takes a right one for wrong. It disputes
    what it takes for wrong if the chance to win, as it believes, exceeds the threshold it has decided on. Each
    dispute costs it minutes.
    """
    rules, p, tickets, slots = state.rules.dispute, state.parameters, state.tickets, state.today.arriving
    if not rules.allowed or rules.reviewer_minutes <= 0.0 or len(slots) == 0:
        return
    units = tickets.unit.take(slots)
    chance = np.where(units != tickets.right.take(slots), p.dispute_recognition, p.dispute_mistake)
    believed = uniform(tickets.key.take(slots), Purpose.BELIEF_DISPUTE, tickets.serial(slots)) < chance
    worth_it = 1.0 - p.dispute_error >= state.units.dispute_above.take(units)
    disputed = believed & worth_it & (tickets.transfers.take(slots) < SERIALS - 1)
    sent = slots.compress(disputed)
    sent = sent.take(by_key(tickets.key.take(sent)))
    state.disputed = np.concatenate([state.disputed, sent])
    state.disputed_day = np.concatenate([state.disputed_day, np.full(len(sent), state.day, dtype=np.int64)])
    state.tally.count("disputes", tickets.unit[sent])
    state.tally.count("dispute_minutes", tickets.unit[sent], p.dispute_minutes)
    state.tally.count_repeats("reviews", tickets.attempt[sent], p.dispute_minutes)
    np.add.at(state.units.owed, tickets.unit[sent], p.dispute_minutes)
    state.today.arriving = slots.compress(~disputed)


def rule_on_disputes(state: State) -> None:
    """Rule on the disputes whose turn it is, first in first out, as far as the reviewers' minutes go.

    A dispute that is won sends the ticket back to dispatch, where its clock starts anew; one that is lost returns
    the ticket to the unit's queue, with the days under review added to its deadline. Where there are no reviewers
    any more, what waits goes back to the units.
    """
    rules, tickets = state.rules.dispute, state.tickets
    daily = rules.reviewer_minutes * (state.population / 1e6)
    if daily <= 0.0:
        _give_back(state)
        return
    waiting = ready(state.disputed_day, state.day - rules.review_days)
    n = state.dispute_reviewers.turns(daily, waiting, rules.review_minutes)
    slots, since = state.disputed[:n], state.disputed_day[:n]
    state.disputed, state.disputed_day = state.disputed[n:], state.disputed_day[n:]
    u = uniform(tickets.key[slots], Purpose.DISPUTE_RULING, tickets.serial(slots))
    wrong = tickets.unit[slots] != tickets.right[slots]
    found = wrong ^ (u < state.parameters.dispute_error)
    view = DisputeView(
        unit=tickets.unit[slots], category=tickets.category[slots], days=state.day - since, found_wrong=found
    )
    won = state.centre.rule_on_disputes(view)
    state.tally.count("disputes_won", tickets.unit[slots[won]], tickets.number(slots[won]))
    state.tally.count("disputes_won_by_home", tickets.home[slots[won]], tickets.number(slots[won]))
    state.tally.count_category("disputes_won", tickets.category[slots[won]])
    state.tally.count("odd", tickets.unit[slots[~won]])
    state.tally.count_category("odd_wrong", tickets.category[slots[wrong & ~won]])
    tickets.in_vain[slots[~won]] = tickets.attempt[slots[~won]]
    at_streets = slots[won & (tickets.unit[slots] < state.units.n_streets)]
    np.add.at(state.tally.returned, (state.district_of[tickets.unit[at_streets]], tickets.category[at_streets]), 1)
    tickets.transfers[slots[won]] += 1
    tickets.due[slots[~won]] += state.day - since[~won]
    state.today.entering = np.concatenate([state.today.entering, slots[won]])
    state.today.returned = slots[~won]


def _give_back(state: State) -> None:
    """Return all disputed tickets to their units, as if the disputes were lost, but nobody has looked at them."""
    state.tickets.due[state.disputed] += state.day - state.disputed_day
    state.today.returned = state.disputed
    state.disputed, state.disputed_day = NO_SLOTS, np.zeros(0, dtype=np.int64)
    state.dispute_reviewers = Reviewers()
