"""Outcomes: what the pressure from above asks of offices, and what departments make of it."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome

PRESSURE = (
    Outcome(
        "target_gap",
        "score",
        -1,
        "score missing to the target",
        "与目标的差距",
        lambda s: s.street_mean("target_gap"),
    ),
    Outcome(
        "meeting_hours",
        "hours",
        -1,
        "hours in districts' review meetings",
        "点评会工时",
        lambda s: s.count("meeting_minutes") / 60.0,
    ),
    Outcome(
        "talk_hours",
        "hours",
        -1,
        "hours in talks with the last",
        "约谈工时",
        lambda s: s.count("talk_minutes") / 60.0,
    ),
    Outcome(
        "project_hours",
        "hours",
        0,
        "normal hours of staff seconded to projects",
        "治理专项增派工时",
        lambda s: s.count("project_minutes") / 60.0,
    ),
    Outcome(
        "requests_per_10k",
        "tickets",
        -1,
        "requests per 10 000 residents",
        "万人诉求比",
        measures.requests_per_10k,
    ),
    Outcome(
        "district_sd",
        "score",
        0,
        "spread of scores over districts",
        "各区得分标准差",
        measures.district_sd,
        by_street=False,
    ),
    Outcome(
        "department_resolution",
        "share",
        1,
        "real resolution at departments and enterprises",
        "部门和企业的真实解决率",
        measures.department_resolution,
        by_street=False,
    ),
)
