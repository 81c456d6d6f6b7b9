"""Parameters: whistles, and how well units work together."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Coordinating:
    """Whistles, and how well units work together."""

    authority_recognition: float = number(
        0.4,
        "chance",
        0,
        1,
        "a street sees that a problem needs more authority, and whistles",
        "识别超权限问题并吹哨的概率",
        "set so that about 4.4 % of a street's tickets whistle in the first year (Miyun Gulou 2019: 207 of 4 754)",
    )
    lead_minutes: int = number(40, "minutes", 0, 960, "the leading unit's work on a whistle", "牵头单位吹哨用时")
    called_minutes: int = number(60, "minutes", 0, 960, "the called unit's work on a whistle", "报到单位用时")
    whistle_patience: float = number(
        2.0, "days of work waiting", 0, 90, "backlog at which a called unit does not come", "不报到的积压天数"
    )
    ceiling_best: float = number(
        0.8,
        "chance",
        0.5,
        0.95,
        "best that can be done without own authority, at full coordination",
        "充分协同时的解决上限",
    )
    coordination_start: float = number(0.1, "0–1", 0, 1, "coordination at first", "初始协同水平")
    coordination_gain: float = number(
        0.05, "of the gap a month", 0, 1, "coordination gained by working together, at most", "协同增长速率"
    )
    coordination_cases: float = number(
        20.0, "cases a month", 0.1, 1000, "joint cases at which half of it is gained", "协同半饱和件数"
    )
    coordination_decay: float = number(0.02, "a month", 0, 1, "coordination lost without use", "协同衰减速率")
