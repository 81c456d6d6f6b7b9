"""Resource tilting 资源倾斜: staff or money for the streets that need it most, by a key (report 三(三)3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import choice, number
from sim.reforms.base import Reform
from sim.rules import Rules, Tilt


@dataclass(frozen=True)
class ResourceTilting(Reform):
    """Give staff, taken from the other streets or bought, to the streets chosen by a key (report 三(三)3, 三(六)3).

    Works through hours: what is moved is received, at 0.8 in the first month and 1 from the third. Costs the givers'
    hours and those that the moved are paid for while they settle in, or money at a price per hour. Could fail because
    givers lose as much as takers gain, because the key picks streets whose problems need authority, not hours, or
    because it rewards failing (`weak`); `index`, the report's own key, goes by the street's public services 七有五性;
    `random` is the control.
    """

    costs: ClassVar[tuple[str, ...]] = ("moved_hours", "settling_hours", "money")

    share: float = number(0.05, "share", 0, 0.5, "staff that streets not chosen give (τ)", "抽调人力占比")
    money: float = number(0.0, "yuan a resident and year", 0, 1000, "new money for hours", "倾斜经费")
    price: float = number(50.0, "yuan an hour", 1, 1000, "price of an hour", "购买工时单价")
    by: Tilt = choice(Tilt.NEED, "which streets are chosen", "倾斜依据")
    receivers: float = number(0.1, "share", 0, 1, "streets chosen", "受援街乡镇占比")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        tilting = replace(
            rules.tilting,
            share=self.share,
            money=self.money,
            price=self.price,
            by=self.by,
            receivers=self.receivers,
        )
        return replace(rules, tilting=tilting)

    @classmethod
    def neutral(cls) -> ResourceTilting:
        """Return values at which it changes nothing."""
        return cls(share=0.0, money=0.0)
