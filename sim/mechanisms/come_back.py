"""Come back: residents whose problem is not resolved give up, let it rest, or file again; grievance builds up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Keys, Purpose, uniform
from sim.state import State
from sim.tables import log
from sim.tickets import CASE, FILES_AGAIN, GIVES_UP, Slots

Floats = NDArray[np.float64]
People = NDArray[np.intp]
Bools = NDArray[np.bool_]

_LONGEST = 255  # days; longer waits end here


def come_back(state: State) -> None:
    """Let each resident called back today decide, and remember (model: a request's life, step 7).

    After a failure: gives up with chance a (1 − patience)(trust − 0.1), else files again with chance
    min(most, π[level] + g · G), a listed key complainant with a little more (`listed_rewards`); after a resolution
    without satisfaction with a part of that chance. The second filing comes 2 + Exp days later; the problem keeps its
    minutes, level and truth. Grievance and trust are those of the morning. A problem that does not come back rests; one
    that has become a case on request waits for caseworkers.
    """
    p, tickets, slots = state.parameters, state.tickets, state.today.called
    keys, attempt = tickets.key.take(slots), tickets.attempt.take(slots)
    people, resolved = tickets.person.take(slots).astype(np.intp), tickets.resolved.take(slots)
    grievance = state.today.grievance
    trust = state.residents.trust(people)
    lets_go = p.give_up * (1.0 - state.residents.patience(people)) * np.maximum(0.0, trust - 0.1)
    gives_up = ~resolved & (uniform(keys, Purpose.GIVE_UP, attempt) < lets_go)
    again = np.array([p.return_street, p.return_district, p.return_city]).take(tickets.level.take(slots))
    again = again + p.return_grievance * grievance
    if len(state.directory) and state.rules.key_complainants.hours > 0.0:  # last month's rule may have ended
        again = again + p.listed_rewards * state.directory.lists(people)
    again = np.minimum(p.return_most, again)
    unhappy = np.where(resolved, np.where(state.today.satisfied, 0.0, p.return_dissatisfied), 1.0)
    returns = ~gives_up & (uniform(keys, Purpose.RETURN, attempt) < again * unhappy)
    case = tickets.casework.take(slots) > 0
    gives_up, returns = gives_up & ~case, returns & ~case
    _remember(state, people, keys, trust, resolved, gives_up)
    homes = tickets.home.take(slots)
    state.tally.count("trust", homes, state.residents.trust_raw[people].astype(np.int64))
    state.tally.count("trust_n", homes)
    state.tally.count("gave_up", homes.compress(gives_up))
    _first_resolutions(state, slots.compress(resolved))
    at = np.flatnonzero(returns)
    wait = 2.0 + np.floor(p.return_days * -log(1.0 - uniform(keys.take(at), Purpose.WAIT, attempt.take(at))))
    state.waiting.put(state.day, slots.take(at), np.minimum(wait, float(_LONGEST)).astype(np.uint8))
    follows = gives_up * np.uint8(GIVES_UP) + returns * np.uint8(FILES_AGAIN) + case * np.uint8(CASE)
    state.record.log.follow(follows)
    state.today.resting = slots.compress(~(returns | case))


def file_again(state: State) -> None:
    """File today's returning problems as new tickets of the same problem."""
    tickets, slots = state.tickets, state.waiting.take(state.day)
    state.cohorts.repeat(tickets.closed[slots], tickets.home[slots], state.day)
    tickets.attempt[slots] += 1
    tickets.filed[slots] = state.day
    tickets.copies[slots] = 0
    tickets.transfers[slots] = 0
    homes, categories = tickets.home[slots], tickets.category[slots]
    state.tally.count("repeats", homes)
    state.tally.count_category("repeats", categories)
    state.today.entering = np.concatenate([state.today.entering, slots])


def _remember(state: State, people: People, keys: Keys, trust: Floats, resolved: Bools, gives_up: Bools) -> None:
    """Move grievance and trust: a failure adds a part of the gap, a resolution halves grievance and restores trust.

    `trust` (n,) is that of the morning, as today's grievance: what a person's first call-back of the day moves.
    """
    p, residents, grievance = state.parameters, state.residents, state.today.grievance
    for nth, rows in enumerate(residents.rounds(people, keys)):
        who, good = people.take(rows), resolved.take(rows)
        g, t = (residents.grievance(who, state.month), residents.trust(who)) if nth else (grievance[rows], trust[rows])
        residents.set_grievance(who, np.where(good, 0.5 * g, g + p.grievance_gain * (1.0 - g)), state.month)
        residents.set_trust(who, np.where(good, t + p.trust_gain * (1.0 - t), t * (1.0 - p.trust_loss)))
        residents.gave_up[who] = (residents.gave_up[who] | gives_up.take(rows)) & ~good


def _first_resolutions(state: State, slots: Slots) -> None:
    """Count problems that are really resolved for the first time, by the month in which they were first filed."""
    tickets = state.tickets
    first = slots.compress(~tickets.ever_resolved.take(slots))
    tickets.ever_resolved[first] = True
    state.cohorts.resolve(tickets.first_day.take(first), tickets.home.take(first), state.day)
