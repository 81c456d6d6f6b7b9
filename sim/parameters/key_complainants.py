"""Parameters: what social workers achieve with listed complainants, and what listing invites."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Visiting:
    """What social workers achieve with listed complainants, and what listing invites."""

    visit_minutes: int = number(240, "minutes", 10, 4800, "a visit of social workers, all told", "单次帮扶用时")
    visit_eases: float = number(0.1, "share", 0, 1, "grievance taken away by a visit", "单次帮扶减轻心结")
    visit_turns: float = number(
        0.05, "chance", 0, 1, "a visit turns a strategic complainant cooperative", "单次帮扶转化概率"
    )
    listed_rewards: float = number(
        0.05,
        "chance",
        0,
        0.2,
        "listed residents file again more often: being listed rewards filing",
        "列入目录的诉求激励",
    )
