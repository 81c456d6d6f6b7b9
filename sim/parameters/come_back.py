"""Parameters: who files again, gives up or bears a grievance."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import MODEL


@dataclass(frozen=True)
class Returning:
    """Who files again, gives up or bears a grievance."""

    return_street: float = number(
        0.26, "chance", 0, 0.9, "files again: street's authority", "街道级问题再诉概率", MODEL
    )
    return_district: float = number(
        0.40, "chance", 0, 0.9, "files again: district's authority", "区级问题再诉概率", MODEL
    )
    return_city: float = number(0.48, "chance", 0, 0.9, "files again: city's authority", "市级问题再诉概率", MODEL)
    return_grievance: float = number(0.3, "chance", 0, 0.9, "added by full grievance", "心结增加的再诉概率")
    return_dissatisfied: float = number(
        0.3, "share", 0, 1, "of it, if resolved but not satisfied", "解决但不满意者的再诉系数"
    )
    return_most: float = number(0.9, "chance", 0, 0.99, "highest chance of filing again", "再诉概率上限")
    return_days: float = number(14.0, "days", 1, 60, "mean wait before filing again, beyond two days", "再诉平均间隔")
    give_up: float = number(0.5, "chance", 0, 1, "giving up, with no patience and full trust", "放弃概率系数")
    grievance_gain: float = number(0.2, "of the gap", 0, 1, "grievance added by a failure", "失败增加的心结")
    grievance_fade: float = number(0.02, "a month", 0, 0.5, "grievance fading", "心结消退")

    relapse: float = number(
        0.15, "chance", 0, 1, "a problem resolved without care comes up again within 90 days", "无投入时的问题反弹概率"
    )
    duplicate_hazard: float = number(
        0.01, "a day", 0, 0.2, "a resident files an open problem once more", "办理期间重复来电的日概率"
    )
    duplicate_recognition: float = number(
        0.9, "chance", 0, 1, "the centre sees that it is the same problem", "识别重复来电的概率"
    )
    duplicate_minutes: int = number(
        12, "minutes", 0, 240, "work on a merged duplicate, of the centre and of the unit each", "合并重复来电用时"
    )
    duplicate_grievance: float = number(0.02, "-", 0, 1, "grievance of having to call once more", "重复来电增加的心结")
