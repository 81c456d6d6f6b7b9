"""Rules: what institutions decide. One frozen value is in force for a month; reforms amend it, and nothing else."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from sim.declare import check, choice, number, switch

_POINTS = "fits two published composites within 0.04 points"


class League(enum.Enum):
    """Among whom a street is ranked."""

    CITY = "city"
    ZONE = "zone"
    DISTRICT = "district"


@dataclass(frozen=True)
class Tournament:
    """The monthly score, the leagues in which it is ranked, and what rank is worth (report 一(二), 二(二))."""

    strength: float = number(
        1.0, "β", 0, 10, "strength of the tournament", "锦标赛强度", "normalisation: 1 is today's; Lazear & Rosen 1981"
    )
    weight_response: float = number(0.2, "share", 0, 1, "weight of response", "响应率权重", _POINTS)
    weight_resolution: float = number(0.4, "share", 0, 1, "weight of resolution", "解决率权重", _POINTS)
    weight_satisfaction: float = number(0.4, "share", 0, 1, "weight of satisfaction", "满意率权重", _POINTS)
    league: League = choice(League.CITY, "league", "排名分组", "the whole city is ranked as one")
    pool_below: int = number(
        30, "call-backs", 0, 1000, "scores on fewer call-backs are pooled over three months", "合并计分下限"
    )
    advanced_share: float = number(0.1, "share", 0, 0.5, "share of the league on the advanced list", "先进类占比")
    improving_share: float = number(0.1, "share", 0, 0.5, "share of the league on the improving list", "进步类占比")
    rectification_share: float = number(
        0.1, "share", 0, 0.5, "share of the league on the rectification list", "整改类占比"
    )
    governance_share: float = number(
        0.029,
        "share",
        0,
        0.5,
        "share of the league on the governance list (most tickets)",
        "治理类占比",
        "10 of 343 (report 一(二))",
    )
    advanced_worth: float = number(0.1, "β", 0, 2, "worth of the advanced list, beside the rank's", "先进类的价值")
    rectification_worth: float = number(0.1, "β", 0, 2, "worth of escaping the rectification list", "免于整改类的价值")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class Dispatch:
    """How the centre learns which unit a request belongs to (report 二(二), 三(二))."""

    learning: float = number(
        0.02,
        "per 1 000 returned tickets",
        0,
        0.5,
        "share of the catalogue's gap closed per 1 000 returned tickets",
        "派单目录学习率",
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class Dispute:
    """Dispatch disputes 派单异议 and the reviewers who rule on them."""

    allowed: bool = switch(True, "units may dispute a dispatch", "允许派单异议", "report 一(二)")
    reviewer_minutes: float = number(
        2500.0, "minutes a day per million residents", 0, 1e6, "dispute reviewers' time", "异议审核人力"
    )
    review_minutes: int = number(15, "minutes", 1, 480, "review of one dispute", "单件异议审核用时")
    review_days: int = number(2, "days", 1, 30, "shortest time of a dispute review", "异议审核最短天数")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class Handling:
    """Limits of handling that the hotline sets for every unit."""

    close_after: int = number(
        15, "days after the deadline", 0, 90, "unfinished tickets are closed as failed", "逾期结案天数"
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class Exclusion:
    """Exclusion 剔除: on written proof a failed ticket leaves the score, not the resident's life (report 二(二))."""

    allowed: bool = switch(True, "units may apply for exclusion", "允许申请剔除", "report 二(二)")
    reviewer_minutes: float = number(
        3000.0, "minutes a day per million residents", 0, 1e6, "exclusion reviewers' time", "剔除审核人力"
    )
    review_minutes: int = number(30, "minutes", 1, 480, "review of one application", "单件剔除审核用时")
    review_days: int = number(3, "days", 1, 60, "shortest time of the three reviews", "剔除审核最短天数")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class CallBack:
    """Call-backs 回访, from which every score is made."""

    coverage: float = number(
        1.0, "share", 0, 1, "share of closed tickets called back", "回访覆盖率", "published 2018: 0.16; now all"
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class Rules:
    """All rules in force in one month, by part."""

    tournament: Tournament = field(default_factory=Tournament)
    dispatch: Dispatch = field(default_factory=Dispatch)
    dispute: Dispute = field(default_factory=Dispute)
    handling: Handling = field(default_factory=Handling)
    exclusion: Exclusion = field(default_factory=Exclusion)
    call_back: CallBack = field(default_factory=CallBack)
