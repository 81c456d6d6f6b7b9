"""Parameters: how offices decide."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import NEAR


@dataclass(frozen=True)
class Deciding:
    """How offices decide."""

    effort_rest: float = number(0.6, "of normal time", 0.2, 1.4, "effort without a tournament", "无锦标赛时的投入")
    effort_most: float = number(1.4, "of normal time", 1.0, 3.0, "most effort", "投入上限")
    idle_seen: float = number(
        0.0,
        "share",
        0,
        1,
        "idle hours that an office takes off what handling gains it",
        "决策时计入的闲置工时比例",
        "off: 0",
    )
    effort_cost: float = number(5.0, "-", 0.1, 20, "cost of effort (κ)", "投入成本系数", NEAR)
    step: float = number(0.05, "-", 0, 1, "speed of adjustment (η)", "调整速度", "0.2 gives collective waves")
    perception: float = number(0.01, "score", 0, 0.05, "noise in the perception of scores (s₀)", "分数感知误差")
    discount: float = number(0.7, "-", 0, 1, "weight of requests prevented (δ)", "预防收益折扣")
    prevention_yield: float = number(
        0.5,
        "requests an hour",
        0,
        5,
        "requests that an hour of prevention takes away, over time",
        "每小时预防减少诉求",
        "assumption: at 0.2 nobody prevents, at 0.8 close to half of all hours go into it",
    )
    prevention_focus: float = number(
        1.0, "share", 0, 1, "prevention hours that follow the office's own tickets", "预防工时按本单位诉求分布的比例"
    )
    defect_return: float = number(0.05, "of the gap a month", 0, 1, "defects growing back", "缺陷回升速率")
