"""Relief: pushes from above lower the share of problems that need more authority than a street has."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from sim import Parameters, TournamentModel
from sim.mechanisms.arise import arise
from sim.state import Relief


def levels(factors):
    """Return key, category and level of ten days' problems, with these factors of one source in force."""
    model = TournamentModel("small", parameters=Parameters(), seed=3)
    state = model.state
    if factors is not None:
        state.relief.set("theme", factors)
    found = []
    for _ in range(10):
        arise(state)
        t, slots = state.tickets, state.today.entering
        found.append((t.key[slots], t.category[slots], t.level[slots]))
        state.date += datetime.timedelta(days=1)
    model.close()
    return [np.concatenate(column) for column in zip(*found, strict=True)]


def test_sources_multiply_whatever_the_order_in_which_they_are_set():
    relief = Relief(2, 3)
    assert (relief.factor == 1.0).all()
    relief.set("theme", np.array([0.9, 1.0, 0.7]))
    relief.set("governance", np.array([[0.5, 1.0, 1.0], [1.0, 1.0, 0.3]]))
    expected = np.array([[0.9 * 0.5, 1.0, 0.7], [0.9, 1.0, 0.3 * 0.7]])
    assert relief.factor == pytest.approx(expected, abs=1e-15)
    other = Relief(2, 3)
    other.set("governance", np.array([[0.5, 1.0, 1.0], [1.0, 1.0, 0.3]]))
    other.set("theme", np.array([0.9, 1.0, 0.7]))
    assert (other.factor == relief.factor).all()
    relief.set("governance", np.ones(3))
    relief.set("theme", np.ones(3))
    assert (relief.factor == 1.0).all()


@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan])
def test_a_factor_outside_its_range_is_refused(value):
    with pytest.raises(ValueError, match="theme"):
        Relief(2, 3).set("theme", np.full(3, value))


def test_without_relief_nothing_changes_and_full_relief_leaves_no_hard_problem():
    plain, neutral, full = levels(None), levels(np.ones(14)), levels(np.zeros(14))
    for a, b in zip(plain, neutral, strict=True):
        assert (a == b).all()
    assert (plain[2] > 0).any()
    assert (full[2] == 0).all()
    assert (full[0] == plain[0]).all()


def test_relief_of_one_kind_lowers_only_its_levels_and_makes_none_harder():
    factors = np.ones((12, 14))
    factors[:, 3] = 0.5
    plain, eased = levels(None), levels(factors)
    assert (eased[2] <= plain[2]).all()
    changed = eased[2] != plain[2]
    assert changed.any()
    assert (plain[1][changed] == 3).all()
