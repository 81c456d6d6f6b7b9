"""Rules of dispatch disputes."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number, switch


@dataclass(frozen=True)
class Dispute:
    """Dispatch disputes 派单异议 and the reviewers who rule on them."""

    allowed: bool = switch(True, "units may dispute a dispatch", "允许派单异议", "report 一(二)")
    reviewer_minutes: float = number(
        2500.0, "minutes a day per million residents", 0, 1e6, "dispute reviewers' time", "异议审核人力"
    )
    review_minutes: int = number(15, "minutes", 1, 480, "review of one dispute", "单件异议审核用时")
    review_days: int = number(2, "days", 1, 30, "shortest time of a dispute review", "异议审核最短天数")

    def __post_init__(self) -> None:
        check(self)
