"""Rules of the key-complainant directory."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class KeyComplainants:
    """Key-complainant directory 重点诉求人目录 and one plan per person 一人一策 (report 三(二)3)."""

    hours: float = number(
        0.0,
        "hours a month per million residents",
        0,
        100_000,
        "hours of social workers with listed complainants (0: no directory)",
        "重点诉求人帮扶工时",
        "none today; report 三(二)3",
    )
    requests: int = number(
        5,
        "requests in 12 months",
        2,
        50,
        "at which one is listed, if half of them left one unsatisfied",
        "列入目录的诉求次数",
    )
    most: float = number(100.0, "residents per million", 0, 100_000, "most that the directory lists", "目录人数上限")
    visits: int = number(4, "visits a month", 1, 30, "most visits to one person", "每人每月帮扶次数上限")

    def __post_init__(self) -> None:
        check(self)
