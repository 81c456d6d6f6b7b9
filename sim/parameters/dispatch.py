"""Parameters: how well dispatch and disputes work."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import MODEL, NEAR


@dataclass(frozen=True)
class Dispatching:
    """How well dispatch and disputes work."""

    accuracy_start: float = number(0.78, "share", 0, 1, "accuracy of dispatch at first", "初始派单准确率", NEAR)
    accuracy_decay: float = number(
        0.01, "a month", 0, 0.05, "accuracy lost to new kinds of request", "新型诉求造成的准确率下降"
    )
    unclear_recognition: float = number(
        0.2, "chance", 0, 1, "a ticket that would go astray is seen to be unclear", "识别疑难工单的概率"
    )
    unclear_mistake: float = number(0.01, "chance", 0, 1, "a clear ticket is taken for unclear", "误认疑难工单的概率")
    joint_review_accuracy: float = number(0.95, "chance", 0, 1, "joint review finds the right unit", "会商派单准确率")
    district_accuracy_start: float = number(
        0.7, "share", 0, 1, "accuracy of a district's catalogue at first", "区级派单目录初始准确率"
    )
    wrong_to_department: float = number(
        0.5, "share", 0, 1, "a street's ticket sent wrongly goes to a department", "误派部门占比"
    )
    wrong_loss: float = number(
        0.8, "share", 0, 1, "chance of resolution lost at the wrong unit", "误派的解决率损失", MODEL
    )
    dispute_recognition: float = number(
        0.8, "chance", 0, 1, "a wrong dispatch is recognised by the unit", "识别误派的概率"
    )
    dispute_mistake: float = number(0.02, "chance", 0, 1, "a right dispatch is taken for a wrong one", "误认误派的概率")
    dispute_minutes: int = number(20, "minutes", 0, 480, "a unit's work on one dispute", "提出异议用时")
    dispute_error: float = number(0.1, "chance", 0, 1, "error of a dispute ruling", "异议裁定差错率")
