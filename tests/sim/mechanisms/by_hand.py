"""What tests of single mechanisms share: tickets put in by hand, and shares of draws."""

from __future__ import annotations

import math

import numpy as np

NO_LISTS = {"advanced_worth": 0.0, "rectification_worth": 0.0}  # rules of the tournament


def put_in(state, n, **columns):
    """Take n slots with luck of their own, at street 0, and set columns."""
    tickets, slots = state.tickets, state.tickets.take(n)
    defaults = {"unit": 0, "right": 0, "home": 0, "category": 1, "level": 0, "minutes": 60, "work": 60, "attempt": 1}
    times = {"first_day": 0, "filed": 0, "due": 5, "contact": 0, "closed": 0, "transfers": 0, "quality": 0, "copies": 0}
    flags = {"strategic": False, "resolved": False, "ever_resolved": False}
    tickets.key[slots] = np.random.default_rng(n).integers(0, 2**63, n, dtype=np.uint64)
    tickets.person[slots] = np.arange(n)
    for name, value in (defaults | times | flags | columns).items():
        getattr(tickets, name)[slots] = value
    return slots


def answered(state, unit, codes):
    """Let so many residents of a unit have given each answer."""
    for code, n in codes.items():
        state.tally.answers[unit, code] = n


def answer(state, good, bad):
    """Let so many residents of each street have answered well, and so many badly, in all three questions."""
    n = state.units.n_streets
    state.tally.answers[:n, 7], state.tally.answers[:n, 0] = good, bad


def share(part, whole, expected):
    """Say whether a share of draws is as expected, within 4.5 standard errors."""
    return abs(part / whole - expected) < 4.5 * math.sqrt(max(expected * (1 - expected), 1e-9) / whole) + 1e-9


def same_run(one, other):
    """Say whether two records are equal bit for bit, month by month and ticket by ticket."""
    return one.monthly().equals(other.monthly()) and one.tickets().equals(other.tickets())
