"""What one mechanism of the day hands to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.tickets import NO_SLOTS, Slots

Ints = NDArray[np.int64]


@dataclass
class Today:
    """Batches handed from one mechanism of the day to the next."""

    called: Slots = field(default_factory=lambda: NO_SLOTS)  # closed yesterday, called back today
    satisfied: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))  # of `called`
    reached: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))  # of `called`
    grievance: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))  # of `called`, this morning
    failed: Slots = field(default_factory=lambda: NO_SLOTS)  # reached, and said "not resolved"
    resting: Slots = field(default_factory=lambda: NO_SLOTS)  # of `called`: will not file again for now
    failed_answers: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    counted: Slots = field(default_factory=lambda: NO_SLOTS)  # reached, and counting for their unit
    counted_answers: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    asked: Slots = field(default_factory=lambda: NO_SLOTS)  # of `failed`: accepted as cases on request
    entering: Slots = field(default_factory=lambda: NO_SLOTS)  # to be dispatched
    astray: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))  # of `entering`
    routed: Slots = field(default_factory=lambda: NO_SLOTS)  # sent to a unit, on their way
    reviewed: Slots = field(default_factory=lambda: NO_SLOTS)  # out of joint review, on their way to a unit
    arriving: Slots = field(default_factory=lambda: NO_SLOTS)  # dispatched, and not disputed
    returned: Slots = field(default_factory=lambda: NO_SLOTS)  # back from a dispute that was lost
    arrived: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # standard minutes that arrived, (U,)
