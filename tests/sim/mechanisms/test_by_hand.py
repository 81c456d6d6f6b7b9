"""Each mechanism alone, on a state set up by hand, against plain arithmetic."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from by_hand import put_in, share

from sim import Rules
from sim.mechanisms.call_back import call_back
from sim.mechanisms.come_back import come_back
from sim.mechanisms.decide import carry_out, view
from sim.mechanisms.dispatch import dispatch, learn_catalogue, sign_for
from sim.mechanisms.dispute import raise_disputes, rule_on_disputes
from sim.mechanisms.handle import close_overdue, enter_queue, handle
from sim.mechanisms.keep_books import keep_books
from sim.mechanisms.learn import learn, plan_work
from sim.mechanisms.morale import morale
from sim.mechanisms.prevent import prevent, update_belief
from sim.mechanisms.score import rank, score
from sim.rules import CallBack, Dispatch, Dispute, Tournament


def test_dispatch_reaches_the_right_unit_as_often_as_the_catalogue_is_right(build):
    state = build(wrong_to_department=0.25)
    state.accuracy[:] = 0.7
    state.today.entering = slots = put_in(state, 20_000, unit=-1, contact=3)
    dispatch(state)
    sign_for(state)
    units = state.tickets.unit[slots]
    departments = units >= state.units.n_streets
    assert share(np.count_nonzero(units == 0), 20_000, 0.7)
    assert share(np.count_nonzero(departments), 20_000, 0.3 * 0.25)
    neighbours = state.city.neighbour_list[state.city.neighbour_start[0] : state.city.neighbour_start[1]]
    assert set(units[(units != 0) & ~departments].tolist()) == set(neighbours.tolist())
    assert (state.tickets.due[slots] == state.day + state.kinds.deadline[1]).all()
    assert (state.tickets.contact[slots] == -1).all()
    assert state.tally.unit["wrong"][0] == np.count_nonzero(units != 0)


def test_a_departments_ticket_that_is_sent_wrongly_goes_to_the_residents_street(build):
    state = build()
    state.accuracy[:] = 0.0
    state.today.entering = slots = put_in(state, 100, right=state.units.n_streets + 1, home=7)
    dispatch(state)
    assert (state.tickets.unit[slots] == 7).all()


def test_a_perfect_catalogue_errs_never(build):
    state = build()
    state.accuracy[:] = 1.0
    state.today.entering = slots = put_in(state, 5000)
    dispatch(state)
    assert (state.tickets.unit[slots] == 0).all()


def test_the_catalogue_learns_from_returned_tickets_and_is_overtaken(build):
    state = build(Rules(dispatch=Dispatch(learning=0.02)), accuracy_decay=0.01)
    state.accuracy[:] = 0.8
    whole = state.city.base_population / state.population
    for n, label in enumerate(("disputes_won", "joint_reviews", "redirected")):
        state.tally.category[label][3] = 2 + n
        state.tally.category[label][4] = 1
    learn_catalogue(state)
    for category, labels in ((3, 9), (4, 3)):
        closed = min(1.0, 0.02 * labels * whole / 1000.0)
        assert state.accuracy[category] == pytest.approx(0.8 + closed * 0.2 - 0.01)
    assert state.accuracy[2] == pytest.approx(0.79)


def test_units_dispute_what_they_take_for_wrong(build):
    state = build(dispute_recognition=0.8, dispute_mistake=0.02, dispute_minutes=20)
    wrong, right = put_in(state, 5000, right=3), put_in(state, 6000)
    state.today.arriving = np.concatenate([wrong, right])
    raise_disputes(state)
    disputed = set(state.disputed.tolist())
    assert share(len(disputed & set(wrong.tolist())), 5000, 0.8)
    assert share(len(disputed & set(right.tolist())), 6000, 0.02)
    assert len(state.today.arriving) == 11_000 - len(disputed)
    assert state.units.owed[0] == 20 * len(disputed)


def test_no_dispute_where_none_is_allowed(build):
    state = build(Rules(dispute=Dispute(allowed=False)), dispute_mistake=1.0)
    state.today.arriving = slots = put_in(state, 50, right=3)
    raise_disputes(state)
    assert len(state.disputed) == 0
    assert (state.today.arriving == slots).all()


def test_disputes_are_ruled_on_in_turn_as_far_as_the_reviewers_minutes_go(build):
    state = build(Rules(dispute=Dispute(review_minutes=15, review_days=2)), dispute_error=0.0)
    state.disputed = slots = put_in(state, 10, right=3)
    state.disputed_day = np.array([0] * 4 + [1] * 6)
    state.day = 2
    state.dispute_reviewers.minutes[...] = 3.5 * 15 - state.rules.dispute.reviewer_minutes * state.population / 1e6
    rule_on_disputes(state)
    assert (state.today.entering == slots[:3]).all()
    assert (state.tickets.transfers[slots] == [1] * 3 + [0] * 7).all()
    assert (state.disputed == slots[3:]).all()


def test_a_dispute_that_is_lost_comes_back_with_its_days_added(build):
    state = build(Rules(dispute=Dispute(review_minutes=1, reviewer_minutes=1e6)), dispute_error=0.0)
    state.disputed, state.disputed_day, state.day = put_in(state, 5), np.zeros(5, dtype=np.int64), 3
    slots = state.disputed
    rule_on_disputes(state)
    assert (state.today.returned == slots).all()
    assert (state.tickets.due[slots] == 5 + 3).all()


def test_a_unit_works_its_queue_by_deadline_as_far_as_its_minutes_go(build):
    state = build(contact_minutes=10, care_min=1.0, care_max=1.0)
    units = state.units
    units.staff[:], units.effort[:], units.morale[:] = 0.0, 1.0, 1.0
    units.staff[0] = 160 / state.parameters.working_minutes
    state.work_factor[:] = 1024
    state.today.arriving = slots = put_in(state, 4, contact=-1)
    state.tickets.minutes[slots] = [50, 30, 40, 60]
    state.tickets.due[slots] = [9, 2, 5, 3]
    enter_queue(state)
    handle(state)  # 160 minutes: four contacts of 10, then 30 (due 2), 60 (due 3); 40 (due 5) does not fit
    assert sorted(state.closed.tolist()) == sorted(slots[[1, 3]].tolist())
    assert sorted(state.queue.tolist()) == sorted(slots[[0, 2]].tolist())
    assert (units.carry[0], units.backlog[0]) == (30, 90)
    assert state.tally.unit["handled_minutes"][0] == 90
    assert state.tally.unit["contact_minutes"][0] == 40
    assert state.tally.unit["idle_minutes"][0] == 0


@pytest.mark.parametrize(
    ("columns", "factor"),
    [
        ({}, 1.0),
        ({"level": 1}, 0.3),
        ({"level": 2}, 0.15),
        ({"right": 3}, 0.2),
        ({"strategic": True}, 0.0),
    ],
)
def test_a_ticket_is_resolved_with_ceiling_times_quality(build, columns, factor):
    state = build(care_min=1.0, care_max=1.0, contact_minutes=0, wrong_loss=0.8)
    state.units.staff[0], state.units.skill[:] = 1e6, 0.5
    state.work_factor[:] = 1024
    state.today.arriving = slots = put_in(state, 10_000, minutes=1, contact=-1, **columns)
    enter_queue(state)
    handle(state)
    quality = 1.0 - math.exp(-0.5)
    assert len(state.closed) == 10_000
    assert share(np.count_nonzero(state.tickets.resolved[slots]), 10_000, factor * quality)
    assert state.tickets.quality[slots] == pytest.approx(quality * 65536, abs=2)


def test_what_is_long_overdue_is_closed_as_failed_and_costs_nothing(build):
    state = build()
    state.queue = slots = put_in(state, 3)
    state.tickets.due[slots] = [0, 4, 5]
    state.units.backlog[0], state.day = 180, 4 + state.rules.handling.close_after
    close_overdue(state)
    assert state.closed.tolist() == slots[:1].tolist()
    assert not state.tickets.resolved[slots[0]]
    assert state.units.backlog[0] == 120
    assert state.tally.unit["unworked"][0] == 1


def test_residents_answer_as_their_case_went(build):
    state = build(misreport=0.0, reach=0.8, confirm=0.9, expectation=0.0, satisfied_resolved=0.97, grievance_share=0.0)
    state.closed = good = put_in(state, 20_000, resolved=True, quality=65535)
    call_back(state)
    answers = state.tally.answers[0]
    reached = answers.sum()
    assert share(reached, 20_000, 0.8)
    assert answers[[0, 1, 4, 5]].sum() == 0
    assert share(answers[[1, 3, 5, 7]].sum(), reached, 0.9)
    assert share(answers[4:].sum(), reached, 0.97)
    assert (state.today.called == np.sort(good)).all()
    assert len(state.today.failed) == 0


def test_an_unresolved_case_satisfies_by_the_care_seen_and_late_ones_less(build):
    for lateness, f in ((0.0, 1.0), (1.0, 0.7)):
        state = build(misreport=0.0, satisfied_unresolved=0.65, late_effect=0.3, expectation=0.0, grievance_share=0.0)
        late = 5 + lateness * state.kinds.deadline[1]
        state.closed = put_in(state, 20_001 + int(lateness), quality=32768, closed=int(late))
        call_back(state)
        assert share(np.count_nonzero(state.today.satisfied), 20_001, 0.65 * 0.5 * f)


def test_strategic_residents_say_no_three_times_and_coverage_counts(build):
    state = build(Rules(call_back=CallBack(coverage=0.5)), reach=1.0)
    state.closed = put_in(state, 10_000, resolved=True, strategic=True)
    call_back(state)
    assert state.tally.answers[0, 1:].sum() == 0
    assert share(state.tally.answers[0, 0], 10_000, 0.5)
    assert state.tally.undeserved[0, 0] == state.tally.answers[0, 0]


@pytest.mark.parametrize(("level", "chance"), [(0, 0.26), (1, 0.40), (2, 0.48)])
def test_the_unresolved_come_back_by_level(build, level, chance):
    state = build(give_up=0.0, grievance_share=0.0)
    slots = put_in(state, 20_000, level=level)
    state.residents._begin(np.arange(20_000), 0)
    state.today.called, state.today.satisfied = slots, np.zeros(20_000, dtype=bool)
    state.today.grievance = np.zeros(20_000)
    come_back(state)
    assert share(state.waiting.waiting, 20_000, chance)
    assert len(state.today.resting) == 20_000 - state.waiting.waiting
    first, last = min(state.waiting._due), max(state.waiting._due)
    assert first >= 2
    mean = sum(day * sum(map(len, parts)) for day, parts in state.waiting._due.items()) / state.waiting.waiting
    assert mean == pytest.approx(2.0 + 14.0 - 0.5, rel=0.05)
    assert last <= 255


def test_the_resolved_and_satisfied_do_not_come_back(build):
    state = build()
    slots = put_in(state, 1000, resolved=True)
    state.today.called, state.today.satisfied = slots, np.ones(1000, dtype=bool)
    state.today.grievance = np.ones(1000)
    come_back(state)
    assert state.waiting.waiting == 0
    assert (state.today.resting == slots).all()
    assert state.cohorts.resolved.sum() == 1000


def test_grievance_and_trust_move_by_the_stated_shares(build):
    state = build(grievance_gain=0.2, trust_gain=0.1, trust_loss=0.1, give_up=0.0)
    slots = put_in(state, 2)
    state.tickets.resolved[slots] = [True, False]
    people, residents = np.array([0, 1]), state.residents
    residents.set_grievance(people, np.array([0.5, 0.5]), 0)
    residents.set_trust(people, np.array([0.6, 0.6]))
    state.today.called, state.today.satisfied = slots, np.array([True, False])
    state.today.grievance = np.array([0.5, 0.5])
    come_back(state)
    assert residents.grievance(people, 0) == pytest.approx([0.25, 0.6], abs=2e-5)
    assert residents.trust(people) == pytest.approx([0.64, 0.54], abs=3e-3)


def answered(state, unit, codes):
    for code, n in codes.items():
        state.tally.answers[unit, code] = n


def test_a_score_is_the_mean_of_points_with_its_error(build):
    state = build()
    answered(state, 0, {7: 60, 1: 40})  # 60 × 1.0 and 40 × 0.2
    score(state)
    rank(state)
    s = (60 + 8) / 100
    variance = (60 + 40 * 0.04) / 100 - s * s
    shrunk = (100 * s + 1) / 102
    assert state.standing.score[0] == pytest.approx(s)
    assert state.standing.sampling2[0] == pytest.approx(max(variance / 100, shrunk * (1 - shrunk) / 102))
    assert state.standing.noise2[0] == pytest.approx(variance / 99)
    assert state.standing.error2[0] == pytest.approx(state.standing.sampling2[0] + 0.01**2)
    assert state.standing.rank[0] == 1.0
    assert state.standing.score_marked[1]


def test_few_call_backs_are_pooled_over_three_months(build):
    state = build(Rules(tournament=Tournament(pool_below=30)))
    for codes in ({0: 20}, {7: 20}, {7: 10}):
        state.tally.answers[:] = 0
        answered(state, 2, codes)
        score(state)
    assert state.standing.score[2] == pytest.approx(30 / 50)


def test_books_are_exponential_means(build):
    state = build()
    answered(state, 0, {7: 30, 0: 10})
    keep_books(state)
    assert state.books.resolution[0] == pytest.approx(0.75)
    state.tally.answers[:] = 0
    answered(state, 0, {7: 10, 0: 30})
    keep_books(state)
    assert state.books.resolution[0] == pytest.approx(0.75 + (0.25 - 0.75) / 3)
    assert state.books.failed[0] == pytest.approx(10 + 20 / 3)
    assert np.isnan(state.books.resolution[1])


def test_effort_rises_by_the_step_times_the_marginal_gain(build):
    state = build(step=0.001, effort_cost=1.5)
    seen = view(state)
    seen = replace(
        seen,
        **{name: np.full(state.units.n, value) for name, value in {"worth": 5.0, "resolution": 0.6}.items()},
        **{"hours": np.full(state.units.n, 100.0), "reached": np.full(state.units.n, 1000.0)},
        **{"normal_hours": np.full(state.units.n, 150.0), "response": np.full(state.units.n, 0.8)},
        **{"score": np.full(state.units.n, 0.7), "fail_points": np.full(state.units.n, 0.2)},
    )
    decision = state.centre.model.streets[0].decide(seen)
    gain = (0.8 * 5.0 * 0.4 * -math.log(0.4) + 1.5 * 0.36) / 100.0 * 150.0
    pushed = 0.001 * (gain - 1.5 * 0.6 / 0.9) / 1.5
    assert decision.effort[0] == pytest.approx(0.6 + pushed, abs=1e-7)
    carry_out(state, np.arange(state.units.n), decision)
    total = state.units.handling + state.units.documentation + state.units.prevention
    assert np.allclose(total, 1.0, atol=1e-12)


def test_a_frozen_step_moves_nothing(build):
    state = build(step=0.0)
    decision = state.centre.model.streets[0].decide(view(state))
    assert (decision.effort == state.units.effort).all()
    assert (decision.handling == state.units.handling).all()


def test_morale_by_hand(build):
    state = build(
        morale_recovery=0.04, morale_overwork=0.08, morale_pressure=0.02, morale_files=0.01, morale_worth=10.0
    )
    units = state.units
    units.morale[:], units.effort[:], units.documentation[:] = 0.5, 0.9, 0.2
    state.standing.worth[0] = 5.0
    answered(state, 0, {0: 10})
    state.tally.undeserved[0, 0] = 4
    morale(state)
    base = 0.5 + 0.04 * 0.5 - 0.08 * 0.3 - 0.01 * 0.2
    assert units.morale[0] == pytest.approx(base - 0.02 * 5.0 * 0.4 / 10.0)
    assert units.morale[1] == pytest.approx(base)


def test_skill_by_hand(build):
    state = build(learning=0.1, learning_tickets=5.0, diffusion=0.0, skill_start=0.4)
    state.units.skill[:], state.units.effort[:] = 0.4, 0.8
    state.tally.worked[0, 1] = 15
    learn(state)
    assert state.units.skill[0, 1] == pytest.approx(0.4 + 0.1 * 0.8 * 0.75 * 0.6, abs=1e-8)
    assert state.units.skill[0, 2] == pytest.approx(0.4, abs=1e-8)


@pytest.mark.parametrize(("teaches", "part"), [(1.0, 1.0), (0.25, 0.7), (0.0, 0.6)])
def test_idle_hours_teach_less_than_work_if_so_assumed(build, teaches, part):
    state = build(learning=0.1, learning_tickets=5.0, diffusion=0.0, skill_start=0.4, idle_teaches=teaches)
    state.units.skill[:], state.units.effort[:] = 0.4, 0.8
    state.tally.worked[0, 1] = 15
    state.tally.unit["available_minutes"][0], state.tally.unit["idle_minutes"][0] = 1000, 400
    learn(state)
    assert state.units.skill[0, 1] == pytest.approx(0.4 + 0.1 * 0.8 * part * 0.75 * 0.6, abs=1e-8)


def test_methods_spread_from_better_neighbours_only(build):
    state = build(learning=0.0, diffusion=0.1)
    skill = state.units.skill
    skill[:] = 0.5
    neighbours = state.city.neighbour_list[state.city.neighbour_start[0] : state.city.neighbour_start[1]]
    skill[neighbours, 1], skill[neighbours, 2] = 0.9, 0.1
    learn(state)
    assert state.units.skill[0, 1] == pytest.approx(0.5 + 0.1 * 0.4, abs=1e-8)
    assert state.units.skill[0, 2] == pytest.approx(0.5, abs=1e-8)


def test_skill_shortens_the_work_and_staff_grows_by_the_year(build):
    state = build(minutes_by_skill=1.0, skill_start=0.4, staff_growth=0.5)
    state.units.skill[:] = 0.8
    state.date = state.date.replace(year=2020, month=7)
    plan_work(state)
    assert (state.work_factor == 512).all()
    assert state.units.staff == pytest.approx(state.units.staff_2019 * (1 + 0.5 * 1.5))


def test_prevention_lowers_defects_and_they_grow_back(build):
    state = build(defect_return=0.05, prevention_yield=0.2)
    units = state.units
    units.prevention[:] = 0.0
    units.prevention[0] = 0.5
    hours = state.normal_hours()[0] * units.effort[0] * (0.5 + 0.5 * units.morale[0]) * 0.5
    z = 0.05 * 0.2 * hours / state.base_requests()[0].sum()
    prevent(state)
    assert state.defects[0] == pytest.approx(1.0 - z / (1.0 + z))
    assert (state.defects[1:] == 1.0).all()
    units.prevention[:], before = 0.0, state.defects[0].copy()
    prevent(state)
    assert state.defects[0] == pytest.approx(before + 0.05 * (1.0 - before))


def test_belief_moves_half_way_to_what_the_city_measured(build):
    state = build(prevention_yield=0.2)
    state.year_prevention_minutes, state.year_prevented = 60 * 1000, 1024 * 100
    update_belief(state)
    assert state.prevented_per_hour == pytest.approx(0.5 * 0.2 + 0.5 * 0.1)
    assert state.year_prevented == 0
