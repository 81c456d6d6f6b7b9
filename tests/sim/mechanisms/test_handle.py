"""Handle: a queue, the chance of resolution and the end of what is overdue, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from by_hand import put_in, share

from sim.mechanisms.handle import close_overdue, enter_queue, handle


def test_a_unit_works_its_queue_by_deadline_as_far_as_its_minutes_go(build):
    state = build(contact_minutes=10, care_min=1.0, care_max=1.0)
    units = state.units
    units.handling_a_day[:], units.handling_a_day[0] = 0.0, 160.0
    state.work_factor[:] = 1024
    state.today.arriving = slots = put_in(state, 4, contact=-1)
    state.tickets.minutes[slots] = [50, 30, 40, 60]
    state.tickets.due[slots] = [9, 2, 5, 3]
    enter_queue(state)
    handle(state)  # 160 minutes: four contacts of 10, then 30 (due 2), 60 (due 3); 40 (due 5) does not fit
    assert sorted(state.closed.tolist()) == sorted(slots[[1, 3]].tolist())
    assert sorted(state.queue.tolist()) == sorted(slots[[0, 2]].tolist())
    assert (units.carry[0], units.backlog[0]) == (30, 90)
    assert state.tally.unit["handled_minutes"][0] == 90
    assert state.tally.unit["contact_minutes"][0] == 40
    assert state.tally.unit["idle_minutes"][0] == 0


def test_a_contact_that_takes_no_minutes_reaches_everybody_even_without_minutes(build):
    state = build(contact_minutes=0)
    state.units.handling_a_day[:] = 0.0
    state.today.arriving = slots = put_in(state, 4, contact=-1)
    enter_queue(state)
    handle(state)
    assert (state.tickets.contact[slots] == state.day).all()
    assert len(state.uncontacted) == 0 and sorted(state.queue.tolist()) == sorted(slots.tolist())
    assert state.tally.unit["contact_minutes"].sum() == 0


@pytest.mark.parametrize(
    ("columns", "factor"),
    [
        ({}, 1.0),
        ({"level": 1}, 0.3),
        ({"level": 2}, 0.15),
        ({"right": 3}, 0.2),
        ({"strategic": True}, 0.0),
    ],
)
def test_a_ticket_is_resolved_with_ceiling_times_quality(build, columns, factor):
    state = build(care_min=1.0, care_max=1.0, contact_minutes=0, wrong_loss=0.8)
    state.units.handling_a_day[0], state.units.skill[:] = 1e6, 0.5
    state.work_factor[:] = 1024
    state.today.arriving = slots = put_in(state, 10_000, minutes=1, contact=-1, **columns)
    enter_queue(state)
    handle(state)
    quality = 1.0 - math.exp(-0.5)
    assert len(state.closed) == 10_000
    assert share(np.count_nonzero(state.tickets.resolved[slots]), 10_000, factor * quality)
    assert state.tickets.quality[slots] == pytest.approx(quality * 65536, abs=2)


def test_what_is_long_overdue_is_closed_as_failed_and_costs_nothing(build):
    state = build()
    state.queue = slots = put_in(state, 3)
    state.tickets.due[slots] = [0, 4, 5]
    state.units.backlog[0], state.day = 180, 4 + state.rules.handling.close_after
    close_overdue(state)
    assert state.closed.tolist() == slots[:1].tolist()
    assert not state.tickets.resolved[slots[0]]
    assert state.units.backlog[0] == 120
    assert state.tally.unit["unworked"][0] == 1


@pytest.mark.parametrize("minutes", [0, 250, 100_000])
def test_every_minute_and_every_ticket_is_somewhere(build, minutes):
    state = build(contact_minutes=7)
    units = state.units
    units.handling_a_day[:], units.handling_a_day[0] = 0.0, minutes
    state.today.arriving = slots = put_in(state, 60, contact=-1, minutes=np.arange(60) + 10)
    enter_queue(state)
    units.owed[0] = 30
    handle(state)
    spent = state.tally.unit
    used = spent["contact_minutes"][0] + spent["handled_minutes"][0] + spent["idle_minutes"][0] + units.carry[0]
    assert spent["available_minutes"][0] == used + 30 - units.owed[0]
    assert sorted([*state.closed.tolist(), *state.queue.tolist()]) == sorted(slots.tolist())
