"""Outcomes: requests, repeats and the loop they make."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

LOOP = (
    Outcome("tickets", "tickets", 0, "tickets filed", "工单数", measures.filed),
    Outcome("problems", "problems", -1, "new problems filed", "新问题数", lambda s: s.count("problems")),
    Outcome("patrolled", "problems", 0, "problems found on patrol", "网格发现问题数", lambda s: s.count("patrolled")),
    Outcome(
        "patrol_solved",
        "problems",
        1,
        "problems solved on patrol, never filed",
        "网格解决问题数",
        lambda s: s.count("patrol_solved"),
    ),
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
        "further_share",
        "share",
        -1,
        "further attempts among tickets and cases",
        "后续办理占工单与专办之比",
        measures.further_share,
    ),
    Outcome(
        "duplicates", "calls", -1, "calls about open problems", "办理期间重复来电", lambda s: s.count("duplicates")
    ),
    Outcome(
        "merged_share",
        "share",
        1,
        "calls about open problems that are merged",
        "重复来电合并占比",
        lambda s: ratio(s.count("merged"), s.count("duplicates")),
    ),
    Outcome(
        "centre_hours",
        "hours",
        -1,
        "dispatch centre's hours on merging",
        "派单中心合并工单工时",
        lambda s: s.count("centre_minutes") / 60.0,
    ),
    Outcome(
        "relapses",
        "problems",
        -1,
        "solved problems that will come up again",
        "反弹问题数",
        lambda s: s.count("relapses"),
    ),
    Outcome(
        "branching_ratio",
        "ratio",
        -1,
        "repeats per closed ticket",
        "每件结案引发的重复诉求",
        lambda s: ratio(s.cohort("repeats"), s.count("closed_by_home")),
    ),
    Outcome(
        "work_hours",
        "hours",
        -1,
        "standard hours that tickets and cases ask for",
        "工单所需标准工时",
        lambda s: s.count("work_minutes") / 60.0,
    ),
    Outcome(
        "fresh_hours",
        "hours",
        -1,
        "standard hours that new problems ask for",
        "新问题所需标准工时",
        lambda s: s.count("fresh_minutes") / 60.0,
    ),
    Outcome(
        "hours_on_repeats",
        "share",
        -1,
        "handling time on repeats",
        "重复诉求占用工时",
        lambda s: ratio(s.count("repeat_minutes"), s.count("handled_minutes")),
    ),
)
