"""Tolerance 容错率: a share of lost points is forgiven before any counts (Linyi)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class Tolerance(Reform):
    """Forgive a share of all points before a lost one counts (not in the report; Linyi's 容错率).

    Works through the score: near the top the last points are worth nothing, so documents for them are not either.
    Costs nothing directly; what it costs appears as withdrawn and overtime hours. Could fail because the best streets
    stop striving.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    share: float = number(0.05, "of all points", 0, 1, "lost points forgiven", "容错率")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, tournament=replace(rules.tournament, tolerance=self.share))

    @classmethod
    def neutral(cls) -> Tolerance:
        """Return values at which it changes nothing."""
        return cls(share=0.0)
