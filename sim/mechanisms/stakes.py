"""Stakes: once a month units weigh what they lose if an attempt fails; every ticket is of a class when it comes in."""

from __future__ import annotations

import numpy as np

from sim.luck import Purpose, uniform
from sim.state import State
from sim.state.stakes import CLASSES, EXCLUDABLE, HANDED_UP, NO_DUTY, ONE, ORDINARY, no_duty
from sim.tables import power


def weigh_stakes(state: State) -> None:
    """Set each unit's weights of the month, stake^a, by class of ticket (moral hazard, report 三(二)2 and 三(六)2).

    Stake = points lost if the attempt fails: 1 for an ordinary ticket; κ if its failure is handed up by escalation;
    1 − (chance that a file is compiled) · (share of files accepted) if the unit takes it for excludable, on its own
    books; 0 if the duty list takes it out of the score. The chance that a file is compiled is the files that a month's
    documentation time allows ÷ the month's failed tickets. `stake_power` = 0 makes all weights 1.
    """
    p, rules, units, books = state.parameters, state.rules, state.units, state.books
    stake = np.ones((units.n, CLASSES))
    if rules.escalation.after > 0:
        stake[:, HANDED_UP] = rules.escalation.street_share
    minutes = state.normal_hours() * 60.0 * units.effort * units.hours_factor() * units.documentation
    failed = np.where(np.isnan(books.failed), 0.0, books.failed)
    compiled = np.minimum(1.0, minutes / (p.file_minutes * np.maximum(1.0, failed)))
    stake[:, EXCLUDABLE] = 1.0 - compiled * books.believed_acceptance(p.accepted_prior, rules.exclusion.allowed)
    if rules.duty_list.in_force:
        stake[:, NO_DUTY] = 0.0
    whole = np.full(stake.shape, ONE, dtype=np.int64)
    if p.stake_power > 0.0:
        less = np.flatnonzero(stake != 1.0)
        left = stake.take(less)
        weight = np.where(left > 0.0, power(np.maximum(left, 1e-12), p.stake_power), 0.0)
        whole.reshape(-1)[less] = np.floor(weight * float(ONE) + 0.5).astype(np.int64)
    state.stakes.set(whole)


def class_tickets(state: State) -> None:
    """Class today's arriving tickets by what their units have at stake; the class stays while the unit holds them."""
    p, rules, tickets, today = state.parameters, state.rules, state.tickets, state.today
    slots = np.concatenate([today.arriving, today.returned])
    tickets.stake[slots] = ORDINARY
    if p.stake_power <= 0.0:
        return
    attempt, unit = tickets.attempt.take(slots), tickets.unit.take(slots)
    at_street = unit < state.units.n_streets
    if rules.exclusion.allowed:
        truly = tickets.strategic.take(slots) | (unit != tickets.right.take(slots))
        knows = uniform(tickets.key.take(slots), Purpose.BELIEF_EXCLUDE, attempt) < p.exclusion_recognition
        tickets.stake[slots.compress(truly == knows)] = EXCLUDABLE
    if rules.escalation.after > 0:
        tickets.stake[slots[at_street & (attempt >= rules.escalation.after)]] = HANDED_UP
    if rules.duty_list.in_force:
        tickets.stake[slots[at_street & no_duty(tickets, slots, p.duty_error)]] = NO_DUTY
