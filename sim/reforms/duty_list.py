"""Duty list 职责清单: what is not a street's duty leaves its score after review (report 三(六)2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number, switch
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class DutyList(Reform):
    """Take tickets that are truly not a street's duty out of its score, after review (report 三(六)2).

    Works through the score and so through morale and effort: undeserved losses fall. Costs reviewers' hours, with
    errors and a queue. Could fail for the residents of these tickets: no unit has a stake left in them (watch
    `problems_resolved`).
    """

    costs: ClassVar[tuple[str, ...]] = ("duty_hours",)

    active: bool = switch(True, "the list is in force", "清单生效")
    reviewer_minutes: float = number(
        3000.0, "minutes a day per million residents", 0, 1e6, "reviewers' time", "职责清单审核人力"
    )

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        duty = replace(rules.duty_list, in_force=self.active, reviewer_minutes=self.reviewer_minutes)
        return replace(rules, duty_list=duty)

    @classmethod
    def neutral(cls) -> DutyList:
        """Return values at which it changes nothing."""
        return cls(active=False, reviewer_minutes=Rules().duty_list.reviewer_minutes)
