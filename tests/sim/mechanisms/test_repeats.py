"""Hours on repeats by use: on two of five tickets by hand, and as the whole they are parts of in a run."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in

from sim import Rules
from sim.mechanisms.casework import work_cases
from sim.mechanisms.dispute import raise_disputes
from sim.mechanisms.duplicate import duplicate
from sim.mechanisms.exclude import apply_for_exclusion
from sim.mechanisms.handle import enter_queue, handle
from sim.mechanisms.joint_review import review_jointly
from sim.mechanisms.refuse import refuse
from sim.mechanisms.whistle import whistle
from sim.outcomes.repeats import USES, hours_on_repeats, hours_on_tickets
from sim.rules import JointReview
from sim.tickets import NEVER

MINUTES = {
    **{"contact_minutes": 6, "refusal_contacts": 2, "duplicate_minutes": 12, "file_minutes": 100},
    **{"lead_minutes": 40, "called_minutes": 60, "dispute_minutes": 20},
}
SURE = {"dispute_recognition": 1.0, "dispute_mistake": 0.0, "duplicate_recognition": 1.0, "minutes_by_skill": 0.0}


def five(state, **columns):
    """Put in five tickets of an hour, of which the last two are repeats; nobody files one of them once more."""
    return put_in(state, 5, **({"attempt": [1, 1, 1, 2, 7], "refiles": NEVER} | columns))


def test_hours_on_repeats_are_those_of_the_last_two_of_five_tickets(build):
    rules = Rules(joint_review=JointReview(reviewer_minutes=1e6, review_minutes=30))
    state = build(rules, care_min=1.0, care_max=1.0, whistle_patience=90.0, **MINUTES, **SURE)
    state.day = 5
    misplaced = {"right": [0, 0, 5, 5, 5]}  # the last three
    state.today.returned = five(state, **misplaced)
    whistle(state)  # the street leads and unit 5 comes: 3 × (40 + 60)
    state.today.returned = state.today.returned[:0]
    state.today.arriving = five(state, **misplaced)
    raise_disputes(state)  # 3 × 20
    state.undelivered.begin_review(five(state), 0)
    review_jointly(state)  # 5 × 30
    state.today.arriving = five(state, contact=NEVER, strategic=[True, False, False, True, True], due=20)
    state.units.carry[0] = 10_000
    enter_queue(state)
    handle(state)  # 5 × 6, then 5 × 60
    refuse(state)  # 3 × 2 × 6
    state.queue = five(state, refiles=state.day)
    duplicate(state)  # 5 × 12
    state.today.failed, state.today.failed_answers = five(state, strategic=True), np.zeros(5, dtype=np.int64)
    state.units.file_minutes[0] = 1000
    apply_for_exclusion(state)  # 5 × 100
    state.casework.put(five(state, casework=1)[3:], np.zeros(2, dtype=np.int64), 0, np.array([90, 150]))
    state.casework.minutes[0] = 240
    work_cases(state)  # 90 + 150: who comes to a caseworker has failed before
    state.record.close_month(state)
    whole = {"handling": 300, "contacts": 30 + 36 + 60, "files": 500, "whistles": 300, "reviews": 210, "casework": 240}
    again = {"handling": 120, "contacts": 12 + 24 + 24, "files": 200, "whistles": 200, "reviews": 100, "casework": 240}
    sums, month = state.record.sums(), state.record.monthly().iloc[0]
    assert {use: float(hours_on_tickets(sums, use)[0] * 60) for use in USES} == pytest.approx(whole)
    assert {use: month[f"repeat_hours_{use}"] * 60 for use in USES} == pytest.approx(again)
    assert month["work_on_repeats"] == pytest.approx(sum(again.values()) / sum(whole.values()))
    assert month["hours_on_repeats"] == pytest.approx(120 / 300)


def test_without_a_second_filing_only_cases_are_repeats(build):
    state = build(return_most=0.0, relapse=0.0)
    state.centre.model.run(2)
    sums = state.record.sums()
    assert [use for use in USES if not hours_on_tickets(sums, use).any()] == ["files"]  # nobody documents so early
    assert [use for use in USES if hours_on_repeats(sums, use).any()] == ["casework"]
