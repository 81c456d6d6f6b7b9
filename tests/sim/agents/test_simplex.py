"""Shares of time: the nearest point that can be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from sim.agents.street import onto_simplex

real = st.floats(-2.0, 2.0)


@given(real, real, real)
def test_the_projection_is_the_nearest_point_of_the_simplex(a, b, c):
    found = np.array(onto_simplex(a, b, c), dtype=float)
    assert abs(found.sum() - 1.0) < 1e-12
    assert (found >= 0.0).all()
    start = np.full(3, 1 / 3)
    best = minimize(
        lambda x: ((x - [a, b, c]) ** 2).sum(),
        start,
        bounds=[(0, 1)] * 3,
        constraints={"type": "eq", "fun": lambda x: x.sum() - 1},
    )
    assert ((found - [a, b, c]) ** 2).sum() <= best.fun + 1e-7


@given(st.lists(st.tuples(real, real, real), min_size=1, max_size=6))
def test_columns_and_numbers_agree(points):
    columns = np.array(points).T
    together = np.array(onto_simplex(*columns))
    for i, point in enumerate(points):
        assert together[:, i].tolist() == [float(x) for x in onto_simplex(*point)]


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_point_of_the_simplex_stays(u, v):
    a, b = min(u, v), max(u, v)
    found = onto_simplex(a, b - a, 1.0 - b)
    assert np.allclose(found, (a, b - a, 1.0 - b), atol=1e-12)
