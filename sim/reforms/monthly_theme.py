"""Monthly theme 每月一题, stronger than today's (report 三(二)2, 一(二))."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class MonthlyTheme(Reform):
    """Begin more themes a month, with more coordinating hours (report 三(二)2).

    Works through authority and the stock of defects of the kinds chosen by the city's own data. Costs
    coordinating hours of departments and streets. Could fail because those hours are missing elsewhere, or
    because the kinds fade back.
    """

    costs: ClassVar[tuple[str, ...]] = ("theme_hours",)

    kinds_a_month: int = number(2, "categories", 0, 14, "themes begun a month", "每月主题数")
    months: int = number(6, "months", 1, 24, "a push lasts", "专项推进时长")
    hours: float = number(
        60.0, "hours a month per million residents", 0, 5000, "coordinating hours for one push", "每题协调工时"
    )

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        theme = replace(rules.theme, kinds_a_month=self.kinds_a_month, months=self.months, hours=self.hours)
        return replace(rules, theme=theme)

    @classmethod
    def neutral(cls) -> MonthlyTheme:
        """Return values at which it changes nothing."""
        return cls(
            kinds_a_month=Rules().theme.kinds_a_month,
            months=Rules().theme.months,
            hours=Rules().theme.hours,
        )
