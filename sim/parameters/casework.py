"""Parameters: caseworkers of districts and city, and who asks for them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Casework:
    """Caseworkers of districts and city, and who asks for them."""

    casework_request: float = number(
        0.1, "chance", 0, 1, "a street sees that it lacks the authority, and asks for casework", "街道申请专办的概率"
    )
    escalation_recognition: float = number(
        0.8, "chance", 0, 1, "a return is recognised as one of the same problem", "识别重复诉求的概率"
    )
    casework_minutes: float = number(
        3.0, "× the problem's minutes", 0.1, 20, "caseworkers' time for a case", "专办用时倍数"
    )
    casework_ceiling: float = number(0.95, "chance", 0, 1, "best that casework can do", "专办解决上限")
    casework_skill: float = number(0.8, "-", 0.05, 1, "skill of caseworkers", "专办人员技能")
    casework_care: float = number(2.0, "× standard", 0.1, 3.9, "care of caseworkers", "专办投入")
    relief_problems: float = number(
        1.0,
        "problems a year",
        0,
        1000,
        "hard problems of its type that need no more authority after a case that set a precedent",
        "一件先例使多少同类问题不再需要上级权限",
    )
