"""Keep books: every unit remembers its own results as exponential means; monthly scores are too noisy to learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.points import SAID_RESOLVED, mean_points, points
from sim.state import State

Floats = NDArray[np.float64]

_WEIGHT = 1.0 / 3.0


def keep_books(state: State) -> None:
    """Enter the month into the units' own books with weight 1/3; the first month is taken whole.

    A month without a call-back leaves resolution and points as they were. Of exclusion files those accepted in time
    are remembered: a ruling after the month's end did not help.
    """
    books, tally, units = state.books, state.tally, state.units
    values = points(state.rules)
    n = tally.answers.sum(axis=1)
    said = tally.answers[:, SAID_RESOLVED].sum(axis=1)
    failed = tally.answers.copy()
    failed[:, SAID_RESOLVED] = 0
    n_failed, fail_points, _ = mean_points(failed, values)
    books.resolution = _enter(books.resolution, said / np.maximum(1, n), n > 0)
    books.fail_points = _enter(books.fail_points, fail_points, n_failed > 0)
    always = np.ones(units.n, dtype=bool)
    books.reached = _enter(books.reached, n.astype(float), always)
    books.failed = _enter(books.failed, n_failed.astype(float), always)
    books.hours = _enter(books.hours, state.normal_hours() * units.effort * units.handling, always)
    books.idle = _enter(books.idle, tally.idle_share(), tally.unit["available_minutes"] > 0)
    worked = tally.unit["closed"] - tally.unit["unworked"] - tally.unit["casework_closed"]
    books.ticket_hours = _enter(
        books.ticket_hours, tally.unit["handled_minutes"] / (60.0 * np.maximum(1, worked)), worked > 0
    )
    books.files_ruled = books.files_ruled * (1.0 - _WEIGHT) + tally.unit["files_ruled"]
    in_time = tally.unit["files_accepted"] - tally.unit["files_late"]  # what came too late was of no use
    books.files_accepted = books.files_accepted * (1.0 - _WEIGHT) + in_time


def _enter(book: Floats, value: Floats, known: NDArray[np.bool_]) -> Floats:
    first = np.isnan(book)
    return np.where(known, np.where(first, value, book + _WEIGHT * (value - book)), book)
