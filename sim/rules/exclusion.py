"""Rules of exclusion."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number, switch


@dataclass(frozen=True)
class Exclusion:
    """Exclusion 剔除: on written proof a failed ticket leaves the score, not the resident's life (report 二(二)).

    A street screens its own files (its threshold), then its district's reviewers look at them, then the city's;
    departments' files go straight to the city.
    """

    allowed: bool = switch(True, "units may apply for exclusion", "允许申请剔除", "report 二(二)")
    district_minutes: float = number(
        600.0,
        "minutes a day per million residents",
        0,
        1e6,
        "district reviewers' time for exclusion",
        "区级剔除审核人力",
    )
    district_review_minutes: int = number(20, "minutes", 1, 480, "district's review of one file", "区级单件审核用时")
    district_days: int = number(1, "days", 1, 30, "shortest time of the district's review", "区级审核最短天数")
    city_minutes: float = number(
        600.0, "minutes a day per million residents", 0, 1e6, "city reviewers' time for exclusion", "市级剔除审核人力"
    )
    city_review_minutes: int = number(30, "minutes", 1, 480, "city's review of one file", "市级单件审核用时")
    city_days: int = number(2, "days", 1, 30, "shortest time of the city's review", "市级审核最短天数")

    def __post_init__(self) -> None:
        check(self)
