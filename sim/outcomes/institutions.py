"""Outcomes: what dispatch and exclusion do."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

INSTITUTIONS = (
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
    Outcome(
        "theme_hours",
        "hours",
        -1,
        "coordinating hours of monthly themes",
        "每月一题协调工时",
        lambda s: s.count("theme_minutes") / 60.0,
    ),
    Outcome(
        "theme_kinds",
        "categories",
        0,
        "categories under a push",
        "推进中的主题数",
        measures.kinds_pushed,
        by_street=False,
    ),
    Outcome(
        "relief",
        "share",
        1,
        "level above streets lowered from above, mean over categories",
        "上级推动降低的权限要求",
        lambda s: s.street_mean("relief"),
    ),
    Outcome("disputes", "tickets", -1, "dispatch disputes", "派单异议数", lambda s: s.count("disputes")),
)
