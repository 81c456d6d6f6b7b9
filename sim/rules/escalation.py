"""Rules of escalation."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number

_REFORM = "never today; the reform of report 三(二)2"


@dataclass(frozen=True)
class Escalation:
    """Escalation 提级派单: what has come back n times goes to caseworkers of the district or the city."""

    after: int = number(
        0, "returns", 0, 20, "the n-th return goes to casework (0: never)", "第几次重复时提级（0：不提级）", _REFORM
    )
    queue_days: float = number(
        30.0, "days of work", 0, 1000, "escalation is refused while the queue is longer", "提级排队上限"
    )
    street_share: float = number(
        0.5,
        "share",
        0,
        1,
        "of call-backs after escalation that count for the street (κ)",
        "提级后仍计入街道的回访占比",
    )
    lowers_level: float = number(
        0.0,
        "chance",
        0,
        1,
        "a case solved above the street lowers its type's level (λ)",
        "专办解决后降低同类层级的概率",
        _REFORM,
    )

    def __post_init__(self) -> None:
        check(self)
