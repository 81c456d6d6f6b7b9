"""Rules of casework: the caseworkers of districts and city, their hours and where these come from."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number

_A_MONTH = "hours a month per million residents"


@dataclass(frozen=True)
class Casework:
    """Caseworkers of the districts and of the city, who take up problems above a street's authority on request."""

    district_hours: float = number(300.0, _A_MONTH, 0, 100_000, "hours of district caseworkers", "区级专办工时")
    city_hours: float = number(50.0, _A_MONTH, 0, 100_000, "hours of city caseworkers", "市级专办工时")
    from_streets: float = number(
        0.0, "share", 0, 1, "of the caseworkers' hours, taken from the streets' hotline time", "专办工时取自街道的占比"
    )
    queue_days: float = number(
        20.0, "days of work", 0, 1000, "requests are refused while the queue is longer", "专办申请排队上限"
    )
    street_share: float = number(
        1.0,
        "share",
        0,
        1,
        "of call-backs after casework on request that count for the street",
        "专办后仍计入街道的回访占比",
        "assumption: today the street stays answerable for the ticket",
    )

    def __post_init__(self) -> None:
        check(self)
