"""Rules of joint review."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number, switch


@dataclass(frozen=True)
class JointReview:
    """Joint review 疑难复杂诉求会商 of tickets whose unit is unclear (report 二(二), 一(二))."""

    allowed: bool = switch(True, "unclear tickets may go to joint review", "允许疑难诉求会商", "report 二(二)")
    reviewer_minutes: float = number(
        600.0, "minutes a day per million residents", 0, 1e6, "joint reviewers' time", "会商人力"
    )
    review_minutes: int = number(30, "minutes", 1, 960, "joint review of one ticket", "单件会商用时")
    review_days: int = number(1, "days", 1, 30, "shortest time of a joint review", "会商最短天数")
    queue_days: int = number(3, "days", 0, 60, "longest queue, in the reviewers' days", "会商排队上限")

    def __post_init__(self) -> None:
        check(self)
