"""Strategic residents: they refuse the unit, care does nothing for them, and they answer no three times."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, same_run

from sim import Parameters, TournamentModel
from sim.mechanisms.handle import enter_queue, handle
from sim.mechanisms.refuse import refuse


def test_contacts_in_vain_are_owed_once_for_each_ticket_contacted_today(build):
    state = build(refusal_contacts=3, contact_minutes=10)
    strategic = [True, True, False, True, True]
    state.day = 4
    slots = put_in(state, 5, strategic=strategic, unit=[0, 2, 0, 0, 0], contact=[4, 4, 4, 3, -1])
    state.queue, state.closed = slots[:1], slots[1:]
    refuse(state)
    assert state.units.owed[[0, 2]].tolist() == [30, 30]
    assert state.tally.unit["refusal_minutes"][[0, 2]].tolist() == [30, 30]
    assert state.units.owed.sum() == 60


def test_they_are_paid_from_the_next_days_capacity(build):
    state = build(refusal_contacts=5, contact_minutes=20, care_min=1.0, care_max=1.0)
    units = state.units
    units.handling_a_day[:], units.handling_a_day[0] = 0.0, 200.0
    state.work_factor[:] = 1024
    state.today.arriving = put_in(state, 1, strategic=True, contact=-1, minutes=50)
    enter_queue(state)
    handle(state)
    refuse(state)
    assert (units.owed[0], state.tally.unit["idle_minutes"][0]) == (100, 130)  # of 200: a contact and the work
    state.day += 1
    state.today.arriving = state.today.returned = state.queue[:0]
    enter_queue(state)
    handle(state)
    assert (units.owed[0], state.tally.unit["idle_minutes"][0]) == (0, 130 + 100)


@pytest.fixture(scope="module")
def runs():
    """Return records of three runs: contacts in vain at 0, at 0 with nobody strategic, and at 2."""
    records = []
    for more in ({"refusal_contacts": 0}, {"refusal_contacts": 20, "strategic_share": 0.0}, {"strategic_share": 0.0}):
        parameters = Parameters(**{"strategic_share": 0.05} | more)
        model = TournamentModel("small", parameters=parameters, seed=4, scale=0.1, log_tickets=True)
        records.append(model.run(3))
        model.close()
    return records


def test_at_no_further_contacts_or_with_nobody_strategic_it_does_nothing(runs):
    none, many, nobody = runs
    assert (none.monthly()["refusal_hours"] == 0.0).all()
    assert same_run(many, nobody)


def test_no_care_resolves_them_and_they_answer_no_three_times(runs):
    log = runs[0].tickets()
    strategic = log[log["strategic"]]
    assert len(strategic) > 50
    assert not strategic[["resolved", "said_responded", "said_resolved", "said_satisfied"]].any(axis=None)
    assert strategic["reached"].mean() == pytest.approx(0.8, abs=0.1)
    others = log[~log["strategic"] & log["reached"]]
    assert others["said_responded"].mean() > 0.8
    assert (strategic["contact"] >= 0).mean() > 0.9  # the unit did try


def test_hours_are_those_of_the_strategic_residents_contacted():
    parameters = Parameters(strategic_share=0.05, refusal_contacts=4, contact_minutes=6, casework_request=0.0)
    model = TournamentModel("small", parameters=parameters, seed=4, scale=0.1, log_tickets=True)
    record = model.run(2)
    state = model.state
    log = record.tickets()
    called = int((log["strategic"] & (log["contact"] >= 0)).sum())
    here = np.concatenate([state.undelivered.slots, state.queue, state.disputed, state.closed])
    still = int((state.tickets.strategic[here] & (state.tickets.contact[here] >= 0)).sum())
    minutes = record.sums().count("refusal_minutes").sum()
    hours = record.monthly()["refusal_hours"]
    model.close()
    assert minutes == (called + still) * 24
    assert hours.tolist() == pytest.approx((record.sums().count("refusal_minutes") / 60.0).tolist())
