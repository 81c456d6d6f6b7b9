"""Worth: what a point of score is worth to an office, in rank and in lists (Lazear & Rosen 1981)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.orders import stacked
from sim.points import points
from sim.state import State
from sim.tables import density

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BINS = 128  # of the league's histogram of scores, at most
_BIN_ERROR = 0.25  # width of a bin in the least error of a distance between two scores: finer ones tell no more
_GRAIN = 2**30


def worth(state: State) -> None:
    """Set v = β · (f + worth of lists + worth of the target) for every unit that is ranked (model: the month's end).

    f is the mean over rivals of φ(d / σ) / σ, the gain in rank share per point: σ² = s² + the rivals' s², d the
    distance of three-month mean scores. A list adds b · φ((S − q) / s) / s at its cut-off q; departments and
    enterprises, ranked among themselves, have neither lists nor targets. Noise dilutes the incentive, and rivals far
    away give none; who is alone in a league has neither rank nor list to gain. Where the score is not just the mean
    points of call-backs, v is multiplied by what such a point adds to it, and a request fewer has a worth of its own.
    """
    standing, t = state.standing, state.rules.tournament
    if not standing.assessed:
        return
    standing.worth[:] = 0.0
    standing.request_worth[:] = 0.0
    for leagues, listed in ((state.leagues(), True), (state.department_leagues(), False)):
        gains, ranked = np.zeros(state.units.n), [np.zeros(0, dtype=np.intp)]
        known = (rows[~np.isnan(standing.compared[rows])] for rows in leagues)
        for rows in stacked(rows for rows in known if len(rows)):
            scores, error2 = standing.compared[rows], standing.error2[rows]
            error = np.sqrt(error2)
            gain = grade_density(state, scores, error) if t.graded else rival_density(scores, error2)
            gains[rows] = gain_by_lists(state, gain, scores, error) if listed else gain
            ranked.append(rows.reshape(-1))
        rows = np.concatenate(ranked)
        gain = gains[rows]
        if listed:
            gain = gain + gain_by_target(state, rows, standing.compared[rows])
        standing.worth[rows] = t.strength * gain * point_adds(state, rows)
        if listed and t.weight_requests > 0.0:
            standing.request_worth[rows] = t.strength * gain * request_takes(state, rows)


def point_adds(state: State, rows: NDArray[np.intp]) -> Floats:
    """Return what a mean point of call-backs adds to the score of units (n,): 1, or less by the score's other rules.

    (1 − w) with a weight w on requests (streets only); 0 where tolerance forgives all that was lost.
    """
    t, out = state.rules.tournament, np.ones(len(rows))
    if t.weight_requests > 0.0:
        out[rows < state.units.n_streets] = 1.0 - t.weight_requests
    if t.tolerance > 0.0:
        full = max(points(state.rules))
        out[state.standing.points[rows] + t.tolerance * full >= full] = 0.0
    return out


def request_takes(state: State, rows: NDArray[np.intp]) -> Floats:
    """Return what a request a month takes off the score of streets (n,): w · I (1 − I) / N, N those of a month."""
    t, standing = state.rules.tournament, state.standing
    item = standing.item[rows]
    number = np.maximum(1, standing.requests[rows]) / t.period_months
    return t.weight_requests * (item * (1.0 - item)) / number


def grade_density(state: State, scores: Floats, error: Floats) -> Floats:
    """Return f of scores (…) under graded assessment: the mean over the fixed cut-offs q of φ((S − q) / s) / s.

    Each of the three grades is a third of the way from last to first; only cut-offs within reach of the score's error
    count. No rival matters.
    """
    t, total = state.rules.tournament, np.zeros(scores.shape)
    for cut in (t.grade_low, t.grade_middle, t.grade_high):
        total = total + density((scores - cut) / error) / error
    return total / 3.0


def gain_by_lists(state: State, gain: Floats, scores: Floats, error: Floats) -> Floats:
    """Return the gain of leagues of streets (leagues, size) with what their lists add at their cut-offs."""
    if scores.shape[1] < 2:
        return gain
    t, ordered = state.rules.tournament, np.sort(scores, axis=1)
    for share, b, from_top in (
        (t.advanced_share, t.advanced_worth, True),
        (t.rectification_share, t.rectification_worth, False),
    ):
        n = math.ceil(share * scores.shape[1])
        if b > 0.0 and n > 0:
            cut = ordered[:, -n, None] if from_top else ordered[:, n - 1, None]
            gain = gain + b * density((scores - cut) / error) / error
    return gain


def gain_by_target(state: State, rows: NDArray[np.intp], scores: Floats) -> Floats:
    """Return b_T · lean · min(1, max(0, T − P) / full gap) of streets (n,): what a point adds below the target T.

    Targets are in mean points of call-backs: P is the score that is compared, less what an item, tolerance or a
    handicap made of the last points. `lean` is the factor by which the street's district leans on it. No target, no
    worth.
    """
    rules, pressure, standing = state.rules.targets, state.pressure, state.standing
    in_points = scores - (standing.ranked[rows] - standing.points[rows])
    gap = np.maximum(0.0, pressure.target[rows] - in_points)
    part = np.where(np.isnan(gap), 0.0, np.minimum(1.0, gap / rules.full_gap))
    return rules.worth * pressure.lean[state.district[rows]] * part


def rival_density(scores: Floats, error2: Floats) -> Floats:
    """Return f of units with `scores` and squared errors (leagues, size), from each league's histogram of scores.

    A rival counts at the mean score of its bin with the bin's mean squared error, and every unit leaves itself out.
    Bins are the wider the less exact the league's scores are.
    """
    n = len(scores)
    width = _BIN_ERROR * np.sqrt(2.0 * error2.min(axis=1))[:, None]
    bins = np.minimum(np.ceil(1.0 / width), float(_BINS))  # of each league
    cell = np.minimum(np.floor(np.clip(scores, 0.0, 1.0) * bins), bins - 1.0).astype(np.int64)
    at = (cell + _BINS * np.arange(n)[:, None]).reshape(-1)
    number = np.bincount(at, minlength=n * _BINS)
    places, squares = np.zeros(n * _BINS, dtype=np.int64), np.zeros(n * _BINS, dtype=np.int64)
    np.add.at(places, at, np.floor(scores * _GRAIN + 0.5).astype(np.int64).reshape(-1))
    np.add.at(squares, at, np.floor(error2 * _GRAIN + 0.5).astype(np.int64).reshape(-1))
    whole = np.maximum(1, number) * float(_GRAIN)
    rivals = zip(*(column.reshape(n, _BINS) for column in (number, places / whole, squares / whole)), strict=True)
    found = [_over_bins(*of, *them) for *of, them in zip(scores, error2, cell, rivals, strict=True)]
    out: Floats = np.stack(found) / max(1, scores.shape[1] - 1)
    return out


def _over_bins(scores: Floats, error2: Floats, cell: Ints, number: Ints, place: Floats, square: Floats) -> Floats:
    """Return a league's sum over bins of rivals × φ(d / σ) / σ (n,), each unit less itself in its own bin."""
    bins = np.flatnonzero(number)
    sigma = error2 + square[bins, None]  # (bins, n)
    np.sqrt(sigma, out=sigma)
    terms = scores - place[bins, None]
    terms /= sigma
    terms = density(terms)
    terms /= sigma
    own = (np.cumsum(number > 0) - 1)[cell], np.arange(len(scores))
    without_me = terms[own] * (number[cell] - 1.0)
    terms *= number[bins].astype(float)[:, None]
    terms[own] = without_me
    total: Floats = terms.sum(axis=0)  # bin by bin: the order is fixed, as it runs across the rows of the table
    return total
