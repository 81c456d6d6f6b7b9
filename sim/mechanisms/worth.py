"""Worth: what a point of score is worth to a street, in rank and in lists (Lazear & Rosen 1981)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.state import State
from sim.tables import density

Floats = NDArray[np.float64]

_BINS = 128  # of the league's histogram of scores
_GRAIN = 2**30


def worth(state: State) -> None:
    """Set v = β · (f + worth of lists) for every street (model: the month's end).

    f is the mean over rivals of φ(d / σ) / σ, the gain in rank share per point: σ² = s² + the rivals' s², d the
    distance of three-month mean scores. A list adds b · φ((S − q) / s) / s at its cut-off q. Noise dilutes the
    incentive, and rivals far away give none.
    """
    standing, t = state.standing, state.rules.tournament
    n_streets = state.units.n_streets
    for rows in state.leagues():
        scores, error2 = standing.compared[rows], standing.error2[:n_streets][rows]
        known = ~np.isnan(scores)
        rows, scores, error2 = rows[known], scores[known], error2[known]
        if len(rows) < 2:
            continue
        gain = rival_density(scores, error2)
        ordered = np.sort(scores)
        error = np.sqrt(error2)
        for share, b, from_top in (
            (t.advanced_share, t.advanced_worth, True),
            (t.rectification_share, t.rectification_worth, False),
        ):
            n = math.ceil(share * len(rows))
            if b > 0.0 and n > 0:
                cut = ordered[-n] if from_top else ordered[n - 1]
                gain = gain + b * density((scores - cut) / error) / error
        standing.worth[rows] = t.strength * gain


def rival_density(scores: Floats, error2: Floats) -> Floats:
    """Return f (n,) of streets with `scores` and squared errors (n,), from the league's histogram of scores.

    A rival counts at the mean score of its bin with the bin's mean squared error, and every street leaves itself out.
    """
    cell = np.minimum((np.clip(scores, 0.0, 1.0) * _BINS).astype(np.int64), _BINS - 1)
    number = np.bincount(cell, minlength=_BINS)
    places, squares = np.zeros(_BINS, dtype=np.int64), np.zeros(_BINS, dtype=np.int64)
    np.add.at(places, cell, np.floor(scores * _GRAIN + 0.5).astype(np.int64))
    np.add.at(squares, cell, np.floor(error2 * _GRAIN + 0.5).astype(np.int64))
    bins = np.flatnonzero(number)
    whole = (number[bins] * float(_GRAIN))[:, None]
    sigma = np.sqrt(error2 + squares[bins][:, None] / whole)  # (bins, n)
    rivals = np.repeat(number[bins].astype(float)[:, None], len(scores), axis=1)
    rivals[np.searchsorted(bins, cell), np.arange(len(scores))] -= 1.0
    terms = scores - places[bins][:, None] / whole
    terms /= sigma
    terms = density(terms)
    terms /= sigma
    terms *= rivals
    total = np.zeros(len(scores))
    for row in terms:  # in the order of the bins, so that the sum has the same bits anywhere
        total += row
    return total / (len(scores) - 1)
