"""Parameters: who leaves an office, and who comes."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Staffing:
    """Who leaves an office, and who comes."""

    leaving_base: float = number(0.004, "a month", 0, 0.1, "officers leaving whatever the morale", "基础离岗率")
    leaving_by_morale: float = number(
        0.01, "a month per morale below the threshold", 0, 0.5, "officers leaving for low morale", "低士气增加的离岗率"
    )
    leaving_threshold: float = number(0.7, "0–1", 0, 1, "morale below which more officers leave", "离岗的士气阈值")
    hiring: float = number(0.25, "of vacancies a month", 0, 1, "vacancies refilled", "空岗补充率")
    moved_first: float = number(
        0.8, "share", 0, 1, "work of officers moved or bought, in their first month", "调入人员首月工效", "assumption"
    )
    newcomer_skill: float = number(
        1.0, "× the office's skill at first", 0, 2, "skill of newcomers", "新人技能相对初始技能"
    )
