"""Quarterly assessment: scores pooled over three months, and a third of the decisions (from elsewhere)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class QuarterlyAssessment(Reform):
    """Assess once in several months on all call-backs since the last time (not in the report; practice elsewhere).

    Works through noise: the standard error of a score falls by the square root of the months. Costs nothing directly;
    what it costs appears as withdrawn and overtime hours. Could fail because there are fewer decisions, and old months
    weigh on new ones.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    months: int = number(3, "months", 1, 12, "pooled in one assessment", "考核周期")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, tournament=replace(rules.tournament, period_months=self.months))

    @classmethod
    def neutral(cls) -> QuarterlyAssessment:
        """Return values at which it changes nothing."""
        return cls(months=1)
