"""Call back 回访: the day after closing, residents answer three questions; every score is made of these answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, uniform
from sim.orders import ascending
from sim.state import State
from sim.tickets import NEVER, NO_SLOTS, Slots


def call_back(state: State) -> None:
    """Call back the residents of yesterday's closed tickets (model: a request's life, step 6).

    Responded = first contact before the deadline, and confirmed. Resolved? is answered truly but for a small error.
    P(satisfied | resolved) = a (1 − G/2) f, P(satisfied | unresolved) = b · care seen · contacted · (1 − G) f with
    f = (1 − late effect · lateness)(1 − expectation · E): G the grievance of the morning, E the street's 12-month real
    resolution above one half. Strategic residents answer no three times. A ticket stands for the duplicates that were
    not recognised too; after casework it may count for the district. Who is not reached is in no denominator.
    """
    p, tickets = state.parameters, state.tickets
    slots, state.closed = state.closed.take(ascending(state.closed)), NO_SLOTS  # memory is read from front to back
    keys, attempt, number = tickets.key.take(slots), tickets.attempt.take(slots), tickets.number(slots)
    people, homes = tickets.person.take(slots).astype(np.intp), tickets.home.take(slots)
    unit, category = tickets.unit.take(slots).astype(np.intp), tickets.category.take(slots)
    resolved, strategic = tickets.resolved.take(slots), tickets.strategic.take(slots)
    contact, due = tickets.contact.take(slots), tickets.due.take(slots)

    responded = (contact != NEVER) & (contact <= due) & (uniform(keys, Purpose.CONFIRM, attempt) < p.confirm)
    says_resolved = resolved ^ (uniform(keys, Purpose.MISREPORT, attempt) < p.misreport)
    grievance = state.residents.grievance(people, state.month)
    expected, deadline = state.standing.expected, state.kinds.deadline.take(category)
    late = np.clip((tickets.closed.take(slots) - due) / deadline, 0.0, 1.0)
    quality = tickets.quality.take(slots) / 65536.0
    at_best = np.where(
        resolved,
        p.satisfied_resolved * (1.0 - 0.5 * grievance),
        p.satisfied_unresolved * quality * (contact != NEVER) * (1.0 - grievance),
    )
    chance = at_best * (1.0 - p.late_effect * late) * (1.0 - p.expectation * expected.take(homes))
    satisfied = (uniform(keys, Purpose.SATISFY, attempt) < chance) & ~strategic
    answers = (responded & ~strategic) + 2 * (says_resolved & ~strategic) + 4 * satisfied.astype(np.int64)

    covered = uniform(keys, Purpose.COVERAGE, attempt) < state.rules.call_back.coverage
    reached = covered & (uniform(keys, Purpose.REACH, attempt) < p.reach)
    tally = state.tally
    tally.count("not_reached", unit, number * ~reached)
    counted = _counted(state, slots)
    own, handed = reached & counted, reached & ~counted
    ours = np.flatnonzero(own)
    tally.count_answers("answers", unit.take(ours), answers.take(ours), number.take(ours))
    tally.count_answers("handed", unit[handed], answers[handed], number[handed])
    above = (tickets.level.take(slots) > 0) & (unit < state.units.n_streets)
    blameless = strategic | (unit != tickets.right.take(slots)) | above
    at = np.flatnonzero(own & blameless)
    tally.count_answers("undeserved", unit.take(at), answers.take(at), number.take(at))
    tally.count("reached_resolved", unit, number * (reached & resolved))
    said = reached & ((answers & 2) > 0)
    tally.count_category("reached", category, number * reached)
    tally.count_category("said_resolved", category, number * said)

    today = state.today
    today.called, today.satisfied, today.grievance = slots, satisfied, grievance
    today.counted, today.counted_answers = slots.take(ours), answers.take(ours)
    today.reached = reached
    failed = np.flatnonzero(own & ((answers & 2) == 0))
    today.failed, today.failed_answers = slots.take(failed), answers.take(failed)
    state.record.log.write(state, slots, reached, answers)
    tickets.casework[slots] = 0


def _counted(state: State, slots: Slots) -> NDArray[np.bool_]:
    """Say which call-backs count for the unit (n,): all, but of those after casework only the street's share, by lot.

    The others count for the street's district: by lot, so that counts stay whole and their expectation is the share.
    """
    rules, tickets = state.rules, state.tickets
    out = np.ones(len(slots), dtype=bool)
    cases = np.flatnonzero(tickets.casework.take(slots))
    shares = np.array([1.0, rules.casework.street_share, rules.escalation.street_share])
    share = shares[tickets.casework[slots[cases]]]
    out[cases] = uniform(tickets.key[slots[cases]], Purpose.CASEWORK_LOT, tickets.attempt[slots[cases]]) < share
    return out
