"""Rules of lists: what being on one of the four lists brings a street."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class Lists:
    """What the advanced 先进, improving 进步, rectification 整改 and governance 治理 lists bring (report 一(二))."""

    praise_months: int = number(1, "months", 0, 12, "praise for the advanced and the improving", "表扬时长")
    talk_minutes: int = number(
        30, "minutes per officer", 0, 2000, "what a talk costs a street on the rectification list", "约谈用时"
    )
    project_months: int = number(3, "months", 1, 24, "project at a street on the governance list", "治理专项时长")
    project_staff: float = number(
        0.05, "of the street's staff", 0, 1, "staff seconded to a project, as new hours", "专项增派人力"
    )
    project_relief: float = number(
        0.3, "share", 0, 1, "hard problems of the street's top category brought down to its level", "专项下放权限比例"
    )

    def __post_init__(self) -> None:
        check(self)
