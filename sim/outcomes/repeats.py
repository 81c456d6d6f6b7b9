"""Outcomes: what repeats take of the hours, by use."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.outcome import Outcome
from sim.sums import Sums, ratio

Floats = NDArray[np.float64]

USES = {  # of hours on tickets: the counts of minutes that say on which ticket they were spent
    "handling": ("handled_minutes",),
    "contacts": ("contact_minutes", "refusal_minutes", "merge_minutes"),
    "files": ("file_minutes",),
    "whistles": ("whistle_minutes",),
    "reviews": ("dispute_minutes", "joint_review_minutes"),
    "casework": ("casework_minutes",),
}


def hours_on_tickets(s: Sums, use: str) -> Floats:
    """Return the hours on tickets of one use, of all units, joint reviewers and caseworkers together."""
    minutes = [s.count(name) for name in USES[use]]
    return np.asarray(sum(minutes[1:], start=minutes[0]) / 60.0)


def hours_on_repeats(s: Sums, use: str) -> Floats:
    """Return the hours of one use on further attempts of a problem, for the city (T,)."""
    return np.asarray((s.count("repeat_minutes") if use == "handling" else s.of_city(f"{use}_on_repeats")) / 60.0)


def share_on_repeats(s: Sums) -> Floats:
    """Return the share of all hours on tickets that further attempts take, for the city (T,)."""
    again, whole = np.zeros(s.shape), np.zeros(s.shape)
    for use in USES:
        again, whole = again + hours_on_repeats(s, use), whole + hours_on_tickets(s, use)
    return ratio(again, whole)


REPEATS = (
    Outcome(
        "work_on_repeats",
        "share",
        -1,
        "all time on tickets that repeats take",
        "重复诉求占全部工单工时",
        share_on_repeats,
        by_street=False,
    ),
    Outcome(
        "repeat_hours_handling",
        "hours",
        -1,
        "hours on repeats: handling",
        "重复诉求工时：办理",
        lambda s: hours_on_repeats(s, "handling"),
        by_street=False,
    ),
    Outcome(
        "repeat_hours_contacts",
        "hours",
        -1,
        "hours on repeats: contacts, those in vain and duplicates too",
        "重复诉求工时：联系（含无效联系与重复来电）",
        lambda s: hours_on_repeats(s, "contacts"),
        by_street=False,
    ),
    Outcome(
        "repeat_hours_files",
        "hours",
        -1,
        "hours on repeats: exclusion files",
        "重复诉求工时：剔除材料",
        lambda s: hours_on_repeats(s, "files"),
        by_street=False,
    ),
    Outcome(
        "repeat_hours_whistles",
        "hours",
        -1,
        "hours on repeats: whistles, of both units",
        "重复诉求工时：吹哨报到（双方）",
        lambda s: hours_on_repeats(s, "whistles"),
        by_street=False,
    ),
    Outcome(
        "repeat_hours_reviews",
        "hours",
        -1,
        "hours on repeats: disputes and joint reviews",
        "重复诉求工时：异议与会商",
        lambda s: hours_on_repeats(s, "reviews"),
        by_street=False,
    ),
    Outcome(
        "repeat_hours_casework",
        "hours",
        -1,
        "hours on repeats: caseworkers",
        "重复诉求工时：专办",
        lambda s: hours_on_repeats(s, "casework"),
        by_street=False,
    ),
)
