"""Graded assessment 分级考评: fixed grades count instead of ranks (Beijing 2025)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import check_falling, number, switch
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class GradedAssessment(Reform):
    """Count grades with fixed cut-offs instead of ranks (not in the report; Beijing 2025).

    Works through what a point is worth: near a cut-off much, far from it nothing; rivals matter for the lists alone,
    which stay by rank. Costs nothing directly; what it costs appears as withdrawn and overtime hours. Could fail
    because streets far from any cut-off have no reason to move, or because all pass in the end.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    graded: bool = switch(True, "grades count instead of ranks", "分级考评")
    high: float = number(0.95, "score", 0, 1, "score of the highest grade", "一档分数线")
    middle: float = number(0.9, "score", 0, 1, "score of the middle grade", "二档分数线")
    low: float = number(0.8, "score", 0, 1, "score of the lowest grade that passes", "三档分数线")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_falling(self, "high", "middle", "low")  # as the rules do, and by its own names

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        grades = replace(
            rules.tournament,
            graded=self.graded,
            grade_high=self.high,
            grade_middle=self.middle,
            grade_low=self.low,
        )
        return replace(rules, tournament=grades)

    @classmethod
    def neutral(cls) -> GradedAssessment:
        """Return values at which it changes nothing."""
        return cls(graded=False, high=0.95, middle=0.9, low=0.8)
