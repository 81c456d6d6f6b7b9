"""Rules of the districts' reserves."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sim.declare import check, choice, number


class Split(enum.Enum):
    """By what a district splits its reserve among its streets, beside their residents."""

    HEAD = "head"  # residents alone
    LOAD = "load"  # tickets filed last month
    STRONG = "strong"  # residents, times the place from below by three-month score
    WEAK = "weak"  # residents, times the place from above


@dataclass(frozen=True)
class Reserves:
    """A district's reserve of staff and money, split anew every month among its streets.

    The staff is taken from the streets themselves, so that the district's total is today's; money, which buys hours on
    top, is 0 by default.
    """

    staff_share: float = number(
        0.02, "share", 0, 0.5, "streets' staff held in the district's reserve", "区机动人力占比"
    )
    money: float = number(0.0, "yuan a resident and year", 0, 1000, "the district's money for hours", "区机动经费")
    price: float = number(50.0, "yuan an hour", 1, 1000, "price of an hour that a district buys", "区购买工时单价")
    split: Split = choice(
        Split.HEAD, "how districts split their reserve", "区机动资源分配方式", "assumption; today's is unknown"
    )

    def __post_init__(self) -> None:
        check(self)
