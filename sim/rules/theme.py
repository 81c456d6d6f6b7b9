"""Rules of the monthly theme."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class Theme:
    """Monthly theme 每月一题: the worst kind of request gets a push by departments and streets (report 一(二)).

    Published are 27 theme problems in 2021 and 17 in 2022, in 12 themes a year. Such a problem is far narrower than
    one of the model's categories: by default a theme a month is begun, and even a full push takes away only a part
    (`theme_level`, `theme_defects`) of its category. The rule holds from a run's first month on, though the city began
    in 2021: rules know no calendar.
    """

    kinds_a_month: int = number(1, "categories", 0, 14, "themes begun a month", "每月主题数", "12 a year; off: 0")
    months: int = number(3, "months", 1, 24, "a push lasts", "专项推进时长")
    pause: int = number(6, "months", 0, 60, "after it, before the same category can be a theme again", "同类主题间隔")
    hours: float = number(
        40.0, "hours a month per million residents", 0, 5000, "coordinating hours for one push", "每题协调工时"
    )
    casework_weight: float = number(
        0.0,
        "call-backs",
        0,
        100,
        "call-backs that a case solved by caseworkers counts for in the choice",
        "专办解决案件在选题中的权重",
        "off: 0; the reform of report 三(二)2",
    )
    street_share: float = number(0.5, "share", 0, 1, "of these hours, streets'", "街道承担的协调工时占比")

    def __post_init__(self) -> None:
        check(self)
