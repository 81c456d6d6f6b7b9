"""The pool of tickets and the rings: nothing is lost, nothing is handed out twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.tickets import DayRing, Tickets


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=30))
def test_a_slot_is_never_held_by_two_problems(steps):
    tickets, held = Tickets(capacity=8), []
    for take, n in steps:
        if take:
            new = tickets.take(n).tolist()
            assert len(new) == n
            assert not set(new) & set(held)
            held += new
        else:
            back, held = held[:n], held[n:]
            tickets.give_back(np.array(back, dtype=np.intp))
        assert tickets.in_use == len(held)
        assert len(set(held)) == len(held)
        assert all(0 <= slot < tickets.capacity for slot in held)


def test_growing_keeps_what_is_written():
    tickets = Tickets(capacity=4)
    first = tickets.take(4)
    tickets.minutes[first] = [1, 2, 3, 4]
    tickets.take(1)
    assert tickets.capacity == 8
    assert tickets.minutes[first].tolist() == [1, 2, 3, 4]


def test_columns_cannot_be_rebound():
    with pytest.raises(AttributeError, match="never rebound"):
        Tickets(capacity=4).minutes = np.zeros(4)


def test_every_dispatch_of_every_attempt_has_a_number_of_its_own():
    tickets = Tickets(capacity=64)
    slots = tickets.take(40)
    tickets.attempt[slots] = np.repeat(np.arange(1, 6), 8)
    tickets.transfers[slots] = np.tile(np.arange(8), 5)
    assert len(set(tickets.serial(slots).tolist())) == 40


@given(st.lists(st.tuples(st.integers(1, 255), st.integers(0, 1000)), min_size=1, max_size=50))
def test_a_ring_gives_back_everything_on_its_day(waits):
    ring = DayRing()
    wait = np.array([w for w, _ in waits], dtype=np.uint8)
    slots = np.array([s for _, s in waits], dtype=np.intp)
    ring.put(10, slots, wait)
    assert ring.waiting == len(waits)
    for day in range(11, 10 + 256):
        assert sorted(ring.take(day).tolist()) == sorted(s for w, s in waits if 10 + w == day)
    assert ring.waiting == 0
