"""Duplicates: how many, what they cost, what becomes of them, and nothing at hazard 0."""

from __future__ import annotations

import math

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import Parameters, TournamentModel
from sim.mechanisms.call_back import call_back
from sim.mechanisms.duplicate import duplicate


def open_today(state, n, **columns):
    """Put n tickets into the queue whose residents file once more today."""
    state.day = 7
    slots = put_in(state, n, **columns)
    state.tickets.refiles[slots] = 7
    state.residents.set_grievance(np.arange(n), np.full(n, 0.5), 0)
    state.queue = slots
    return slots


def test_a_recognised_duplicate_costs_centre_and_unit_minutes_and_adds_to_the_grievance(build):
    state = build(duplicate_recognition=1.0, duplicate_minutes=12, duplicate_grievance=0.02)
    slots = open_today(state, 3)
    duplicate(state)
    assert state.units.owed[0] == 36
    tally = state.tally.unit
    assert [tally[name][0] for name in ("merge_minutes", "centre_minutes", "duplicates", "merged")] == [36, 36, 3, 3]
    assert tally["received"].sum() == 0
    assert (state.tickets.copies[slots] == 0).all()
    assert state.residents.grievance(np.arange(3), 0) == pytest.approx([0.5 + 0.02 * 0.5] * 3, abs=2e-5)


def test_one_that_is_not_recognised_is_a_ticket_of_the_same_problem_and_is_called_back_with_it(build):
    state = build(duplicate_recognition=0.0, contact_minutes=6, reach=1.0)
    slots = open_today(state, 4, unit=3, right=0)
    duplicate(state)
    tally = state.tally
    assert (state.units.owed[3], tally.unit["merge_minutes"][3], tally.unit["centre_minutes"].sum()) == (24, 24, 0)
    assert (tally.unit["received"][3], tally.unit["wrong"][0], tally.category["wrong"][1]) == (4, 4, 4)
    assert tally.unit["merged"].sum() == 0
    assert state.residents.grievance(np.arange(4), 0) == pytest.approx(0.5, abs=2e-5)
    state.queue, state.closed = slots[:0], slots
    call_back(state)
    assert tally.answers[3].sum() == 8


def test_a_ticket_stands_for_no_more_copies_than_it_can_count(build):
    state = build(duplicate_recognition=0.0)
    slots = open_today(state, 2)
    state.tickets.copies[slots] = [255, 254]
    duplicate(state)
    assert state.tickets.copies[slots].tolist() == [255, 255]
    assert state.tally.unit["merged"][0] == 1
    assert state.tally.unit["received"][0] == 1


def test_recognition_is_a_chance(build):
    state = build(duplicate_recognition=0.9)
    open_today(state, 20_000)
    duplicate(state)
    assert share(state.tally.unit["merged"][0], 20_000, 0.9)


@pytest.mark.parametrize("hazard", [0.01, 0.1])
def test_there_are_as_many_as_hazard_times_open_days(build, hazard):
    state = build(duplicate_hazard=hazard, duplicate_recognition=1.0)
    state.today.entering = slots = put_in(state, 4000)
    duplicate(state)  # today's tickets are filed for the first time
    state.today.entering = slots[:0]
    state.queue, state.disputed = slots[:2500], slots[2500:]  # under review is open too
    for _ in range(60):
        state.day += 1
        duplicate(state)
    assert share(state.tally.unit["duplicates"][0], 4000 * 60, 1.0 - math.exp(-hazard))


def small(**parameters):
    """Return a model whose tickets stay open for long."""
    return TournamentModel(
        "small",
        parameters=Parameters(capacity_to_need=0.9, casework_request=0.0, **parameters),
        seed=3,
        scale=0.1,
        log_tickets=True,
    )


def test_every_filing_is_closed_merged_or_open():
    model = small(duplicate_hazard=0.1, duplicate_recognition=0.3)
    state, total = model.state, dict.fromkeys(("problems", "repeats", "duplicates", "merged", "closed"), 0)
    for _ in range(80):
        tally = state.tally.unit
        before = {name: int(tally[name].sum()) for name in total}
        model.step()
        total = {name: total[name] + int(tally[name].sum()) - before[name] for name in total}
    filed = total["problems"] + total["repeats"] + total["duplicates"]
    still = np.concatenate([state.undelivered.slots, state.queue, state.disputed])
    assert filed == total["closed"] + total["merged"] + int(state.tickets.number(still).sum())
    assert state.tickets.copies[still].any()
    model.close()


def test_without_hazard_the_rest_of_it_does_nothing():
    records = []
    for more in ({}, {"duplicate_minutes": 240, "duplicate_grievance": 1.0, "duplicate_recognition": 0.0}):
        model = small(duplicate_hazard=0.0, **more)
        records.append(model.run(3))
        model.close()
    assert same_run(*records)
    assert (records[0].monthly()["duplicates"] == 0).all()
