"""Exclusion files: what a unit compiles, on which tickets, and to whom it sends them."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.exclude import apply_for_exclusion, close_file_accounts
from sim.rules import Exclusion


def fail(state, slots, minutes):
    """Let all tickets fail today at units that have no documentation time but `minutes`, left over at unit 0."""
    state.today.failed, state.today.failed_answers = slots, np.zeros(len(slots), dtype=np.int64)
    state.units.documentation[:], state.units.file_minutes[0] = 0.0, minutes


def test_files_are_compiled_as_far_as_documentation_minutes_go(build):
    state = build(file_minutes=100, exclusion_recognition=1.0)
    fail(state, put_in(state, 10, strategic=True), 350)
    apply_for_exclusion(state)
    assert (len(state.reviews.district), state.units.file_minutes[0]) == (3, 50)
    assert (state.tally.unit["files"][0], state.tally.unit["file_minutes"][0]) == (3, 300)
    assert state.reviews.waiting(state.units.n)[0] == 3
    close_file_accounts(state)
    assert (state.tally.unit["idle_minutes"][0], state.units.file_minutes[0]) == (50, 0)


def test_what_qualifies_comes_first_and_the_rest_only_above_the_threshold(build):
    for above, number in ((0.1, 5), (0.2, 2), (0.8, 0)):  # others are believed to pass with 0.4 × 0.3 = 0.12
        state = build(file_minutes=100, exclusion_recognition=1.0)
        own, other = put_in(state, 8), put_in(state, 2, strategic=True)
        state.units.exclude_above[0] = above
        fail(state, np.concatenate([own, other]), 500)
        apply_for_exclusion(state)
        files = state.reviews.district
        assert len(files) == number
        assert files.truly.sum() == min(number, 2)
        assert (np.diff(files.key.astype(np.float64)) > 0).all()


def test_a_unit_takes_tickets_for_what_they_are_as_often_as_it_recognises_them(build):
    state = build(file_minutes=10, exclusion_recognition=0.8)
    slots = put_in(state, 10_000, right=5)
    state.units.exclude_above[0] = 0.5
    fail(state, slots, 10**7)
    apply_for_exclusion(state)
    assert share(len(state.reviews.district), 10_000, 0.8)


def test_what_was_disputed_in_vain_in_this_attempt_is_odd_already(build):
    state = build(file_minutes=10, exclusion_recognition=1.0)
    slots = put_in(state, 6, right=3)
    state.tickets.attempt[slots] = 2
    state.tickets.in_vain[slots] = [0, 0, 0, 1, 2, 2]  # the attempt before was another ticket
    fail(state, slots, 10**6)
    apply_for_exclusion(state)
    assert (state.tally.unit["files"][0], state.tally.unit["odd"][0]) == (6, 4)
    assert state.tally.category["odd_wrong"].sum() == 4


def test_units_believe_the_product_of_the_stages():
    p = Parameters()
    assert p.exclusion_true == pytest.approx(0.7)
    assert p.exclusion_false == pytest.approx(0.12)


def test_departments_send_their_files_straight_to_the_city(build):
    state = build(file_minutes=10, exclusion_recognition=1.0)
    slots = put_in(state, 4, strategic=True, unit=[0, state.units.n_streets, 0, state.units.n_streets])
    fail(state, slots, 1000)
    state.units.file_minutes[:] = 1000
    apply_for_exclusion(state)
    assert (state.reviews.district.unit == 0).all()
    assert (state.reviews.city.unit == state.units.n_streets).all()
    assert (len(state.reviews.district), len(state.reviews.city)) == (2, 2)


def run(rules, **parameters):
    """Return the record of four months in which documentation pays."""
    model = TournamentModel(
        "small",
        rules,
        Parameters(capacity_to_need=1.2, strategic_share=0.05, file_minutes=15, step=0.3, **parameters),
        seed=3,
        scale=0.2,
        log_tickets=True,
    )
    record = model.run(4)
    model.close()
    return record


def test_where_it_is_not_allowed_reviewers_and_chances_do_nothing_and_no_time_goes_into_files():
    off, other = (
        run(Rules(exclusion=Exclusion(allowed=False, **rules)), **parameters)
        for rules, parameters in (
            ({}, {}),
            ({"city_minutes": 0.0, "city_days": 9, "district_minutes": 1e6}, {"exclusion_city_false": 1.0}),
        )
    )
    assert same_run(off, other)
    assert not off.tickets()["excluded"].any()
    assert off.sums().count("files").sum() == 0
    allowed = run(Rules())
    assert allowed.tickets()["excluded"].any()
    assert (off.monthly()["documentation_share"] == 0.0).all()  # offices know the rule, whatever they hoped for before
    assert allowed.monthly()["documentation_share"].max() > 0.01
