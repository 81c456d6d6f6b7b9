"""Relapse: how many solved problems come up again, when, and nothing at chance 0."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import Parameters, TournamentModel
from sim.mechanisms import relapse as mechanism
from sim.mechanisms.come_back import file_again
from sim.mechanisms.relapse import relapse
from sim.tickets import Tickets


def resting(state, n, **columns):
    """Put n solved tickets that were called back today and do not file again."""
    state.today.resting = put_in(state, n, resolved=True, **columns)
    return state.today.resting


@pytest.mark.parametrize(("quality", "expected"), [(0.0, 0.3), (0.5, 0.15), (0.9, 0.03)])
def test_solved_problems_relapse_with_chance_rho_times_one_minus_care(build, quality, expected):
    state = build(relapse=0.3)
    resting(state, 20_000, quality=int(quality * 65536))
    relapse(state)
    assert share(state.waiting.waiting, 20_000, expected)
    assert state.tally.unit["relapses"][0] == state.waiting.waiting
    assert state.tickets.in_use == state.waiting.waiting


def test_every_day_of_ninety_is_as_likely(build):
    state = build(relapse=1.0)
    resting(state, 18_000)
    relapse(state)
    by_day = {day: sum(map(len, parts)) for day, parts in state.waiting._due.items()}
    assert sorted(by_day) == list(range(1, 91))
    assert all(share(n, 18_000, 1 / 90) for n in by_day.values())


def test_a_relapsed_problem_is_the_same_problem_filed_once_more(build):
    state = build(relapse=1.0)
    slots = resting(state, 1, minutes=77, level=1, home=2)
    state.tickets.closed[slots], state.tickets.ever_resolved[slots] = 0, True
    key = state.tickets.key[slots].copy()
    relapse(state)
    state.day = min(state.waiting._due)
    file_again(state)
    back = state.today.entering
    t = state.tickets
    assert [t.key[back], t.minutes[back], t.level[back], t.attempt[back]] == [key, [77], [1], [2]]
    assert state.tally.unit["repeats"][2] == 1


def test_what_was_not_solved_ends(build):
    state = build(relapse=1.0)
    state.today.resting = put_in(state, 50)
    relapse(state)
    assert (state.waiting.waiting, state.tickets.in_use) == (0, 0)


def test_in_a_run_solved_problems_come_up_again_and_none_is_lost():
    model = TournamentModel(
        "small", parameters=Parameters(relapse=1.0, casework_request=0.0), seed=2, scale=0.1, log_tickets=True
    )
    log = model.run(5).tickets()
    state = model.state
    assert state.tickets.in_use == state.open_tickets + state.waiting.waiting
    model.close()
    solved = log[log["resolved"] & (log["closed"] < 30) & log["said_satisfied"]]
    later = log.set_index(["problem", "attempt"])["filed"]
    nexts = later.reindex(list(zip(solved["problem"], solved["attempt"] + 1, strict=True))).to_numpy()
    again = ~np.isnan(nexts)
    assert 0.2 < again.mean() < 0.8  # 1 − the care that was given
    waits = nexts[again] - solved["closed"].to_numpy()[again] - 1  # called back on the day after closing
    assert waits.min() >= 1
    assert waits.max() <= 90


def test_at_zero_it_does_nothing(monkeypatch):
    def end(state):
        """End every problem that rests, and nothing else."""
        Tickets.give_back(state.tickets, state.today.resting)

    records = []
    for without in (False, True):
        if without:
            monkeypatch.setattr("sim.model.DAY", tuple(end if f is mechanism.relapse else f for f in days()))
        model = TournamentModel("small", parameters=Parameters(relapse=0.0), seed=2, scale=0.1, log_tickets=True)
        records.append(model.run(3))
        model.close()
    assert same_run(*records)


def days():
    """Return the mechanisms of a day."""
    from sim import model

    return model.DAY
