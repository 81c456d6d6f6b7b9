"""Outcomes: what the duty list takes out of the score."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome
from sim.sums import ratio

DUTY_LIST = (
    Outcome(
        "duty_hours",
        "hours",
        -1,
        "hours of reviews by the duty list",
        "职责清单审核工时",
        lambda s: s.count("duty_review_minutes") / 60.0,
    ),
    Outcome(
        "duty_out",
        "call-backs",
        0,
        "call-backs taken out by the duty list",
        "职责清单剔除数",
        lambda s: s.count("duty_out"),
    ),
    Outcome(
        "duty_rightly",
        "share",
        1,
        "of them, truly not the street's duty",
        "职责清单剔除正确占比",
        lambda s: ratio(s.count("duty_rightly"), s.count("duty_out")),
    ),
    Outcome(
        "duty_late",
        "call-backs",
        -1,
        "reviews by the duty list that came too late for the score",
        "过期的职责审核数",
        lambda s: s.count("duty_late"),
    ),
)
