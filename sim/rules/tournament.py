"""Rules of the tournament: the score, the leagues, the lists, and what a rank is worth."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sim.declare import check, check_falling, check_whole, choice, number, switch

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
    departments_ranked: bool = switch(
        True,
        "departments and enterprises are ranked, in two leagues of their own",
        "部门和企业分组排名",
        "report 一(二)",
    )
    pool_below: int = number(
        30, "call-backs", 0, 1000, "scores on fewer call-backs are pooled over three assessments", "合并计分下限"
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

    weight_requests: float = number(
        0.0,
        "share",
        0,
        1,
        "weight of requests per 10 000 residents",
        "万人诉求比权重",
        "variant; today none",
    )
    tolerance: float = number(
        0.0, "of all points", 0, 1, "lost points forgiven before any counts", "容错率", "elsewhere; today none"
    )
    period_months: int = number(1, "months", 1, 12, "months pooled in one assessment", "考核周期", "monthly")
    handicap: float = number(
        0.0,
        "share",
        0,
        1,
        "share of the expected score taken off",
        "考核难度调整",
        "variant; today none",
    )
    graded: bool = switch(False, "fixed grades count instead of ranks", "分级考评", "Beijing 2025; today ranks")
    grade_high: float = number(0.95, "score", 0, 1, "score of the highest grade", "一档分数线")
    grade_middle: float = number(0.9, "score", 0, 1, "score of the middle grade", "二档分数线")
    grade_low: float = number(0.8, "score", 0, 1, "score of the lowest grade that passes", "三档分数线")

    def __post_init__(self) -> None:
        check(self)
        check_whole(self, "weight_response", "weight_resolution", "weight_satisfaction")
        check_falling(self, "grade_high", "grade_middle", "grade_low")
