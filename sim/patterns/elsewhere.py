"""Patterns of the list that runs which differ in the strength of the tournament alone cannot decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Elsewhere:
    """A pattern without measures: its number in the model's list, what it says, on what basis, and what decides it."""

    name: str
    en: str
    basis: str
    decided: str


ELSEWHERE: dict[str, Elsewhere] = {
    pattern.name: pattern
    for pattern in (
        Elsewhere(
            "P6",
            "there is, or is not, a capacity below which the loop of repeats feeds itself",
            "report 二(二) “无效循环”",
            "the gain of the loop in pairs of runs, `experiments.loop_gain`; “nowhere” is an answer",
        ),
    )
}
