"""Rules of dispatch: how the centre learns which unit a request belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class Dispatch:
    """How the centre learns which unit a request belongs to (report 二(二), 三(二))."""

    learning: float = number(
        0.02,
        "per 1 000 returned tickets",
        0,
        0.5,
        "share of the catalogue's gap closed per 1 000 returned tickets",
        "派单目录学习率",
    )
    by_district: float = number(
        0.15, "share", 0, 1, "tickets for streets that go by way of the district's centre", "经区级派单中心转派占比"
    )

    def __post_init__(self) -> None:
        check(self)
