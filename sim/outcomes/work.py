"""Outcomes: where the hours go, and what becomes of those who work them."""

from __future__ import annotations

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.sums import ratio

WORK = (
    Outcome("handling_share", "share", 1, "hotline time for handling", "办理工时占比", measures.paid_share("handling")),
    Outcome(
        "documentation_share",
        "share",
        -1,
        "hotline time for documentation",
        "材料工时占比",
        measures.paid_share("documentation"),
    ),
    Outcome(
        "prevention_share", "share", 1, "hotline time for prevention", "预防工时占比", measures.paid_share("prevention")
    ),
    Outcome(
        "refusal_hours",
        "hours",
        -1,
        "hours on residents who refuse the unit",
        "不配合诉求人耗费工时",
        lambda s: s.count("refusal_minutes") / 60.0,
    ),
    Outcome(
        "patrol_hours", "hours", 0, "hours on grid patrols", "网格巡查工时", lambda s: s.count("patrol_minutes") / 60.0
    ),
    Outcome(
        "withdrawn",
        "hours",
        -1,
        "streets' hours off unranked duties",
        "街道从非考核工作抽走的工时",
        lambda s: s.withdrawn(),
    ),
    Outcome(
        "overtime",
        "hours",
        -1,
        "streets' hours above normal time",
        "街道超出正常工时的加班工时",
        lambda s: s.overtime(),
    ),
    Outcome("effort", "of normal time", 0, "effort", "投入", lambda s: s.street_mean("effort")),
    Outcome("morale", "0–1", 1, "morale", "士气", lambda s: s.street_mean("morale")),
    Outcome("skill", "0–1", 1, "skill", "技能", lambda s: s.street_mean("skill")),
    Outcome("staff_hours", "hours", -1, "staff hours on the hotline", "热线工作总工时", measures.staff_hours),
    Outcome(
        "reserve_hours",
        "hours",
        0,
        "normal hours of streets' staff in districts' reserves",
        "区机动人力正常工时",
        lambda s: s.count("reserve_minutes") / 60.0,
    ),
    Outcome(
        "moved_hours",
        "hours",
        0,
        "normal hours of officers who work at another street",
        "跨街乡镇调入人员正常工时",
        lambda s: s.count("moved_minutes") / 60.0,
    ),
    Outcome(
        "settling_hours",
        "hours",
        -1,
        "paid hours that officers moved or bought do not work yet",
        "调入人员适应期损失工时",
        lambda s: s.count("settling_minutes") / 60.0,
    ),
    Outcome("money", "yuan", -1, "money spent on hours bought", "购买工时经费", lambda s: s.count("money")),
    Outcome(
        "leaving", "a month", -1, "officers who left before the month", "月初离岗率", lambda s: s.street_mean("leaving")
    ),
    Outcome("vacancies", "share", -1, "posts vacant", "空岗占比", lambda s: s.street_mean("vacancies")),
    Outcome(
        "cost_per_resolved",
        "hours",
        -1,
        "staff hours per real resolution",
        "每件真实解决的工时",
        lambda s: ratio(measures.staff_hours(s), s.count("resolved")),
    ),
)
