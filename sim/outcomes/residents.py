"""Outcomes: how residents take it."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome
from sim.sums import ratio

RESIDENTS = (
    Outcome("gave_up", "residents", -1, "residents giving up", "放弃诉求人数", lambda s: s.count("gave_up")),
    Outcome(
        "trust",
        "0–1",
        1,
        "trust of those called back",
        "受访者信任",
        lambda s: ratio(s.count("trust"), 255.0 * s.count("trust_n")),
    ),
)
