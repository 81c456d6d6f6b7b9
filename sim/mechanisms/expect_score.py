"""Expect score: what a street in like circumstances scores, from other streets' answers over the year before."""

from __future__ import annotations

import numpy as np

from sim.books import YEAR
from sim.points import mean_points, points
from sim.state import State

LEAST = 3  # other streets that a cell must have to be believed


def expect_scores(state: State) -> None:
    """Set each street's expected score: the mean points of the others in its cell over the twelve months before.

    A cell is a zone, a third by need per officer and a half by the share of hard requests (`Forecast`). Own answers
    are left out and so is the month that is being scored, so that no street can lower what is expected of it; with
    fewer than three others the whole zone counts, then the whole city. It is used with `tournament.handicap` only.
    """
    forecast, values = state.forecast, points(state.rules)
    expected = np.full(len(forecast.total), np.nan)
    for cell in forecast.cells:
        size = np.bincount(cell)
        answers = np.zeros((len(size), forecast.total.shape[1]), dtype=np.int64)
        np.add.at(answers, cell, forecast.total)
        n, mean, _ = mean_points(answers[cell] - forecast.total, values)
        expected = np.where((n > 0) & (size[cell] > LEAST), mean, expected)
    state.standing.expected_score = expected
    month = state.tally.answers[: state.units.n_streets]
    forecast.total = forecast.total + month
    forecast.months.append(month.astype(np.int32))
    if len(forecast.months) > YEAR:
        forecast.total = forecast.total - forecast.months.pop(0)
