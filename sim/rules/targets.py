"""Rules of targets: what the city asks, how it is raised on the way down, and the meetings that lean on streets."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class Targets:
    """Yearly targets handed down from city to district to street 压力型体制 (report 一(二)); in units of the score."""

    worth: float = number(
        1.0,
        "rank share per score",
        0,
        50,
        "worth of a point far below the target (b_T)",
        "未达标时每分的价值",
    )
    full_gap: float = number(0.1, "score", 0.01, 1, "gap to the target at which pressure is full", "压力达满的差距")
    ambition: float = number(
        0.2, "of the gap to 1", 0, 1, "what the city asks beyond last year's result", "市级目标加码"
    )
    raise_by: float = number(0.2, "of the gap to 1", 0, 1, "raised by the district on the way down", "层层加码")
    ratchet: float = number(
        0.5,
        "share",
        0,
        1,
        "share of a street's own result in its target (ρ)",
        "目标棘轮",
        "Weitzman 1980; assumption",
    )
    claims: float = number(
        0.0,
        "share",
        0,
        1,
        "weight of what streets claim in their targets (ω)",
        "基层申报权重",
        "none today; report 三(六)1",
    )
    audit: float = number(0.5, "share", 0, 1, "of a sandbag that the audit takes off", "申报审核力度")
    meeting_share: float = number(
        0.5, "share", 0, 1, "share of districts, the lowest ranked, that hold a review meeting", "召开点评会的区占比"
    )
    meeting_minutes: int = number(
        15, "minutes per officer", 0, 2000, "what a review meeting costs each street", "点评会用时"
    )

    def __post_init__(self) -> None:
        check(self)
