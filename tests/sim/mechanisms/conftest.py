"""What tests of single mechanisms share: untouched models."""

from __future__ import annotations

import pytest

from sim import Parameters, TournamentModel


@pytest.fixture
def build():
    """Return a function that makes an untouched model; all are closed at the end."""
    made = []

    def make(rules=None, **parameters):
        made.append(TournamentModel("small", rules, Parameters(**parameters), seed=1, scale=0.05))
        return made[-1].state

    yield make
    for model in made:
        model.close()
