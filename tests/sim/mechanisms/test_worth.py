"""Worth: what a point is worth, by hand, in a limit, and where it is nothing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from by_hand import NO_LISTS, answer

from sim.agents.street import what_pays
from sim.mechanisms.decide import view
from sim.mechanisms.score import rank, score
from sim.mechanisms.worth import rival_density, worth
from sim.tables import density


def test_a_request_fewer_is_worth_its_part_of_the_score_and_makes_prevention_pay(assessed):
    state = assessed(weight_requests=0.25, **NO_LISTS)
    answer(state, np.arange(70, 82), 20)
    state.tally.unit["problems"][:12] = np.arange(100, 112)
    score(state)
    rank(state)
    worth(state)
    s = state.standing
    per_score = s.worth[:12] / 0.75
    expected = per_score * 0.25 * s.item * (1.0 - s.item) / np.arange(100, 112)
    assert s.request_worth[:12] == pytest.approx(expected)
    assert (s.request_worth[12:] == 0.0).all()
    seen = replace(view(state), prevented=np.full(state.units.n, 50.0))
    with_item, without = (what_pays(replace(seen, request_worth=w), state.parameters) for w in (1.0, 0.0))
    assert (with_item.prevention > without.prevention).all()


def test_under_fixed_grades_worth_comes_from_the_cut_offs_and_not_from_rivals(assessed):
    grades = {"graded": True, "grade_low": 0.7, "grade_middle": 0.8, "grade_high": 0.9}
    state = assessed(**grades, **NO_LISTS)
    standing = state.standing
    standing.compared[:], standing.error2[:], standing.assessed = np.nan, 0.02**2, True
    standing.compared[:3] = [0.8, 0.82, 0.75]
    worth(state)

    def by_hand(s):
        return sum(float(density((s - q) / 0.02)) / 0.02 for q in (0.7, 0.8, 0.9)) / 3.0

    assert standing.worth[:3] == pytest.approx([by_hand(s) for s in (0.8, 0.82, 0.75)])
    alone = standing.worth[0]
    standing.compared[1:3] = np.nan
    worth(state)
    assert standing.worth[0] == alone  # nobody to compare with, and worth as much


def test_a_point_by_hand_rivals_lists_and_target_together(assessed):
    """v = β (mean over rivals of φ(d/σ)/σ + Σ b φ((S − q)/s)/s + b_T · lean · gap ÷ full gap), in plain arithmetic."""
    state = assessed(strength=1.5, advanced_share=0.1, advanced_worth=0.2, rectification_worth=0.1)
    standing, scores, errors = state.standing, [0.80, 0.84, 0.90], [0.02, 0.03, 0.04]
    standing.compared[:], standing.assessed = np.nan, True
    standing.compared[:3], standing.error2[:3] = scores, np.square(errors)
    standing.ranked[:3] = standing.points[:3] = scores
    state.pressure.target[:3], state.pressure.lean[:] = 0.87, 1.2

    def phi(x):
        return math.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)

    for i in range(3):
        sigmas = [math.hypot(errors[i], errors[j]) for j in range(3) if j != i]
        apart = [scores[i] - scores[j] for j in range(3) if j != i]
        rivals = sum(phi(d / sigma) / sigma for d, sigma in zip(apart, sigmas, strict=True)) / 2.0
        lists = sum(b * phi((scores[i] - q) / errors[i]) / errors[i] for b, q in ((0.2, 0.90), (0.1, 0.80)))
        target = 1.0 * 1.2 * min(1.0, max(0.0, 0.87 - scores[i]) / 0.1)
        worth(state)
        assert standing.worth[i] == pytest.approx(1.5 * (rivals + lists + target), rel=1e-5)


def test_noise_and_distance_end_the_worth_of_a_rank(assessed):
    found = []
    for apart, error in ((0.01, 0.02), (0.01, 0.2), (0.9, 0.02)):
        state = assessed(**NO_LISTS)
        standing = state.standing
        standing.compared[:], standing.assessed = np.nan, True
        standing.compared[:2], standing.error2[:2] = (0.05, 0.05 + apart), error * error
        worth(state)
        found.append(standing.worth[0])
    assert found[0] > 5.0 * found[1] > 0.0
    assert found[2] == 0.0


@pytest.mark.parametrize("graded", [False, True])
def test_who_is_alone_in_a_league_gains_by_the_target_alone_and_keeps_no_old_worth(assessed, graded):
    state = assessed(strength=2.0, graded=graded)
    standing = state.standing
    standing.compared[:], standing.assessed, standing.worth[:] = np.nan, True, 9.0
    standing.compared[0], standing.error2[0] = 0.5, 0.02**2  # grades are far away
    standing.ranked[0] = standing.points[0] = 0.5
    worth(state)
    assert (standing.worth == 0.0).all()
    state.pressure.target[0], state.pressure.lean[:] = 0.55, 1.2
    worth(state)
    assert standing.worth[0] == pytest.approx(
        2.0 * state.rules.targets.worth * 1.2 * 0.05 / state.rules.targets.full_gap
    )
    assert (standing.worth[1:] == 0.0).all()


@pytest.mark.parametrize(("error", "spread", "near"), [(0.01, 1.0, 0.02), (0.05, 1.0, 0.003), (0.3, 1.0, 0.003),
                                                       (0.01, 2.0, 0.02), (0.3, 2.0, 0.02)])  # fmt: skip
def test_bins_stand_for_rivals_one_by_one(error, spread, near):
    """Each a quarter of the least error of a distance, or 1/128; most is lost where the errors of a bin are unlike."""
    rng = np.random.default_rng(1)
    scores, error2 = rng.beta(9.0, 3.0, (2, 300)), (error * rng.uniform(1.0, spread, (2, 300))) ** 2
    sigma = np.sqrt(error2[:, :, None] + error2[:, None, :])
    each = np.exp(-0.5 * ((scores[:, :, None] - scores[:, None, :]) / sigma) ** 2) / (math.sqrt(2.0 * math.pi) * sigma)
    exact = (each.sum(axis=2) - each[:, np.arange(300), np.arange(300)]) / 299
    assert np.median(np.abs(rival_density(scores, error2) / exact - 1.0)) < near
