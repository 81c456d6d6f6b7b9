"""Morale: by hand, and where it ends."""

from __future__ import annotations

import pytest
from by_hand import answered

from sim.mechanisms.morale import morale


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


def test_at_rest_morale_closes_the_gap_to_one_and_under_full_strain_it_ends_at_its_least(build):
    state = build(morale_recovery=0.04, morale_overwork=0.08, morale_pressure=0.0, morale_files=0.0)
    units = state.units
    units.morale[:], units.effort[:], units.documentation[:] = 0.5, 0.6, 0.0
    for _ in range(24):
        morale(state)
    assert units.morale == pytest.approx(1.0 - 0.5 * (1.0 - 0.04) ** 24)
    units.effort[:] = 1.4
    for _ in range(60):
        morale(state)
    assert (units.morale == 0.05).all()  # what is lost, 0.08 × 0.8, is more than recovery can bring
