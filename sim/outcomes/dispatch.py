"""Outcomes: what becomes of tickets whose unit or authority is unclear."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

DISPATCH = (
    Outcome(
        "catalogue_accuracy",
        "share",
        1,
        "accuracy of the city's catalogue",
        "派单目录准确率",
        measures.catalogue_accuracy,
        by_street=False,
    ),
    Outcome(
        "joint_reviews",
        "tickets",
        0,
        "joint reviews of unclear tickets",
        "疑难诉求会商数",
        lambda s: s.count("joint_reviews"),
    ),
    Outcome(
        "joint_review_hours",
        "hours",
        -1,
        "hours of joint reviews",
        "会商工时",
        lambda s: s.count("joint_review_minutes") / 60.0,
    ),
    Outcome(
        "joint_review_backlog",
        "tickets",
        -1,
        "tickets waiting for joint review at month's end",
        "月末待会商工单",
        lambda s: s.of_city("in_review"),
        by_street=False,
    ),
    Outcome(
        "redirected",
        "tickets",
        0,
        "tickets put right by a district's centre",
        "区级派单中心改派数",
        lambda s: s.count("redirected"),
    ),
    Outcome("whistles", "tickets", 0, "whistles for other units", "吹哨数", lambda s: s.count("whistles")),
    Outcome(
        "whistle_share",
        "share",
        0,
        "tickets kept that are whistled about",
        "吹哨占比",
        lambda s: ratio(s.count("whistles"), s.count("received") - s.count("disputes_won")),
    ),
    Outcome(
        "whistles_unanswered",
        "share",
        -1,
        "whistles to which nobody came",
        "吹哨未报到占比",
        lambda s: ratio(s.count("whistles") - s.count("whistles_answered"), s.count("whistles")),
    ),
    Outcome(
        "coordination",
        "0–1",
        1,
        "coordination of streets with other units",
        "街道协同水平",
        lambda s: s.street_mean("coordination"),
    ),
)
