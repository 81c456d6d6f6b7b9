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
        "exclusion_true_positives",
        "files",
        1,
        "files accepted that qualify",
        "应剔除且通过的材料数",
        lambda s: s.count("files_rightly"),
    ),
    Outcome(
        "exclusion_false_positives",
        "files",
        -1,
        "files accepted that do not qualify",
        "不应剔除却通过的材料数",
        lambda s: s.count("files_wrongly"),
    ),
    Outcome(
        "exclusion_false_negatives",
        "files",
        -1,
        "files refused that qualify",
        "应剔除却被拒的材料数",
        lambda s: s.count("files_denied_wrongly"),
    ),
    Outcome(
        "exclusion_late_share",
        "share",
        -1,
        "accepted files that came too late for the score",
        "通过但过月失效的占比",
        lambda s: ratio(s.count("files_late"), s.count("files_accepted")),
    ),
    Outcome(
        "exclusion_backlog",
        "files",
        -1,
        "exclusion files under review at month's end",
        "月末待审剔除材料",
        lambda s: s.count("files_waiting"),
    ),
    Outcome(
        "exclusion_days",
        "days",
        -1,
        "days from filing to ruling on an exclusion",
        "剔除审核天数",
        lambda s: ratio(s.count("file_days"), s.count("files_ruled")),
    ),
    Outcome(
        "exclusion_review_hours",
        "hours",
        -1,
        "reviewers' hours on exclusion",
        "剔除审核工时",
        lambda s: s.count("review_minutes") / 60.0,
    ),
    Outcome(
        "wrong_dispatch_share",
        "share",
        -1,
        "tickets dispatched wrongly",
        "误派占比",
        lambda s: ratio(s.count("wrong"), measures.filed(s) + s.count("disputes_won_by_home")),
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
    Outcome(
        "label_hours",
        "hours",
        -1,
        "hours of labelling odd tickets",
        "异常工单标签化工时",
        lambda s: s.count("label_minutes") / 60.0,
    ),
    Outcome("disputes", "tickets", -1, "dispatch disputes", "派单异议数", lambda s: s.count("disputes")),
)
