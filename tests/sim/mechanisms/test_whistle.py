"""Whistles: who calls whom, who comes, what it costs and brings, and the settings at which nothing happens."""

from __future__ import annotations

import math

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms.handle import enter_queue, handle
from sim.mechanisms.whistle import whistle
from sim.rules import Dispute, Whistle
from sim.tickets import CAME_ABOVE, CAME_RIGHT


def test_a_unit_that_knows_that_a_ticket_is_not_its_own_calls_the_right_one(build):
    state = build(dispute_recognition=0.8, lead_minutes=40, called_minutes=60)
    wrong = put_in(state, 5000, unit=2, right=5)
    state.today.returned = np.concatenate([wrong, put_in(state, 300, unit=2, right=2)])
    whistle(state)
    came = state.tickets.whistle[state.today.returned]
    n = np.count_nonzero(came)
    assert share(n, 5000, 0.8)
    assert set(came.tolist()) == {0, CAME_RIGHT}
    assert (came[5000:] == 0).all()
    assert (state.units.owed[2], state.units.owed[5]) == (40 * n, 60 * n)
    counts = state.tally.unit
    assert counts["whistles"][2] == counts["whistles_answered"][2] == counts["whistles_called"][5] == n
    assert counts["whistle_minutes"].sum() == 100 * n


def test_a_street_that_sees_that_it_lacks_authority_calls_any_body_of_the_category(build):
    state = build(authority_recognition=0.5)
    city = state.city
    bodies = np.diff(city.department_start) + np.diff(city.enterprise_start)
    category = int(np.argmax(bodies))
    slots = put_in(state, 10_000, level=1, category=category)
    state.today.arriving = np.concatenate([slots, put_in(state, 500, level=0, category=category)])
    whistle(state)
    assert share(np.count_nonzero(state.tickets.whistle[slots] == CAME_ABOVE), 10_000, 0.5)
    assert np.count_nonzero(state.tickets.whistle[state.today.arriving]) == state.tally.unit["whistles"][0]
    called = state.tally.unit["whistles_called"]
    lists = (
        (city.department_start, city.department_list),
        (city.enterprise_start, city.enterprise_list),
    )
    rows = np.concatenate([rows[start[category] : start[category + 1]] for start, rows in lists])
    assert set(np.flatnonzero(called).tolist()) == set((state.units.n_streets + rows).tolist())
    assert bodies[category] > 1
    for row in rows:
        assert share(called[state.units.n_streets + row], called.sum(), 1.0 / bodies[category])


def test_a_department_lacks_no_authority_and_what_nobody_knows_is_not_whistled_about(build):
    state = build(dispute_recognition=0.0, authority_recognition=1.0)
    department = state.units.n_streets
    slots = np.concatenate([put_in(state, 50, unit=department, right=department, level=2), put_in(state, 60, right=3)])
    state.today.arriving = slots
    whistle(state)
    assert (state.tickets.whistle[slots] == 0).all()
    assert state.tally.unit["whistles"].sum() == 0


def test_the_overburdened_do_not_come_and_the_leader_has_worked_all_the_same(build):
    state = build(dispute_recognition=1.0, whistle_patience=2.0, lead_minutes=40, called_minutes=60)
    units = state.units
    most = 2.0 * units.handling_a_day
    units.backlog[5], units.owed[5] = math.floor(most[5]) - 10, 10  # just not too much
    units.backlog[6], units.owed[6] = math.floor(most[6]) - 10, 11
    comes, stays = put_in(state, 3, right=5), put_in(state, 4, right=6)
    state.today.arriving = np.concatenate([comes, stays])
    whistle(state)  # the three whistles of one day do not count against one another
    assert (state.tickets.whistle[comes] == CAME_RIGHT).all()
    assert (state.tickets.whistle[stays] == 0).all()
    assert units.owed[[0, 5, 6]].tolist() == [7 * 40, 10 + 3 * 60, 11]
    assert (state.tally.unit["whistles"][0], state.tally.unit["whistles_answered"][0]) == (7, 3)


