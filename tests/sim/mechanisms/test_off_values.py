"""At its off value a mechanism does nothing, bit for bit: what belongs to it can then be anything."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from by_hand import same_run

from sim import Parameters, Rules, TournamentModel
from sim.mechanisms import learn
from sim.rules import CallBack, Dispute, Tournament

UNDISPUTED = Rules(dispute=Dispute(allowed=False))
NOBODY_CALLED = Rules(call_back=CallBack(coverage=0.0))
NO_TOURNAMENT = Rules(tournament=Tournament(strength=0.0))
CASES = {  # the rules and parameters at which it is off, and what belongs to it
    "arise": (Rules(), {"demand": 0.0}, {"strategic_share": 0.1}),
    "call_back": (NOBODY_CALLED, {}, {"reach": 0.3, "confirm": 0.5}),
    "come_back": (
        Rules(),
        {"return_street": 0.0, "return_district": 0.0, "return_city": 0.0, "return_grievance": 0.0},
        {"return_days": 50.0, "return_dissatisfied": 0.9},
    ),
    "decide": (Rules(), {"step": 0.0}, {"effort_cost": 9.0, "discount": 0.2}),
    "dispatch": (
        Rules(),
        {"accuracy_start": 1.0, "accuracy_decay": 0.0},
        {"wrong_loss": 0.1, "wrong_to_department": 0.9},
    ),
    "dispute": (UNDISPUTED, {}, {"dispute_error": 0.4, "dispute_mistake": 0.2}),
    "learn": (Rules(), {"learning": 0.0}, {"learning_tickets": 400.0}),
    "morale": (
        Rules(),
        {"morale_recovery": 0.0, "morale_overwork": 0.0, "morale_pressure": 0.0, "morale_files": 0.0},
        {"morale_worth": 0.1},
    ),
    "worth": (NO_TOURNAMENT, {}, {"perception": 0.05}),
    "prevent": (Rules(), {"discount": 0.0}, {"prevention_yield": 5.0, "defect_return": 0.9}),
}


def run(rules=None, **parameters):
    """Return the record of three months."""
    model = TournamentModel("small", rules, Parameters(**parameters), seed=7, scale=0.03)
    record = model.run(3)
    model.close()
    return record


@pytest.fixture(scope="module")
def usual():
    return run()


@pytest.mark.parametrize("name", CASES)
def test_off_nothing_of_it_matters_and_on_it_does(name, usual):
    rules, off, belongs = CASES[name]
    assert same_run(run(rules, **off), run(rules, **off | belongs))
    assert not usual.monthly().equals(run(**belongs).monthly())


def test_without_diffusion_it_does_not_matter_how_far_neighbours_are_ahead(monkeypatch, usual):
    off = run(diffusion=0.0)
    assert not same_run(usual, off)
    for fill, diffusion in ((np.ones, 0.0), (np.zeros, 0.5)):  # far ahead, and never ahead
        mean = partial(lambda fill, state, skill: fill((state.units.n_streets, skill.shape[1])), fill)
        monkeypatch.setattr(learn, "_mean_of_neighbours", mean)
        assert same_run(off, run(diffusion=diffusion))


def test_where_nothing_moves_morale_and_nobody_learns_both_stay_as_they_were():
    still = {"diffusion": 0.0, "praise_diffusion": 0.0, "leaving_base": 0.0, "leaving_by_morale": 0.0}
    table = run(**CASES["morale"][1], **CASES["learn"][1], **still).monthly()
    assert (table["morale"] == 0.9).all()
    assert table["skill"].nunique() == 1
    assert run(discount=0.0).monthly()["prevention_share"].eq(0.0).all()
