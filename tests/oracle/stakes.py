"""Stakes: what an office loses if an attempt fails, and how it spreads its care accordingly."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose

from .chance import draw, to_power
from .duty_list import no_duty
from .ticket import Ticket
from .units import Office

ORDINARY, HANDED_UP, EXCLUDABLE, NO_DUTY = range(4)
ONE = 65536
GRAIN = 64


def weigh_stakes(model: Any) -> None:
    """Set the month's weights: stake to the power a, by class of ticket."""
    for office in model.offices:
        stakes = {EXCLUDABLE: excludable(model, office)}
        if model.rules.escalation.after > 0:
            stakes[HANDED_UP] = model.rules.escalation.street_share
        if model.rules.duty_list.in_force:
            stakes[NO_DUTY] = 0.0
        weights = [1.0] * 4
        for row, stake in stakes.items():
            if model.parameters.stake_power > 0.0:
                weights[row] = to_power(max(stake, 1e-12), model.parameters.stake_power) if stake > 0.0 else 0.0
        office.care_weights = [math.floor(weight * ONE + 0.5) for weight in weights]


def excludable(model: Any, office: Office) -> float:
    """Return what is at stake in a ticket that may be excluded, on the office's own books."""
    p = model.parameters
    if not model.rules.exclusion.allowed:
        return 1.0
    minutes = office.normal_hours * 60.0 * office.effort * office.works * office.documentation
    compiled = min(1.0, minutes / (p.file_minutes * max(1.0, office.means["failed"] or 0.0)))
    accepted = (10.0 * p.accepted_prior + office.files_accepted) / (10.0 + office.files_ruled)
    return 1.0 - compiled * accepted


def class_tickets(model: Any) -> None:
    """Class today's arriving tickets by what their offices have at stake."""
    for ticket in model.arriving + model.returned:
        ticket.stake = class_of(model, ticket) if model.parameters.stake_power > 0.0 else ORDINARY


def class_of(model: Any, ticket: Ticket) -> int:
    """Return the class of one ticket."""
    if no_duty(model, ticket):
        return NO_DUTY
    after = model.rules.escalation.after
    if after > 0 and ticket.unit.is_street and ticket.attempt >= after:
        return HANDED_UP
    if model.rules.exclusion.allowed:
        truly = ticket.person.strategic or ticket.misplaced
        knows = draw(ticket.key, Purpose.BELIEF_EXCLUDE, ticket.attempt) < model.parameters.exclusion_recognition
        if truly == knows:
            return EXCLUDABLE
    return ORDINARY


def care_by_class(model: Any, office: Office, care: int) -> list[int]:
    """Return the care in 1/64 of tickets of each class: shifted towards what is at stake, the whole unchanged."""
    p, weights = model.parameters, office.care_weights
    least, most = int(p.care_min * GRAIN), int(p.care_max * GRAIN)
    minutes = [sum(ticket.work for ticket in office.queue if ticket.stake == row) for row in range(4)]
    for_others = care * sum(minutes) - sum(least * n for n, w in zip(minutes, weights, strict=True) if w == 0)
    weighed = sum(n * w for n, w in zip(minutes, weights, strict=True))
    out = []
    for weight in weights:
        given = least if weight == 0 else min(max(for_others * weight // max(1, weighed), least), most)
        out.append(given)
    used = [given for given, n in zip(out, minutes, strict=True) if n]
    model.happened["care spread by what is at stake"] += len(set(used)) > 1
    return out
