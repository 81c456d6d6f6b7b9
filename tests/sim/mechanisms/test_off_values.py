"""At its off value a mechanism does nothing, bit for bit: what belongs to it can then be anything."""

from __future__ import annotations

import pytest
from by_hand import same_run

from sim import Parameters, Rules, TournamentModel
from sim.rules import Dispute

UNDISPUTED = Rules(dispute=Dispute(allowed=False))
CASES = {  # the rules and parameters at which it is off, and what belongs to it
    "dispute": (UNDISPUTED, {}, {"dispute_error": 0.4, "dispute_mistake": 0.2}),
    "learn": (Rules(), {"learning": 0.0}, {"learning_tickets": 400.0}),
    "morale": (
        Rules(),
        {"morale_recovery": 0.0, "morale_overwork": 0.0, "morale_pressure": 0.0, "morale_files": 0.0},
        {"morale_worth": 0.1},
    ),
    "prevent": (Rules(), {"discount": 0.0}, {"prevention_yield": 5.0, "defect_return": 0.9}),
}


def run(rules=None, **parameters):
    """Return the record of three months."""
    model = TournamentModel("small", rules, Parameters(**parameters), seed=7, scale=0.05)
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


def test_where_nothing_moves_morale_and_nobody_learns_both_stay_as_they_were():
    still = {"diffusion": 0.0, "praise_diffusion": 0.0, "leaving_base": 0.0, "leaving_by_morale": 0.0}
    table = run(**CASES["morale"][1], **CASES["learn"][1], **still).monthly()
    assert (table["morale"] == 0.9).all()
    assert table["skill"].nunique() == 1
    assert run(discount=0.0).monthly()["prevention_share"].eq(0.0).all()
