"""Score: the month's call-backs become scores, ranks in leagues, and lists (report 一(二))."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.books import POOLED, YEAR
from sim.luck import Purpose, uniform
from sim.points import ANSWERS, mean_points, points
from sim.state import State

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def score(state: State) -> None:
    """Score every unit and district on the month's reached, not excluded call-backs (model: the month's end).

    On fewer call-backs than the rules ask for, a unit is scored on three months; on none at all its last score
    stands, and is marked. Squared standard error: max(variance / n, S̃ (1 − S̃) / (n + 2)), S̃ = (nS + 1) / (n + 2).
    """
    standing, rules = state.standing, state.rules
    values = points(rules)
    standing.recent_answers = [*standing.recent_answers, state.tally.answers.copy()][-POOLED:]
    pooled = np.zeros_like(state.tally.answers)
    for month in standing.recent_answers:
        pooled += month
    few = state.tally.answers.sum(axis=1) < rules.tournament.pool_below
    n, mean, variance = mean_points(np.where(few[:, None], pooled, state.tally.answers), values)
    standing.score_marked = n == 0
    standing.score = np.where(n > 0, mean, standing.score)
    shrunk = (n * standing.score + 1.0) / (n + 2)
    sampling2 = np.maximum(variance / np.maximum(1, n), shrunk * (1.0 - shrunk) / (n + 2))
    standing.sampling2 = np.where(n > 0, sampling2, standing.sampling2)
    s0 = state.parameters.perception
    standing.error2 = standing.sampling2 + s0 * s0
    _score_districts(state, values)
    _expect(state)


def _score_districts(state: State, values: list[float]) -> None:
    standing, n_streets = state.standing, state.units.n_streets
    district: Ints = state.city.streets["district_index"].to_numpy(dtype=np.int64)
    answers = np.zeros((len(state.city.districts), ANSWERS), dtype=np.int64)
    np.add.at(answers, district, state.tally.answers[:n_streets] + state.tally.handed[:n_streets])
    n, mean, _ = mean_points(answers, values)
    standing.district_score = np.where(n > 0, mean, standing.district_score)
    standing.district_rank = mean_rank(standing.district_score)


def _expect(state: State) -> None:
    """Let residents' expectation follow their street's real resolution over the last twelve months."""
    standing, tally = state.standing, state.tally.unit
    standing.year_resolved = [*standing.year_resolved, np.stack([tally["closed"], tally["resolved"]])][-YEAR:]
    closed, resolved = np.zeros_like(tally["closed"]), np.zeros_like(tally["closed"])
    for month in standing.year_resolved:
        closed, resolved = closed + month[0], resolved + month[1]
    standing.expected = np.maximum(0.0, resolved / np.maximum(1, closed) - 0.5)


def mean_rank(scores: Floats) -> Floats:
    """Rank scores (n,), 1 for the highest; equal scores share the mean of their ranks; no score, no rank."""
    rank = np.full(len(scores), np.nan)
    order = np.argsort(-scores)  # no score comes last
    ordered = scores[order[: len(scores) - np.count_nonzero(np.isnan(scores))]]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    ties = np.diff(np.append(first, len(ordered)))
    rank[order[: len(ordered)]] = np.repeat((2 * first + ties + 1) / 2.0, ties)
    return rank


def rank(state: State) -> None:
    """Rank streets within their leagues and draw up the lists, as shares of the league, rounded up.

    Streets compare three-month exponential means of scores. Orders that must be total break ties by luck.
    """
    standing, n_streets = state.standing, state.units.n_streets
    scores = standing.score[:n_streets]
    last = standing.compared
    standing.compared = np.where(np.isnan(last), scores, last + 0.5 * (scores - last))
    luck = uniform(state.units.keys[:n_streets], Purpose.RANK, state.month)
    load = state.tally.unit["problems"][:n_streets] + state.tally.unit["repeats"][:n_streets]
    gain = np.where(np.isnan(last), 0.0, scores - last)
    t = state.rules.tournament
    lists = (
        ("advanced", t.advanced_share, -scores),
        ("improving", t.improving_share, -gain),
        ("rectification", t.rectification_share, scores),
        ("governance", t.governance_share, -load.astype(float)),
    )
    for name, _, _ in lists:
        standing.lists[name][:] = False
    for rows in state.leagues():
        standing.rank[rows] = mean_rank(scores[rows])
        lucky = rows[np.argsort(luck[rows], kind="stable")]
        for name, share, by in lists:
            order = lucky[np.argsort(by[lucky], kind="stable")]
            standing.lists[name][order[: math.ceil(share * len(rows))]] = True
