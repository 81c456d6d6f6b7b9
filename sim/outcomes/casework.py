"""Outcomes: what caseworkers of districts and city take up, how long it waits there, and what it costs."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

CASEWORK = (
    Outcome(
        "casework_backlog",
        "cases",
        -1,
        "cases waiting for caseworkers at month's end",
        "月末专办积压",
        lambda s: s.count("casework_backlog"),
    ),
    Outcome(
        "casework_days",
        "days",
        -1,
        "days from taking in a case to closing it, mean",
        "专办平均天数",
        lambda s: ratio(s.count("casework_days"), s.count("casework_closed")),
    ),
    Outcome("casework_hours", "hours", -1, "caseworkers' hours paid for", "专办工时", measures.casework_hours),
    Outcome(
        "casework_use",
        "ratio",
        0,
        "hours on cases closed in the month, per hour of caseworkers paid",
        "当月办结专办工时与投入工时之比",
        lambda s: ratio(s.count("casework_minutes") / 60.0, measures.casework_hours(s)),
        by_street=False,
    ),
    Outcome(
        "casework_refused",
        "cases",
        -1,
        "cases refused because the queue was too long",
        "因排队而拒收的专办",
        lambda s: s.count("casework_refused"),
    ),
    Outcome(
        "casework_resolved",
        "cases",
        1,
        "cases really resolved by caseworkers",
        "专办真实解决数",
        lambda s: s.count("casework_resolved"),
    ),
    Outcome("escalated", "tickets", 0, "tickets escalated", "提级派单数", lambda s: s.count("escalated")),
)
