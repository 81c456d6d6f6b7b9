"""Points: what the three answers of a call-back are worth, and their mean and variance over many."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.cells import blocks
from sim.rules import Rules

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ANSWERS = 8  # codes of the three answers: responded + 2 · resolved + 4 · satisfied
SAID_RESOLVED = [code for code in range(ANSWERS) if code & 2]


def points(rules: Rules) -> list[float]:
    """Return the points of each answer code (8,): 0.2 · responded + 0.4 · resolved + 0.4 · satisfied by default."""
    t = rules.tournament
    weights = (t.weight_response, t.weight_resolution, t.weight_satisfaction)
    return [math.fsum(w for bit, w in enumerate(weights) if code >> bit & 1) for code in range(ANSWERS)]


def mean_points(answers: Ints, values: list[float]) -> tuple[Ints, Floats, Floats]:
    """Return number, mean and variance of points over the answers counted in `answers` (n, 8); NaN where none."""
    n, total, squares = np.zeros(len(answers), dtype=np.int64), np.zeros(len(answers)), np.zeros(len(answers))
    for part in blocks(len(n), 4096):
        numbers = np.ascontiguousarray(answers[part].T, dtype=np.float64)  # whole: their sum is exact
        n[part] = numbers.sum(axis=0)
        for number, value in zip(numbers, values, strict=True):
            if value != 0.0:
                total[part] += number * value
                squares[part] += number * (value * value)
    safe = np.maximum(1, n)
    mean = total / safe
    variance = np.maximum(0.0, squares / safe - mean * mean)
    return n, np.where(n > 0, mean, np.nan), np.where(n > 0, variance, np.nan)
