"""Set the strength of the tournament: β = 0 switches it off, 2 doubles what a place in the ranking is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class TournamentStrength(Reform):
    """Set β, the worth of rising from last to first in units of effort cost (report 二(二); Lazear & Rosen 1981).

    Works through effort, documentation and morale only. Costs nothing directly: what it costs appears as
    withdrawn and overtime hours and as lost morale. Could fail because documents take up
    what pressure adds, or because morale gives way.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    strength: float = number(1.0, "β", 0, 10, "strength of the tournament", "锦标赛强度")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with this strength."""
        return replace(rules, tournament=replace(rules.tournament, strength=self.strength))

    @classmethod
    def neutral(cls) -> TournamentStrength:
        """Return today's strength."""
        return cls(strength=1.0)
