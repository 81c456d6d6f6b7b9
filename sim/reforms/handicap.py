"""Handicap: scores are taken relative to what a street's need and problems lead one to expect (Lazear & Rosen 1981)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class Handicap(Reform):
    """Take off a share of the score expected from need, level mix and zone before ranking (Lazear & Rosen 1981).

    Not in the report. Works through what a point is worth: streets that were out of reach of each other become rivals.
    Costs nothing directly; what it costs appears as withdrawn and overtime hours. Could fail because the expectation
    is itself noisy, or because differences between streets were noise from the start.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    share: float = number(1.0, "share", 0, 1, "share of the expected score taken off", "考核难度调整")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, tournament=replace(rules.tournament, handicap=self.share))

    @classmethod
    def neutral(cls) -> Handicap:
        """Return values at which it changes nothing."""
        return cls(share=0.0)
