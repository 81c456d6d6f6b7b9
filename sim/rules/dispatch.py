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

    label_hours: float = number(
        0.0,
        "hours a month per million residents",
        0,
        5000,
        "analysts who label disputes lost and files for exclusion (0: nobody does)",
        "异常工单标签化工时",
        "never today; the reform of report 三(二)1",
    )
    label_minutes: int = number(30, "minutes", 1, 480, "labelling of one ticket", "单件标签化用时")

    def __post_init__(self) -> None:
        check(self)
