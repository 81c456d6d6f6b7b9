"""Outcomes: what is resolved, reported and felt."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

RESOLUTION = (
    Outcome("reported_resolution", "share", 1, "reported resolution", "解决率（考核）", measures.reported),
    Outcome("real_resolution", "share", 1, "real resolution", "真实解决率", measures.real),
    Outcome(
        "problems_resolved",
        "share",
        1,
        "problems resolved within 180 days",
        "180天内解决的问题占比",
        lambda s: ratio(s.cohort("resolved"), s.count("problems")),
    ),
    Outcome(
        "solved",
        "problems",
        0,
        "the month's new problems, really resolved by the run's end",
        "当月新问题中至运行结束已真实解决者",
        lambda s: s.cohort_so_far("resolved"),
    ),
    Outcome(
        "reporting_gap",
        "share",
        -1,
        "reported minus real resolution",
        "考核与真实解决率之差",
        lambda s: measures.reported(s) - measures.real(s),
    ),
    Outcome("gap_excluded", "share", -1, "gap by exclusion", "剔除造成的差距", measures.gap_excluded),
    Outcome("gap_misreported", "share", -1, "gap by wrong answers", "误记造成的差距", measures.gap_misreported),
    Outcome(
        "gap_not_reached",
        "share",
        0,
        "gap by those not reached, and timing",
        "未接通与时差造成的差距",
        measures.gap_not_reached,
    ),
    Outcome("satisfaction", "share", 1, "satisfaction", "满意率", measures.answered(4)),
    Outcome("response", "share", 1, "response", "响应率", measures.answered(1)),
    Outcome("composite", "score", 1, "composite score", "综合得分", lambda s: ratio(s.points(), s.answers("answers"))),
)
