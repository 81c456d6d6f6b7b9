"""Forecast: which streets work in like circumstances, and what their residents answered over the last year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.points import ANSWERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEED_PARTS, LEVEL_PARTS = 3, 2  # thirds by need, halves by level mix


class Forecast:
    """Cells of like streets, fixed at the run's start, and the answers of the last twelve months (S, 8).

    A cell is a zone, a third by need (standard minutes of 2019's requests per officer) and a half by level mix (share
    of requests above a street's authority). None of the three is a street's own doing.
    """

    def __init__(self, zone: Ints, minutes: Floats, staff: Floats, requests: Floats, level_above: Floats) -> None:
        """Take by street its zone, need (minutes a day), staff, yearly requests (S, C), and levels by category (C,)."""
        hard, whole = np.zeros(len(zone)), np.zeros(len(zone))
        for c in range(len(level_above)):
            hard = hard + requests[:, c] * level_above[c]
            whole = whole + requests[:, c]
        need = part(minutes / staff, NEED_PARTS)
        level = part(hard / whole, LEVEL_PARTS)
        fine = (zone * NEED_PARTS + need) * LEVEL_PARTS + level
        self.cells = [np.zeros(len(zone), dtype=np.int64), zone, fine]  # from coarse to fine
        self.months: list[NDArray[np.int32]] = []  # answers by street, the last twelve months
        self.total = np.zeros((len(zone), ANSWERS), dtype=np.int64)


def part(values: Floats, parts: int) -> Ints:
    """Return which of so many equal parts each value (n,) is in, from the lowest; equal values in order of row."""
    place = np.empty(len(values), dtype=np.int64)
    place[np.argsort(values, kind="stable")] = np.arange(len(values))
    return place * parts // len(values)
