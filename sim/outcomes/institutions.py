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
    Outcome("disputes", "tickets", -1, "dispatch disputes", "派单异议数", lambda s: s.count("disputes")),
)
