"""Outcomes: how long residents wait."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

SERVICE = (
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
    Outcome("backlog", "tickets", -1, "tickets waiting at month's end", "月末积压工单", measures.waiting),
    Outcome(
        "overdue_share",
        "share",
        -1,
        "closed after the deadline",
        "逾期办结占比",
        lambda s: ratio(s.count("overdue"), s.count("closed")),
    ),
)
