"""Key complainants 一人一策: a directory, and social workers who ease grievances (report 三(二)3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class KeyComplainants(Reform):
    """List those who ask again and again unsatisfied, and let social workers work with them (report 三(二)3).

    Works through the resident: grievance falls, a strategic complainant may turn cooperative. Costs social
    workers' hours, with a queue. Could fail because being listed rewards filing (`listed_rewards`), or because
    the problem itself stays unsolved.
    """

    costs: ClassVar[tuple[str, ...]] = ("key_hours",)

    hours: float = number(300.0, "hours a month per million residents", 0, 100_000, "social workers' hours", "帮扶工时")
    requests: int = number(5, "requests in 12 months", 2, 50, "at which one is listed", "列入目录的诉求次数")
    most: float = number(100.0, "residents per million", 0, 100_000, "most that the directory lists", "目录人数上限")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        people = replace(rules.key_complainants, hours=self.hours, requests=self.requests, most=self.most)
        return replace(rules, key_complainants=people)

    @classmethod
    def neutral(cls) -> KeyComplainants:
        """Return values at which it changes nothing."""
        return cls(hours=0.0)
