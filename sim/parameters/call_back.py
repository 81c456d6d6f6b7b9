"""Parameters: what residents answer when called back."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import NEAR


@dataclass(frozen=True)
class Answering:
    """What residents answer when called back."""

    reach: float = number(0.8, "chance", 0, 1, "the resident is reached", "回访接通率")
    confirm: float = number(0.98, "chance", 0, 1, "a first contact in time is confirmed", "确认响应的概率")
    misreport: float = number(
        0.02, "chance", 0, 0.5, "whether it is resolved is answered or noted wrongly", "解决情况误记率"
    )
    satisfied_resolved: float = number(0.97, "chance", 0, 1, "satisfied if resolved, at best", "解决者满意概率上限")
    satisfied_unresolved: float = number(
        0.77, "chance", 0, 1, "satisfied if unresolved, at full care seen", "未解决者满意概率上限", NEAR
    )
    late_effect: float = number(0.3, "share", 0, 1, "satisfaction lost by full lateness", "逾期的满意度损失")
    expectation: float = number(0.05, "-", 0, 0.3, "satisfaction lost to expectation", "期望的满意度损失")
