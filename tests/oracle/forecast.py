"""Forecast: the score expected of a street, from the others in like circumstances over the year before."""

from __future__ import annotations

from typing import Any

from .month import mean_points, points

YEAR = 12
LEAST = 3  # others in a cell


def find_cells(model: Any) -> None:
    """Tell every street its cells, from coarse to fine: the city; the zone; zone, third by need and half by level."""
    requests, kinds = model.world.year_requests(2019), model.world.categories
    need, level = {}, {}
    for street in model.streets:
        hard = whole = 0.0
        for c in kinds:
            hard += requests[street.row][c.row] * c.level_above
            whole += requests[street.row][c.row]
        need[street], level[street] = street.need / street.staff_2019, hard / whole
    third, half = part(model.streets, need, 3), part(model.streets, level, 2)
    for street in model.streets:
        zone = street.district.zone
        street.cells = ["city", zone, (zone, third[street], half[street])]


def part(streets: list[Any], value: dict[Any, float], parts: int) -> dict[Any, int]:
    """Return which of so many equal parts each street is in; equal values in order of row."""
    ordered = sorted(streets, key=lambda street: (value[street], street.row))
    return {street: place * parts // len(streets) for place, street in enumerate(ordered)}


def expect_scores(model: Any) -> None:
    """Expect of every street the mean points of the others in its finest cell with enough of them."""
    values = points(model.rules)
    for street in model.streets:
        street.expected_score = None
        for level, cell in enumerate(street.cells):
            others = [other for other in model.streets if other.cells[level] == cell and other is not street]
            answers = [sum(sum(month[code] for month in other.year_back) for other in others) for code in range(8)]
            n, mean, _ = mean_points(answers, values)
            if n > 0 and len(others) >= LEAST:
                street.expected_score = mean
                model.happened["a score expected from the streets of a cell"] += level == 2
            elif level == 2 and street.expected_score is not None:
                model.happened["too few like streets to expect a score from"] += 1
    for street in model.streets:
        street.year_back.append(list(street.book.answers))
