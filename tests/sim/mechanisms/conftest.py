"""What tests of single mechanisms share: untouched models."""

from __future__ import annotations

import pytest

from sim import Parameters, Rules, TournamentModel
from sim.rules import Tournament


@pytest.fixture
def build():
    """Return a function that makes an untouched model and gives its state; all are closed at the end."""
    made = []

    def make(rules=None, city="small", scale=0.05, agents=None, **parameters):
        made.append(TournamentModel(city, rules, Parameters(**parameters), seed=1, scale=scale, agents=agents))
        return made[-1].state

    yield make
    for model in made:
        model.close()


@pytest.fixture
def assessed(build):
    """Return a function that makes an untouched model without noise of perception under rules of the tournament."""
    return lambda **tournament: build(Rules(tournament=Tournament(**tournament)), perception=0.0)
