"""Outcomes: the key-complainant directory and the social workers' visits."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

KEY_COMPLAINANTS = (
    Outcome("key_listed", "residents", 0, "listed key complainants", "在册重点诉求人", lambda s: s.count("key_listed")),
    Outcome(
        "key_waiting",
        "residents",
        -1,
        "listed complainants without a visit in the month",
        "当月未获帮扶的重点诉求人",
        lambda s: s.count("key_waiting"),
    ),
    Outcome("key_visits", "visits", 0, "visits to key complainants", "重点帮扶次数", lambda s: s.count("key_visits")),
    Outcome(
        "key_turned",
        "residents",
        1,
        "strategic complainants turned cooperative",
        "转化的策略性诉求人",
        lambda s: s.count("key_turned"),
    ),
    Outcome(
        "key_hours",
        "hours",
        -1,
        "social workers' hours paid for",
        "帮扶工时",
        lambda s: s.count("key_paid_minutes") / 60.0,
    ),
)
