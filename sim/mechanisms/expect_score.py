"""Expect score: what a street in like circumstances scores, from other streets' answers over the year before."""

from __future__ import annotations

import numpy as np

from sim.books import YEAR
from sim.cells import sums
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
    unknown = np.arange(len(expected))
    for cell in reversed(forecast.cells):
        size, at = np.bincount(cell), cell[unknown]
        others = sums(forecast.total, cell, len(size))[at] - forecast.total[unknown]
        n, mean, _ = mean_points(others, values)
        found = (n > 0) & (size[at] > LEAST)
        expected[unknown[found]] = mean[found]
        unknown = unknown[~found]
        if len(unknown) == 0:
            break
    state.standing.expected_score = expected
    month = state.tally.answers[: state.units.n_streets]
    forecast.total = forecast.total + month
    forecast.months.append(month.astype(np.int32))
    if len(forecast.months) > YEAR:
        forecast.total = forecast.total - forecast.months.pop(0)
