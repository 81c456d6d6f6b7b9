"""Reviewers' accounts: turns, what is carried over, and what is not saved up."""

from __future__ import annotations

import numpy as np

from sim.state.reviewers import Reviewers, ready


def test_a_desk_takes_up_what_its_minutes_are_enough_for_and_carries_the_rest():
    desk = Reviewers()
    turns = [int(desk.turns(50.0, waiting, 20)) for waiting in (9, 7, 4)]
    assert turns == [2, 3, 2]  # 50, 60, 50 minutes at hand
    assert desk.minutes == 10.0


def test_idle_time_is_not_saved_up_beyond_one_case():
    desk = Reviewers()
    assert [int(desk.turns(500.0, waiting, 20)) for waiting in (0, 1, 0)] == [0, 1, 0]
    assert desk.minutes == 20.0
    assert int(desk.turns(0.0, 5, 20)) == 1


def test_every_desk_has_an_account_of_its_own():
    desks = Reviewers(3)
    assert desks.turns(np.array([40.0, 40.0, 0.0]), np.array([1, 5, 5]), 20).tolist() == [1, 2, 0]
    assert desks.minutes.tolist() == [20.0, 0.0, 0.0]


def test_cases_are_ready_once_they_have_waited():
    assert [ready(np.array([3, 3, 4, 7]), day) for day in (2, 3, 6, 7)] == [0, 2, 3, 4]
