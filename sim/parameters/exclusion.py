"""Parameters: files and reviews of exclusion."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import NEAR


@dataclass(frozen=True)
class Excluding:
    """Files and reviews of exclusion."""

    file_minutes: int = number(
        280,
        "minutes",
        10,
        4800,
        "compiling one exclusion file",
        "单件剔除材料用时",
        "2.4 × a ticket's hours (assumption)",
    )
    accepted_prior: float = number(
        0.5, "share", 0, 1, "acceptance believed of files before experience", "对剔除通过率的先验", NEAR
    )
    exclusion_recognition: float = number(
        0.8, "chance", 0.5, 1, "a unit knows whether a ticket can be excluded", "识别可剔除工单的概率"
    )
    exclusion_true: float = number(
        0.7, "chance", 0, 1, "acceptance: strategic, or not the unit's", "应剔除工单的通过率"
    )
    exclusion_false: float = number(0.12, "chance", 0, 1, "acceptance of any other ticket", "不应剔除工单的通过率")
