"""Rules of the duty list."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number, switch


@dataclass(frozen=True)
class DutyList:
    """Duty list 职责清单: what is not a street's duty leaves its score after review (report 三(六)2)."""

    in_force: bool = switch(
        False, "tickets that are not a street's duty leave its score", "按职责清单剔除", "not today; report 三(六)2"
    )
    reviewer_minutes: float = number(
        3000.0, "minutes a day per million residents", 0, 1e6, "reviewers' time for the duty list", "职责清单审核人力"
    )
    review_minutes: int = number(10, "minutes", 1, 480, "review of one ticket by the list", "单件职责审核用时")
    review_days: int = number(2, "days", 1, 60, "shortest time of a review by the list", "职责审核最短天数")

    def __post_init__(self) -> None:
        check(self)
