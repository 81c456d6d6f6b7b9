"""Relapse 反弹: a problem that was solved with little care comes up again (report 二(二) “防反弹”)."""

from __future__ import annotations

import numpy as np

from sim.luck import Purpose, uniform
from sim.state import State

_WITHIN = 90  # days


def relapse(state: State) -> None:
    """Let some of the problems just solved come up again within 90 days; all others that rest end here.

    Chance = relapse × (1 − q), q the care that was given; every day of the 90 is as likely. The problem keeps its
    minutes, level and truth, and its next ticket counts as a repeat. `relapse` = 0 does nothing.
    """
    tickets, slots = state.tickets, state.today.resting
    solved = np.flatnonzero(tickets.resolved.take(slots))
    those = slots.take(solved)
    keys, attempt = tickets.key.take(those), tickets.attempt.take(those)
    chance = state.parameters.relapse * (1.0 - tickets.quality.take(those) / 65536.0)
    at = np.flatnonzero(uniform(keys, Purpose.RELAPSE, attempt) < chance)
    back, keys = those.take(at), keys.take(at)
    day = uniform(keys, Purpose.RELAPSE_WAIT, attempt.take(at))
    state.waiting.put(state.day, back, (1.0 + np.floor(day * _WITHIN)).astype(np.uint8))
    state.record.log.relapse(keys)
    state.tally.count("relapses", tickets.home.take(back))
    tickets.give_back(np.delete(slots, solved.take(at)))
