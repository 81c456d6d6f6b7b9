"""Outcomes: the public-service index 七有五性."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome

SERVICE_INDEX = (
    Outcome(
        "service_index",
        "points",
        1,
        "service index (2020 = 100)",
        "“七有”“五性”指数（2020年=100）",
        measures.service_index,
    ),
)
