"""Escalation 提级派单: what keeps coming back goes up to caseworkers of the district or the city (report 三(二)2)."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import choice, number
from sim.reforms.base import Reform
from sim.rules import Casework, Rules


class HoursFrom(enum.Enum):
    """Where the caseworkers' hours come from that are more than those before."""

    NEW = "new"
    STREETS = "streets"


@dataclass(frozen=True)
class Escalation(Reform):
    """Hand the n-th return of a problem up to caseworkers of the district, or of the city (report 三(二)2).

    Works through authority: caseworkers have a ceiling that a street has not. The street keeps a share of the
    points, the district bears the rest; a solved case may lower its type's level, and counts in the choice of
    themes. Costs the caseworkers' hours, which run out: the queue refuses beyond so many days. Those that are added
    are new or taken from the streets. Could fail by moral hazard (a street cares less for what it will hand up), by
    congestion, or because what returns is strategic.
    """

    costs: ClassVar[tuple[str, ...]] = ("casework_hours",)

    after: int = number(3, "returns", 0, 20, "the n-th return goes up (0: never)", "第几次重复时提级（0：不提级）")
    queue_days: float = number(30.0, "days of work", 0, 1000, "refused while the queue is longer", "提级排队上限")
    street_share: float = number(0.5, "share", 0, 1, "of the points that stay with the street (κ)", "计入街道的占比")
    district_hours: float = number(
        600.0, "hours a month per million residents", 0, 100_000, "district caseworkers' hours, in all", "区级专办工时"
    )
    city_hours: float = number(
        120.0, "hours a month per million residents", 0, 100_000, "city caseworkers' hours, in all", "市级专办工时"
    )
    staffing: HoursFrom = choice(HoursFrom.NEW, "added hours are new, or taken from streets", "新增专办工时来源")
    lowers_level: float = number(
        0.1, "chance", 0, 1, "a solved case lowers its type's level (λ)", "专办解决后降低同类层级的概率"
    )
    theme_weight: float = number(
        5.0, "call-backs", 0, 100, "of a solved case in the choice of themes", "专办案件在选题中的权重"
    )

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(
            rules,
            escalation=replace(
                rules.escalation,
                after=self.after,
                queue_days=self.queue_days,
                street_share=self.street_share,
                lowers_level=self.lowers_level,
            ),
            casework=replace(
                rules.casework,
                district_hours=self.district_hours,
                city_hours=self.city_hours,
                from_streets=self._from_streets(rules.casework),
            ),
            theme=replace(rules.theme, casework_weight=self.theme_weight),
        )

    def _from_streets(self, before: Casework) -> float:
        """Return the share of all hours that streets give: what they gave before, and what is added if it is theirs."""
        had, total = before.district_hours + before.city_hours, self.district_hours + self.city_hours
        given = before.from_streets * had
        if self.staffing is HoursFrom.STREETS:
            given += max(0.0, total - had)
        return min(1.0, given / total) if total > 0.0 else before.from_streets

    @classmethod
    def neutral(cls) -> Escalation:
        """Return values at which it changes nothing."""
        return cls(
            after=0,
            district_hours=Rules().casework.district_hours,
            city_hours=Rules().casework.city_hours,
            lowers_level=0.0,
            theme_weight=0.0,
        )
