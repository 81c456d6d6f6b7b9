"""Chance and tables, one number at a time: thin scalar faces of `sim.luck` and `sim.tables`."""

from __future__ import annotations

from collections.abc import Sequence

from sim import tables
from sim.luck import GAMMA, MASK, alias_table, finalise_one, uniform_one

draw = uniform_one  # draw(key, purpose, attempt=0) -> a number in [0, 1)


def fold(prefix: int, word: int) -> int:
    """Return the key that mix_one(*words, word) gives, from the prefix mix_one(*words)."""
    return finalise_one((prefix + GAMMA * (word + 1)) & MASK)


def e_minus(x: float) -> float:
    """Return e^(-x) for x ≥ 0."""
    return float(tables.exp_neg(x))


def ln(x: float) -> float:
    """Return the natural logarithm of x > 0."""
    return float(tables.log(x))


def to_power(x: float, a: float) -> float:
    """Return x^a for x > 0."""
    return float(tables.power(x, a))


def normal_density(z: float) -> float:
    """Return the standard normal density at z."""
    return float(tables.density(z))


def grain(x: float) -> float:
    """Round to a multiple of 2^-30."""
    return float(tables.grain(x))


def one_of(n: int, u: float) -> int:
    """Return which of n equally likely things the uniform u picks."""
    return min(int(u * n), n - 1)


class Urn:
    """Things 0, 1, … drawn in proportion to weights, by Walker's alias table."""

    def __init__(self, weights: Sequence[float]) -> None:
        accept, alias = alias_table(weights)
        self.accept: list[float] = accept.tolist()
        self.alias: list[int] = alias.tolist()

    def draw(self, u: float) -> int:
        """Return the thing that the uniform u picks."""
        scaled = u * len(self.accept)
        column = int(scaled)
        return column if scaled - column < self.accept[column] else self.alias[column]
