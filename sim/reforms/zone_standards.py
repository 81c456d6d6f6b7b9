"""Standards by functional zone: streets are ranked among those of their zone (report 三(三)2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import choice
from sim.reforms.base import Reform
from sim.rules import League, Rules


@dataclass(frozen=True)
class ZoneStandards(Reform):
    """Rank streets within their functional zone, or their district, instead of the whole city (report 三(三)2).

    Works through what a point is worth: nearer rivals make it worth more, far ones less. Costs nothing directly; what
    it costs appears as withdrawn and overtime hours. Could fail because small leagues are noisier, and because the
    standards of the service index that belong to it are another part.
    """

    costs: ClassVar[tuple[str, ...]] = ("withdrawn", "overtime", "staff_hours")

    league: League = choice(League.ZONE, "league", "排名分组")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, tournament=replace(rules.tournament, league=self.league))

    @classmethod
    def neutral(cls) -> ZoneStandards:
        """Return values at which it changes nothing."""
        return cls(league=League.CITY)
