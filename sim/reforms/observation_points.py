"""Observation points 观测点: streets are heard when their targets are set (report 三(六)1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class ObservationPoints(Reform):
    """Give what streets claim a weight in their targets, and audit the claims (report 三(六)1).

    Works through targets: they come nearer to what a street can do. Costs nothing directly; what it costs appears as
    withdrawn and overtime hours. Could fail because streets claim less than they can (sandbagging), or because targets
    press little in the first place.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    claims: float = number(0.5, "share", 0, 1, "weight of what streets claim (ω)", "基层申报权重")
    audit: float = number(0.5, "share", 0, 1, "of a sandbag that the audit takes off", "申报审核力度")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, targets=replace(rules.targets, claims=self.claims, audit=self.audit))

    @classmethod
    def neutral(cls) -> ObservationPoints:
        """Return values at which it changes nothing."""
        return cls(claims=0.0, audit=Rules().targets.audit)
