"""Exclude 剔除: units compile written proof so that a failed ticket leaves their score (report 二(二))."""

from __future__ import annotations

import numpy as np

from sim.luck import Purpose, uniform
from sim.orders import by_key, by_unit
from sim.state import Applications, State


def apply_for_exclusion(state: State) -> None:
    """Compile files on today's failed tickets while documentation minutes last (model: a request's life, step 5).

    A file (recordings, video, written proof) costs `file_minutes` of documentation time. A unit takes a ticket for
    excludable (strategic, or not its own) with a certain accuracy and prefers such tickets. Its own screening: it
    applies if the chance it believes in, that of passing district and city, is at least the threshold it has decided
    on. Streets' files go to their district's reviewers, departments' straight to the city's. Minutes that are not used
    are kept until the month's end.
    """
    p, tickets, units = state.parameters, state.tickets, state.units
    units.file_fraction += units.documentation_a_day
    whole = units.file_fraction.astype(np.int64)  # rounded down: nothing is below 0
    units.file_fraction -= whole
    units.file_minutes += whole
    state.tally.unit["available_minutes"] += whole
    slots, answers = state.today.failed, state.today.failed_answers
    able = units.file_minutes[tickets.unit[slots]] >= p.file_minutes
    slots, answers = slots[able], answers[able]
    if not state.rules.exclusion.allowed or len(slots) == 0:
        return
    order = by_key(tickets.key[slots])
    slots, answers = slots[order], answers[order]
    unit, attempt = tickets.unit[slots], tickets.attempt[slots]
    truly = tickets.strategic[slots] | (unit != tickets.right[slots])
    knows = uniform(tickets.key[slots], Purpose.BELIEF_EXCLUDE, attempt) < p.exclusion_recognition
    promising = truly == knows
    believed = np.where(promising, p.exclusion_true, p.exclusion_false)
    order = by_unit(unit, np.where(promising, 0, 1))
    order = order[believed[order] >= units.exclude_above[unit[order]]]
    sorted_unit = unit[order]
    place = np.arange(len(order)) - np.searchsorted(sorted_unit, sorted_unit)
    order = order[place < units.file_minutes[sorted_unit] // p.file_minutes]
    chosen, unit = slots[order], unit[order]
    np.subtract.at(units.file_minutes, unit, p.file_minutes)
    state.tally.count("files", unit)
    odd = tickets.in_vain[chosen] != tickets.attempt[chosen]  # else it is among the odd tickets already
    state.tally.count("odd", unit[odd])
    state.tally.count_category("odd_wrong", tickets.category[chosen[odd & (unit != tickets.right[chosen])]])
    state.tally.count("file_minutes", unit, p.file_minutes)
    state.tally.count_repeats("files", tickets.attempt[chosen], p.file_minutes)
    n = len(order)
    level = (tickets.level[chosen] > 0) & (unit < units.n_streets)
    new = Applications(
        day=np.full(n, state.day, dtype=np.int64),
        since=np.full(n, state.day, dtype=np.int64),
        month=np.full(n, state.month, dtype=np.int64),
        key=tickets.key[chosen],
        attempt=tickets.attempt[chosen].astype(np.int64),
        unit=unit.astype(np.int64),
        category=tickets.category[chosen].astype(np.int64),
        answers=answers[order],
        number=tickets.number(chosen),
        truly=truly[order],
        undeserved=truly[order] | level,
    )
    new = new.rows(by_key(new.key))
    of_street, reviews = new.unit < units.n_streets, state.reviews
    reviews.district = reviews.district.join(new.rows(of_street))
    reviews.city = reviews.city.join(new.rows(~of_street))


def close_file_accounts(state: State) -> None:
    """End the month's documentation accounts: minutes without a ticket to document were idle."""
    state.tally.unit["idle_minutes"] += state.units.file_minutes
    state.units.file_minutes[:] = 0
