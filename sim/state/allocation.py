"""Allocation: who works where, beside the staff that streets have of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

PARTS = 1 << 20  # an officer in whole parts: what is moved adds up exactly


class Allocation:
    """What is moved between streets and bought for them this month, by street (S,), in parts of an officer."""

    def __init__(self, n_streets: int) -> None:
        self.moved: Ints = np.zeros(n_streets, dtype=np.int64)  # received less given; adds up to 0
        self.bought: Ints = np.zeros(n_streets, dtype=np.int64)  # paid for with money
        self.received: list[Ints] = []  # moved in and bought, in the last two months, newest last
        self.tickets: Ints = np.zeros(n_streets, dtype=np.int64)  # filed last month, by home street
