"""Parameters: files and reviews of exclusion."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import NEAR

STAGES = "assumption (both looks together: 0.7 of files that qualify, 0.12 of others)"


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
    exclusion_district_true: float = number(
        0.875, "chance", 0, 1, "the district passes a file on that qualifies", "区级通过率：应剔除", STAGES
    )
    exclusion_district_false: float = number(
        0.4, "chance", 0, 1, "the district passes any other file on", "区级通过率：不应剔除", STAGES
    )
    exclusion_city_true: float = number(
        0.8, "chance", 0, 1, "the city accepts a file passed on that qualifies", "市级通过率：应剔除", STAGES
    )
    exclusion_city_false: float = number(
        0.3, "chance", 0, 1, "the city accepts any other file passed on", "市级通过率：不应剔除", STAGES
    )
    refusal_contacts: int = number(
        2, "contacts", 0, 20, "further contacts tried in vain with a strategic resident", "对不配合者的额外联系次数"
    )

    @property
    def exclusion_true(self) -> float:
        """Return the chance that a file on a strategic or misplaced ticket is accepted: both looks pass it."""
        return self.exclusion_district_true * self.exclusion_city_true

    @property
    def exclusion_false(self) -> float:
        """Return the chance that any other file is accepted: both looks are taken in."""
        return self.exclusion_district_false * self.exclusion_city_false
