"""Duplicate 重复来电: while a ticket is open its resident may file once more; what is recognised is merged."""

from __future__ import annotations

import numpy as np

from sim.luck import Keys, Purpose, uniform
from sim.state import State
from sim.tables import log
from sim.tickets import Slots

_LONGEST = 30_000  # days; nothing is open for so long
_COPIES = 255  # what a ticket's column holds; further ones are recognised


def duplicate(state: State) -> None:
    """Let residents of open tickets file once more (model: a request's life, step 7).

    The hazard is the same every day. A duplicate that is recognised is merged: it costs the centre and the unit
    minutes and adds to the grievance. One that is not becomes a ticket of the same problem at the same unit: a first
    contact more, and closed, called back and scored with the first. What is still with a dispatch centre is merged
    there, at no unit's minutes. Residents of cases in casework ask their caseworker instead. `duplicate_hazard` = 0
    does nothing.
    """
    p, tickets = state.parameters, state.tickets
    if p.duplicate_hazard <= 0.0:
        return
    still = np.concatenate([state.undelivered.slots, state.queue, state.disputed])
    again = np.flatnonzero(tickets.refiles.take(still) == state.day)
    slots, at_unit = still.take(again), again >= len(state.undelivered)
    keys, homes = tickets.key[slots], tickets.home[slots]
    merged = uniform(keys, Purpose.MERGE, state.day) < p.duplicate_recognition
    merged |= tickets.copies[slots] == _COPIES
    tickets.copies[slots[~merged]] += 1
    minutes = np.where(merged, p.duplicate_minutes, p.contact_minutes)[at_unit]
    units = tickets.unit[slots[at_unit]]
    np.add.at(state.units.owed, units, minutes)
    state.tally.count("merge_minutes", units, minutes)
    state.tally.count_repeats("contacts", tickets.attempt[slots[at_unit]], minutes)
    state.tally.count("duplicates", homes)
    state.tally.count("merged", homes[merged])
    state.tally.count("centre_minutes", homes[merged], p.duplicate_minutes)
    received = slots[at_unit & ~merged]
    state.tally.count("received", tickets.unit[received])
    state.tally.count_category("received", tickets.category[received])
    wrong = received[tickets.unit[received] != tickets.right[received]]
    state.tally.count("wrong", tickets.home[wrong])
    state.tally.count_category("wrong", tickets.category[wrong])
    _resent(state, slots[merged])
    fresh = np.concatenate([state.today.entering, slots])
    tickets.refiles[fresh] = state.day + _wait(tickets.key[fresh], p.duplicate_hazard, state.day)


def _wait(keys: Keys, hazard: float, day: int) -> Slots:
    """Return days until the next filing, at least one: exponential, drawn anew on `day`."""
    exact = -log(1.0 - uniform(keys, Purpose.DUPLICATE, day)) / hazard
    out: Slots = 1 + np.minimum(np.floor(exact), float(_LONGEST)).astype(np.intp)
    return out


def _resent(state: State, slots: Slots) -> None:
    """Add to the grievance of residents who had to call once more."""
    residents, tickets, more = state.residents, state.tickets, state.parameters.duplicate_grievance
    people = tickets.person[slots]
    for rows in residents.rounds(people, tickets.key[slots]):
        who = people[rows]
        grievance = residents.grievance(who, state.month)
        residents.set_grievance(who, grievance + more * (1.0 - grievance), state.month)
