"""Rules of resource tilting."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sim.declare import check, choice, number


class Tilt(enum.Enum):
    """Which streets are given resources."""

    NEED = "need"  # most standard hours arriving, over own hours
    LOAD = "load"  # most tickets per 10 000 residents last month
    INDEX = "index"  # lowest public-service index 七有五性
    GOVERNANCE = "governance"  # those on the governance list
    WEAK = "weak"  # lowest three-month score: rewards failing
    RANDOM = "random"  # a control, drawn anew every twelve months


@dataclass(frozen=True)
class Tilting:
    """Resource tilting 资源倾斜 (report 三(三)): all other streets give staff to those chosen, or money buys hours."""

    share: float = number(0.0, "share", 0, 0.5, "staff that streets not chosen give", "抽调人力占比", "off: 0")
    money: float = number(0.0, "yuan a resident and year", 0, 1000, "the city's money for hours", "倾斜经费", "off: 0")
    price: float = number(50.0, "yuan an hour", 1, 1000, "price of an hour that the city buys", "市购买工时单价")
    by: Tilt = choice(Tilt.NEED, "which streets are chosen", "倾斜依据", "report 三(三)")
    receivers: float = number(0.1, "share", 0, 1, "streets chosen (but for the governance list)", "受援街乡镇占比")

    def __post_init__(self) -> None:
        check(self)
