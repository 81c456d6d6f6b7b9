"""Rules of exclusion."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number, switch


@dataclass(frozen=True)
class Exclusion:
    """Exclusion 剔除: on written proof a failed ticket leaves the score, not the resident's life (report 二(二))."""

    allowed: bool = switch(True, "units may apply for exclusion", "允许申请剔除", "report 二(二)")
    reviewer_minutes: float = number(
        3000.0, "minutes a day per million residents", 0, 1e6, "exclusion reviewers' time", "剔除审核人力"
    )
    review_minutes: int = number(30, "minutes", 1, 480, "review of one application", "单件剔除审核用时")
    review_days: int = number(3, "days", 1, 60, "shortest time of the three reviews", "剔除审核最短天数")

    def __post_init__(self) -> None:
        check(self)
