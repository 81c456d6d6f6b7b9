"""Joint review: who is asked, how long it takes, what it finds, and the settings at which nothing happens."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import Parameters, Rules, TournamentModel
from sim.agents.routing import goes_astray
from sim.mechanisms.dispatch import look_up, sign_for
from sim.mechanisms.joint_review import ask_for_joint_review, review_jointly
from sim.rules import JointReview

AMPLE = Rules(joint_review=JointReview(reviewer_minutes=1e6, review_minutes=30, review_days=1))


def reviewers(state, minutes):
    """Return rules under which this city's joint reviewers have so many minutes a day."""
    daily = minutes / (state.population / 1e6)
    return replace(state.rules, joint_review=replace(state.rules.joint_review, reviewer_minutes=daily))


def test_unclear_tickets_are_recognised_with_the_stated_chances(build):
    state = build(AMPLE, unclear_recognition=0.3, unclear_mistake=0.02)
    state.accuracy[:] = 0.7
    state.today.entering = slots = put_in(state, 20_000)
    astray = set(slots[goes_astray(state, slots)].tolist())
    look_up(state)
    ask_for_joint_review(state)
    asked = set(state.undelivered.in_review.tolist())
    assert share(len(astray), 20_000, 0.3)
    assert share(len(asked & astray), len(astray), 0.3)
    assert share(len(asked - astray), 20_000 - len(astray), 0.02)
    assert sorted(asked | set(state.today.entering.tolist())) == sorted(slots.tolist())
    assert len(asked) + len(state.today.entering) == len(slots)


def test_the_queue_holds_no_more_than_its_days_and_takes_in_by_key(build):
    state = build(Rules(joint_review=JointReview(queue_days=2, review_minutes=30)), unclear_mistake=1.0)
    state.accuracy[:] = 1.0
    state.rules = reviewers(state, 105.0)  # two days' minutes are enough for seven
    state.undelivered.begin_review(put_in(state, 3), 0)
    state.today.entering = slots = put_in(state, 9)
    look_up(state)
    ask_for_joint_review(state)
    first = slots[np.argsort(state.tickets.key[slots])][:4]
    assert state.undelivered.in_review[3:].tolist() == first.tolist()
    assert len(state.today.entering) == 5


def test_reviews_are_made_in_turn_as_far_as_the_minutes_go_and_not_on_the_day_of_asking(build):
    state = build(Rules(joint_review=JointReview(review_minutes=30, review_days=1)), joint_review_accuracy=1.0)
    state.rules, state.day = reviewers(state, 80.0), 1
    early, late = put_in(state, 3, unit=-1, right=3), put_in(state, 2, unit=-1)
    state.undelivered.begin_review(early, 0)
    state.undelivered.begin_review(late, 1)
    review_jointly(state)  # 80 minutes: two
    assert state.today.reviewed.tolist() == early[:2].tolist()
    assert (state.tickets.unit[early[:2]] == 3).all()
    assert state.undelivered.in_review.tolist() == [early[2], *late]
    assert state.tally.unit["joint_reviews"][3] == state.tally.category["joint_reviews"][1] == 2
    sign_for(state)  # the clock starts now
    assert (state.tickets.due[early[:2]] == 1 + state.kinds.deadline[1]).all()
    review_jointly(state)  # 20 left and 80: the third; on this day those of today are not ready
    assert state.undelivered.in_review.tolist() == late.tolist()
    assert state.undelivered.reviewers.minutes == 30.0  # idle time is not saved up


def test_joint_review_errs_as_often_as_stated(build):
    state = build(AMPLE, joint_review_accuracy=0.9)
    state.undelivered.begin_review(put_in(state, 10_000), -1)
    state.undelivered.reviewers.minutes[...] = 10_000 * 30.0
    review_jointly(state)
    slots = state.today.reviewed
    assert len(slots) == 10_000
    assert share(np.count_nonzero(state.tickets.unit[slots] == 0), 10_000, 0.9)


@pytest.mark.parametrize("ended", [JointReview(allowed=False), JointReview(reviewer_minutes=0.0)])
def test_where_it_ends_what_waits_goes_back_to_dispatch(build, ended):
    state = build()
    slots, new = put_in(state, 4), put_in(state, 2)
    state.undelivered.begin_review(slots, 0)
    state.today.entering, state.rules = new, replace(state.rules, joint_review=ended)
    review_jointly(state)
    assert state.today.entering.tolist() == [*new, *slots]
    assert len(state.undelivered) == len(state.undelivered.review_day) == 0


def test_every_way_of_switching_it_off_gives_the_same_run():
    ways = (
        ({}, JointReview(allowed=False)),
        ({}, JointReview(reviewer_minutes=0.0)),
        ({}, JointReview(queue_days=0)),
        ({"unclear_recognition": 0.0, "unclear_mistake": 0.0}, JointReview()),
    )
    records = []
    for parameters, rule in (*ways, ({}, JointReview())):
        model = TournamentModel("small", Rules(joint_review=rule), Parameters(**parameters), seed=3, scale=0.1)
        records.append(model.run(3))
        model.close()
    *off, on = records
    assert all(same_run(off[0], other) for other in off[1:])
    assert not same_run(off[0], on)
    assert (off[0].monthly()["joint_reviews"] == 0).all()


def test_its_outcomes_are_counts():
    model = TournamentModel("small", Rules(joint_review=JointReview(reviewer_minutes=300.0)), seed=3, scale=0.3)
    reviews, waiting, accuracies = [], [], []
    for _ in range(2):
        accuracies.append((model.state.tally, model.state.accuracy.copy()))
        model.run(1)
        reviews.append(accuracies[-1][0].unit["joint_reviews"].sum())
        waiting.append(len(model.state.undelivered.in_review))
    table = model.record.monthly()
    model.close()
    assert table["joint_reviews"].tolist() == reviews
    assert table["joint_review_backlog"].tolist() == waiting
    assert min(reviews) > 0 and min(waiting) > 0
    expected = [np.average(accuracy, weights=tally.category["received"]) for tally, accuracy in accuracies]
    assert table["catalogue_accuracy"].tolist() == pytest.approx(expected, abs=1e-12)
