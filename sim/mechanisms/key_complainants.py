"""Key complainants 重点诉求人: a directory of those who come back, and social workers who visit them one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, uniform
from sim.orders import by_key
from sim.state import State
from sim.state.directory import MONTHS, People, buckets, found

Ints = NDArray[np.int64]


def note_call_backs(state: State) -> None:
    """Note who was reached today and whether satisfied, of those who have come back, with this or another problem."""
    tickets, today = state.tickets, state.today
    slots = today.called
    people = tickets.person.take(slots)
    again = today.reached & ((tickets.attempt.take(slots) > 1) | (state.residents.requests[people] > 1))
    state.directory.note(people.compress(again), ~today.satisfied.compress(again))


def keep_directory(state: State) -> None:
    """Draw up the month's directory and let social workers visit those who are listed (report 三(二)3).

    Listed are residents with at least `requests` tickets called back in 12 months, their very first not counted, of
    which at least half left them unsatisfied. Who is unsatisfied this month and fulfils this joins at the end of the
    queue (those of one month in the order of their luck) as far as there is room; who no longer does leaves. With
    `hours` = 0 nobody is listed.
    """
    directory, rules, n_streets = state.directory, state.rules.key_complainants, state.units.n_streets
    directory.close_month()
    if rules.hours <= 0.0:
        directory.set(directory.listed[:0])
        directory.minutes = 0
        return
    fresh = directory.months[-1]
    candidates = np.union1d(directory.listed, (fresh[(fresh & np.uint32(1)) > 0] >> np.uint32(1)).astype(np.int32))
    fulfil = _who_fulfil(state, candidates.astype(np.int32))
    stay = directory.listed[np.isin(directory.listed, fulfil)]
    join = fulfil[~directory.lists(fulfil)]
    join = join[by_key(state.residents.keys(join))]
    room = max(0, int(rules.most * (state.population / 1e6)) - len(stay))
    directory.set(np.concatenate([stay, join[:room]]))
    exact = rules.hours * 60.0 * (state.base.population / 1e6) + directory.fraction
    whole = np.floor(exact).astype(np.int64)
    directory.fraction = exact - whole
    directory.minutes += int(whole.sum())
    state.tally.unit["key_paid_minutes"][:n_streets] += whole
    _visit(state)


def _who_fulfil(state: State, candidates: People) -> People:
    """Return those of `candidates` (n,), who are sorted, with enough and enough unsatisfying call-backs in a year."""
    marked = buckets(candidates)
    number, bad = np.zeros(len(candidates), dtype=np.int64), np.zeros(len(candidates), dtype=np.int64)
    for month in state.directory.months[-MONTHS:]:
        at, place = found(candidates, marked, (month >> np.uint32(1)).astype(np.int32))
        np.add.at(number, place, 1)
        np.add.at(bad, place, (month.take(at) & np.uint32(1)).astype(np.int64))
    return candidates[(number >= state.rules.key_complainants.requests) & (2 * bad >= number)]


def _visit(state: State) -> None:
    """Visit the listed in their turn while the minutes last, each at most so often; then the others are next.

    A visit takes `visit_minutes`, takes away a share `visit_eases` of the grievance, and turns a strategic complainant
    cooperative, for good, with chance `visit_turns`. Minutes for which there is nobody to visit are idle.
    """
    p, directory, residents, n = state.parameters, state.directory, state.residents, len(state.directory)
    most = state.rules.key_complainants.visits * n
    given = min(directory.minutes // p.visit_minutes, most)
    directory.minutes = 0 if given == most else directory.minutes - given * p.visit_minutes
    visited = np.zeros(n, dtype=bool)
    for turn in range(-(-given // max(1, n))):
        who = directory.listed[: given - turn * n]
        visited[: given - turn * n] = True
        grievance = residents.grievance(who, state.month)
        residents.set_grievance(who, (1.0 - p.visit_eases) * grievance, state.month)
        u = uniform(residents.keys(who), Purpose.TURN, state.month * 32 + turn)
        turned = who[residents.strategic(who) & (u < p.visit_turns)]
        residents.turn(turned)
        state.tally.count("key_turned", residents.home(turned))
        state.tally.count("key_visits", residents.home(who))
    if len(residents.turned):
        strategic = np.flatnonzero(state.tickets.strategic)
        state.tickets.strategic[strategic] = residents.strategic(state.tickets.person[strategic])
    homes = residents.home(directory.listed)
    state.tally.count("key_listed", homes)
    state.tally.count("key_waiting", homes[~visited])
    last = given % n if n else 0
    directory.set(np.concatenate([directory.listed[last:], directory.listed[:last]]))