@pytest.mark.parametrize("k", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    ("columns", "alone", "best"),
    [
        ({"level": 1, "whistle": CAME_ABOVE}, 0.3, 0.8),
        ({"level": 2, "whistle": CAME_ABOVE}, 0.15, 0.8),
        ({"right": 3, "whistle": CAME_RIGHT}, 0.2, 1.0),
        ({"level": 1, "right": 3, "whistle": CAME_RIGHT}, 0.3 * 0.2, 0.3),  # another street brings no authority
        ({"level": 1, "whistle": 0}, 0.3, 0.3),
        ({"level": 0, "whistle": CAME_ABOVE}, 1.0, 1.0),
    ],
)
def test_who_came_helps_as_far_as_the_units_are_coordinated(build, columns, alone, best, k):
    state = build(care_min=1.0, care_max=1.0, contact_minutes=0, ceiling_best=0.8, wrong_loss=0.8)
    state.units.handling_a_day[0], state.units.skill[:], state.units.coordination[:] = 1e6, 0.5, k
    state.work_factor[:] = 1024
    state.today.arriving = slots = put_in(state, 10_000, minutes=1, contact=-1, **columns)
    enter_queue(state)
    handle(state)
    chance = (alone + k * (best - alone)) * (1.0 - math.exp(-0.5))
    assert share(np.count_nonzero(state.tickets.resolved[slots]), 10_000, chance)


def records(*worlds):
    """Return the records of three months of a world each, given as rules and parameters."""
    out = []
    for rules, parameters in worlds:
        model = TournamentModel("small", rules, Parameters(**parameters), seed=3, scale=0.2, log_tickets=True)
        out.append(model.run(3))
        model.close()
    return out


def test_without_whistles_coordination_and_its_ceiling_change_nothing():
    never = Rules(whistle=Whistle(allowed=False))
    off, also_off, on = records(
        (never, {}),
        (never, {"coordination_start": 0.1, "ceiling_best": 0.5, "lead_minutes": 900, "whistle_patience": 0.0}),
        (Rules(), {}),
    )
    assert same_run(off, also_off)
    assert not same_run(off, on)
    assert (off.monthly()["whistles"] == 0).all()
    assert off.sums().hours("whistles").sum() == 0.0


def test_what_nobody_recognises_is_the_same_as_no_whistles():
    no_knowledge = {"dispute_recognition": 0.0, "authority_recognition": 0.0}
    allowed, forbidden = records((Rules(), no_knowledge), (Rules(whistle=Whistle(allowed=False)), no_knowledge))
    assert same_run(allowed, forbidden)


def test_where_disputes_are_not_allowed_units_whistle_instead():
    allowed, forbidden = records((Rules(), {}), (Rules(dispute=Dispute(allowed=False)), {}))
    assert forbidden.monthly()["whistles"].sum() > 1.5 * allowed.monthly()["whistles"].sum()


def test_outcomes_are_shares_of_what_units_keep_and_of_whistles():
    model = TournamentModel("small", parameters=Parameters(whistle_patience=0.5), seed=3, scale=0.3, log_tickets=True)
    tally = model.state.tally.unit
    model.run(1)
    table, hours = model.record.monthly(), model.record.hours().set_index("use")["hours"]
    by_street = model.record.streets()["whistle_share"].to_numpy()
    model.close()
    kept = tally["received"] - tally["disputes_won"]
    assert table["whistles"][0] == tally["whistles"].sum() > 0
    assert table["whistle_share"][0] == pytest.approx(tally["whistles"].sum() / kept.sum())
    assert by_street == pytest.approx((tally["whistles"] / kept)[: len(by_street)])
    unanswered = 1.0 - tally["whistles_answered"].sum() / tally["whistles"].sum()
    assert table["whistles_unanswered"][0] == pytest.approx(unanswered)
    assert 0.0 < unanswered < 1.0
    assert tally["whistles_called"].sum() == tally["whistles_answered"].sum()
    minutes = 40 * tally["whistles"].sum() + 60 * tally["whistles_called"].sum()
    assert hours["whistles"] == pytest.approx(minutes / 60.0)


def test_a_street_whistles_about_as_often_as_one_is_published_to_have_done():
    """Miyun Gulou, 2019: 207 of 4 754 tickets (published.csv)."""
    model = TournamentModel("small", seed=2, scale=0.5)
    sums = model.run(12).sums(streets=True)
    model.close()
    kept = (sums.count("received") - sums.count("disputes_won")).sum()
    assert sums.count("whistles").sum() / kept == pytest.approx(0.044, abs=0.006)
