"""Score: the month's call-backs become scores, ranks in leagues, and lists (report 一(二))."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.books import POOLED, YEAR
from sim.cells import sums
from sim.luck import Purpose, uniform
from sim.orders import first, mean_rank, stacked
from sim.points import mean_points, points
from sim.state import State

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LEAST_ERROR2 = 2.0**-40  # of a score: with no error at all a point at a cut-off would be worth infinitely much


def score(state: State) -> None:
    """Score every unit and district on the reached, not excluded call-backs of a period (model: the month's end).

    A period is a month unless the rules say otherwise; if it divides twelve, it ends with the year. On fewer
    call-backs than the rules ask for, a unit is scored on three periods; on none at all its last score stands, and is
    marked. Squared standard error that units reckon with: max(variance / n, S̃ (1 − S̃) / (n + 2)),
    S̃ = (nS + 1) / (n + 2). It is a bound, about twice the sampling error variance / (n − 1) by which outcomes tell
    signal from noise (that of a single call-back is not known; the bound stands for it).
    """
    standing, rules, tally = state.standing, state.rules, state.tally
    standing.period_answers = standing.period_answers + tally.answers
    standing.period_handed = standing.period_handed + tally.handed[: state.units.n_streets]
    filed = tally.unit["problems"] + tally.unit["repeats"]
    standing.period_requests = standing.period_requests + filed[: state.units.n_streets]
    _expect(state)
    standing.assessed = (12 * state.month_first.year + state.month_first.month) % rules.tournament.period_months == 0
    if not standing.assessed:
        return
    standing.since = state.month + 1
    values, answers = points(rules), standing.period_answers
    standing.recent_answers = [*standing.recent_answers, answers][-POOLED:]
    pooled = np.zeros_like(answers)
    for period in standing.recent_answers:
        pooled += period
    few = answers.sum(axis=1) < rules.tournament.pool_below
    n, mean, variance = mean_points(np.where(few[:, None], pooled, answers), values)
    standing.score_marked = n == 0
    standing.points = np.where(n > 0, mean, standing.points)
    shrunk = (n * standing.points + 1.0) / (n + 2)
    sampling2 = np.maximum(variance / np.maximum(1, n), shrunk * (1.0 - shrunk) / (n + 2))
    standing.requests = standing.period_requests
    noise2 = np.where(n > 1, variance / np.maximum(1, n - 1), sampling2)
    made, error2 = _by_rules(state, standing.points, sampling2)
    standing.noise2 = np.where(n > 0, _by_rules(state, standing.points, noise2)[1], standing.noise2)
    standing.score = np.where(n > 0, made, standing.score)
    standing.sampling2 = np.where(n > 0, error2, standing.sampling2)
    s0 = state.parameters.perception
    standing.error2 = np.maximum(_LEAST_ERROR2, standing.sampling2 + s0 * s0)
    standing.ranked = _less_handicap(state)
    _score_districts(state, values)
    standing.period_answers = np.zeros_like(answers)
    standing.period_handed = np.zeros_like(standing.period_handed)
    standing.period_requests = np.zeros_like(standing.period_requests)


def _by_rules(state: State, mean: Floats, sampling2: Floats) -> tuple[Floats, Floats]:
    """Return the scores (U,) that the rules make of mean points, and their squared sampling errors.

    Tolerance 容错 forgives lost points up to a share τ of all: P′ = min(all, P + τ · all); where it forgives all that
    were lost there is no error. Requests per 10 000 residents 万人诉求比 enter a street's score with weight w: S =
    (1 − w) P′ + w I, I = m / (m + x), x its requests per resident and m the median in its league; a Poisson count N of
    requests has the variance (I (1 − I))² / N.
    """
    t, standing, n_streets = state.rules.tournament, state.standing, state.units.n_streets
    made, error2 = mean.copy(), sampling2.copy()
    if t.tolerance > 0.0:
        full = max(points(state.rules))
        made = made + t.tolerance * full
        forgiven = made >= full
        made[forgiven], error2[forgiven] = full, 0.0
    if t.weight_requests > 0.0:
        w, number = t.weight_requests, standing.requests
        standing.item = item = _item(state)
        slope = item * (1.0 - item)
        made[:n_streets] = (1.0 - w) * made[:n_streets] + w * item
        noise = w * w * (slope * slope / np.maximum(1, number))
        error2[:n_streets] = (1.0 - w) * (1.0 - w) * error2[:n_streets] + noise
    return made, error2


def _item(state: State) -> Floats:
    """Return requests per 10 000 residents as a score item of the streets (S,), one half at the league's median."""
    rate = state.standing.requests / state.base.population
    item = np.full(len(rate), 0.5)
    for rows in state.leagues():
        ordered = np.sort(rate[rows])
        middle = (ordered[(len(rows) - 1) // 2] + ordered[len(rows) // 2]) / 2.0
        some = rows[rate[rows] + middle > 0.0]
        item[some] = middle / (middle + rate[some])
    return item


def _less_handicap(state: State) -> Floats:
    """Return what is ranked (U,): S − h · (E − mean E), E the score expected of a street in like circumstances."""
    h, standing = state.rules.tournament.handicap, state.standing
    expected = standing.expected_score
    known = np.flatnonzero(~np.isnan(expected))
    if h == 0.0 or len(known) == 0:
        return standing.score
    mean = math.fsum(expected[known]) / len(known)
    ranked = standing.score.copy()
    ranked[known] = ranked[known] - h * (expected[known] - mean)
    return ranked


def _score_districts(state: State, values: list[float]) -> None:
    standing, n_streets = state.standing, state.units.n_streets
    by_street = standing.period_answers[:n_streets] + standing.period_handed
    answers = sums(by_street, state.district, len(state.city.districts))
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


def rank(state: State) -> None:
    """Rank units within their leagues and draw up the streets' lists, as shares of the league, rounded up.

    Departments and enterprises have leagues of their own, without lists. Units compare three-month exponential means
    of scores. Orders that must be total break ties by luck; without a score a street is on no list made by scores,
    without one before it has not improved, and alone in a league it is on none.
    """
    standing, n_streets = state.standing, state.units.n_streets
    if not standing.assessed:
        return
    scores, last = standing.ranked, standing.compared
    standing.compared = np.where(np.isnan(last), scores, last + 0.5 * (scores - last))
    luck = uniform(state.units.keys[:n_streets], Purpose.RANK, state.month)
    standing.rank[n_streets:] = np.nan
    for rows in state.department_leagues():
        standing.rank[rows] = mean_rank(scores[rows])
    gain = scores - last  # not known in the first month
    t = state.rules.tournament
    lists = (
        ("advanced", t.advanced_share, -scores),
        ("improving", t.improving_share, -gain),
        ("rectification", t.rectification_share, scores),
        ("governance", t.governance_share, -standing.requests.astype(float)),
    )
    for rows in stacked(state.leagues()):
        standing.rank[rows] = mean_rank(scores[rows])
        size = rows.shape[1]
        for name, share, by in lists:
            standing.lists[name][rows] = first(by[rows], luck[rows], math.ceil(share * size) if size > 1 else 0)
