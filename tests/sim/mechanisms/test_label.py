"""Label: analysts label odd tickets as far as their hours go, and labels teach the catalogue."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Rules, TournamentModel
from sim.mechanisms.dispatch import learn_catalogue
from sim.mechanisms.label import label
from sim.rules import Dispatch


def found(state, category, n, wrong=None):
    state.tally.category["odd_wrong"][category] = n if wrong is None else wrong
    state.tally.unit["odd"][0] += n


def test_all_are_labelled_while_the_hours_last_and_then_the_same_share_of_each_category(build):
    state = build(Rules(dispatch=Dispatch(label_hours=1000.0, label_minutes=60)))
    able = int(1000.0 * state.population / 1e6)
    found(state, 1, able - 2)
    label(state)
    assert state.labelled[1] == able - 2
    assert state.tally.unit["label_minutes"].sum() == 60 * (able - 2)
    state.tally.unit["label_minutes"][:], state.tally.unit["odd"][:] = 0, 0
    found(state, 1, 3 * able)
    found(state, 2, able)
    label(state)
    assert state.labelled[[1, 2]] == pytest.approx([0.75 * able, 0.25 * able])


def test_what_was_sent_rightly_takes_as_much_time_and_teaches_nothing(build):
    state = build(Rules(dispatch=Dispatch(label_hours=5000.0, label_minutes=60)))
    found(state, 1, 10, wrong=4)
    label(state)
    assert state.labelled[1] == 4.0
    assert state.tally.unit["label_minutes"].sum() == 600


def test_a_label_teaches_as_much_as_a_dispute_that_was_won(build):
    gains = []
    for name in ("odd_wrong", "disputes_won"):
        state = build(Rules(dispatch=Dispatch(learning=0.1, label_hours=5000.0)), accuracy_decay=0.0)
        state.tally.category[name][3], state.tally.unit["odd"][0] = 2, 2
        label(state)
        learn_catalogue(state)
        gains.append(state.accuracy.copy())
    assert (gains[0] == gains[1]).all()
    assert gains[0][3] > gains[0][0]


def test_no_hours_no_labels_bit_for_bit():
    tables = []
    for hours in (0.0, 0.001):  # too few for a single label
        model = TournamentModel("small", Rules(dispatch=Dispatch(label_hours=hours)), seed=3, scale=0.1)
        tables.append(model.run(3).monthly())
        assert (model.state.labelled == 0.0).all()
        assert model.state.tally.category["odd_wrong"].sum() >= 0
        model.close()
    assert tables[0].equals(tables[1])


def test_some_of_what_is_odd_is_at_wrong_units_and_the_hours_are_an_outcome():
    model = TournamentModel("small", Rules(dispatch=Dispatch(label_hours=200.0)), seed=3, scale=0.3)
    record = model.run(3)
    model.close()
    odd, wrong = record.sums().count("odd"), np.array([rows.sum() for rows in record.by_category["odd_wrong"]])
    assert (wrong > 0).all()
    assert (wrong < odd).all()
    assert (record.monthly()["label_hours"] <= odd * 0.5).all()
    assert (record.monthly()["label_hours"] > 0.0).all()
