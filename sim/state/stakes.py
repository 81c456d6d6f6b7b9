"""Stakes: what a unit loses if its attempt at a ticket fails, by class, and the weight that it gives each class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Keys, Purpose, uniform
from sim.tickets import Slots, Tickets

Ints = NDArray[np.int64]

CLASSES = 4
ORDINARY, HANDED_UP, EXCLUDABLE, NO_DUTY = range(CLASSES)  # in `tickets.stake`
ONE = 1 << 16  # weights are whole numbers of 2^-16


class Stakes:
    """The weights of the month, (U, 4): stake^a in 2^-16; `alike` if no unit tells tickets apart."""

    def __init__(self, n_units: int) -> None:
        self.set(np.full((n_units, CLASSES), ONE, dtype=np.int64))

    def set(self, weights: Ints) -> None:
        """Put the weights of a month into force; `unlike` (U,) says which units tell tickets apart."""
        self.weights = weights
        self.unlike: NDArray[np.bool_] = (weights != ONE).any(axis=1)
        self.alike = not self.unlike.any()


def no_duty(tickets: Tickets, slots: Slots, error: float) -> NDArray[np.bool_]:
    """Say which tickets (n,) the duty list, as it is read, takes for none of their units' duty.

    Truly a duty is what the unit answers for; the list is read wrongly, either way, with chance `error`.
    """
    keys: Keys = tickets.key[slots]
    wrong = uniform(keys, Purpose.DUTY_READING, tickets.serial(slots)) < error
    out: NDArray[np.bool_] = (tickets.unit[slots] != tickets.right[slots]) ^ wrong
    return out
