"""Outcomes: what a run is judged by, each declared once with unit, better direction and labels (model: outcomes)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim import measures
from sim.spread import mean, variance
from sim.sums import Sums, ratio

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """A named outcome. `compute` takes Sums and gives (T,), or (T, S) if the sums are by street.

    `better` is +1 if more is better, -1 if less is, 0 if it depends on the question.
    """

    name: str
    unit: str
    better: int
    en: str
    zh: str
    compute: Callable[[Sums], Floats]
    by_street: bool = True


_ALL = (
    Outcome("reported_resolution", "share", 1, "reported resolution", "解决率（考核）", measures.reported),
    Outcome("real_resolution", "share", 1, "real resolution", "真实解决率", measures.real),
    Outcome(
        "problems_resolved",
        "share",
        1,
        "problems resolved within 180 days",
        "180天内解决的问题占比",
        lambda s: ratio(s.cohort("resolved"), s.count("problems")),
    ),
    Outcome(
        "reporting_gap",
        "share",
        -1,
        "reported minus real resolution",
        "考核与真实解决率之差",
        lambda s: measures.reported(s) - measures.real(s),
    ),
    Outcome("gap_excluded", "share", -1, "gap by exclusion", "剔除造成的差距", measures.gap_excluded),
    Outcome("gap_misreported", "share", -1, "gap by wrong answers", "误记造成的差距", measures.gap_misreported),
    Outcome(
        "gap_not_reached",
        "share",
        0,
        "gap by those not reached, and timing",
        "未接通与时差造成的差距",
        measures.gap_not_reached,
    ),
    Outcome("satisfaction", "share", 1, "satisfaction", "满意率", measures.answered(4)),
    Outcome("response", "share", 1, "response", "响应率", measures.answered(1)),
    Outcome("composite", "score", 1, "composite score", "综合得分", lambda s: ratio(s.points(), s.answers("answers"))),
    Outcome("tickets", "tickets", 0, "tickets filed", "工单数", measures.filed),
    Outcome("problems", "problems", -1, "new problems filed", "新问题数", lambda s: s.count("problems")),
    Outcome("repeats", "tickets", -1, "repeats filed", "重复诉求数", lambda s: s.count("repeats")),
    Outcome(
        "repeat_share",
        "share",
        -1,
        "repeats among tickets",
        "重复诉求占比",
        lambda s: ratio(s.count("repeats"), measures.filed(s)),
    ),
    Outcome(
        "branching_ratio",
        "ratio",
        -1,
        "repeats per closed ticket",
        "每件结案引发的重复诉求",
        lambda s: ratio(s.cohort("repeats"), s.count("closed")),
    ),
    Outcome(
        "hours_on_repeats",
        "share",
        -1,
        "handling time on repeats",
        "重复诉求占用工时",
        lambda s: ratio(s.count("repeat_minutes"), s.count("handled_minutes")),
    ),
    Outcome("handling_share", "share", 1, "hotline time for handling", "办理工时占比", measures.paid_share("handling")),
    Outcome(
        "documentation_share",
        "share",
        -1,
        "hotline time for documentation",
        "材料工时占比",
        measures.paid_share("documentation"),
    ),
    Outcome(
        "prevention_share", "share", 1, "hotline time for prevention", "预防工时占比", measures.paid_share("prevention")
    ),
    Outcome(
        "withdrawn",
        "hours",
        -1,
        "hours withdrawn from unranked duties",
        "从非考核工作抽走的工时",
        lambda s: s.withdrawn(),
    ),
    Outcome("effort", "of normal time", 0, "effort", "投入", lambda s: s.street_mean("effort")),
    Outcome("morale", "0–1", 1, "morale", "士气", lambda s: s.street_mean("morale")),
    Outcome("skill", "0–1", 1, "skill", "技能", lambda s: s.street_mean("skill")),
    Outcome(
        "resolution_days_p50",
        "days",
        -1,
        "days to closing, median",
        "办结天数中位数",
        measures.days_within(0.5),
        by_street=False,
    ),
    Outcome(
        "resolution_days_p90",
        "days",
        -1,
        "days to closing, 90th percentile",
        "办结天数90分位",
        measures.days_within(0.9),
        by_street=False,
    ),
    Outcome("backlog", "tickets", -1, "tickets waiting at month's end", "月末积压工单", lambda s: s.count("backlog")),
    Outcome(
        "overdue_share",
        "share",
        -1,
        "closed after the deadline",
        "逾期办结占比",
        lambda s: ratio(s.count("overdue"), s.count("closed")),
    ),
    Outcome(
        "excluded_share",
        "share",
        -1,
        "call-backs excluded",
        "剔除占比",
        lambda s: ratio(s.answers("excluded"), measures.gross(s)[0]),
    ),
    Outcome(
        "excluded_rightly",
        "share",
        1,
        "accepted files that are right",
        "应剔除而剔除占比",
        lambda s: ratio(s.count("files_rightly"), s.count("files_accepted")),
    ),
    Outcome(
        "wrong_dispatch_share",
        "share",
        -1,
        "tickets dispatched wrongly",
        "误派占比",
        lambda s: ratio(s.count("wrong"), measures.filed(s) + s.count("disputes_won")),
    ),
    Outcome("disputes", "tickets", -1, "dispatch disputes", "派单异议数", lambda s: s.count("disputes")),
    Outcome(
        "score_sd",
        "score",
        0,
        "spread of scores over streets",
        "街道得分标准差",
        measures.over_streets("score", lambda x: float(np.sqrt(variance(x)))),
        by_street=False,
    ),
    Outcome(
        "score_noise",
        "score",
        -1,
        "sampling error of a score",
        "得分抽样误差",
        measures.over_streets("sampling2", lambda x: float(np.sqrt(mean(x)))),
        by_street=False,
    ),
    Outcome(
        "rank_signal",
        "share",
        1,
        "score variance that is not noise",
        "得分方差中的真实成分",
        measures.rank_signal,
        by_street=False,
    ),
    Outcome(
        "rank_stability",
        "τ_b",
        0,
        "agreement of consecutive ranks",
        "相邻两月排名一致性",
        measures.rank_stability,
        by_street=False,
    ),
    Outcome(
        "gini",
        "0–1",
        -1,
        "inequality of real resolution over streets",
        "真实解决率的基尼系数",
        measures.real_gini,
        by_street=False,
    ),
    Outcome("gave_up", "residents", -1, "residents giving up", "放弃诉求人数", lambda s: s.count("gave_up")),
    Outcome(
        "trust",
        "0–1",
        1,
        "trust of those called back",
        "受访者信任",
        lambda s: ratio(s.count("trust"), 255.0 * s.count("trust_n")),
    ),
    Outcome(
        "cost_per_resolved",
        "hours",
        -1,
        "staff hours per real resolution",
        "每件真实解决的工时",
        lambda s: ratio(s.paid(), s.count("resolved")),
    ),
)

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _ALL}
