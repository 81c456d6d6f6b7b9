"""Pressure: targets from city to street, districts that lean on their streets, and what the lists bring."""

from __future__ import annotations

import math
from typing import Any

from .month import mean_points, points
from .units import District, Office

MOST = 0.99  # of a target


def draw_consequences(model: Any) -> None:
    """Praise the advanced and the improving for some months; give the governance list's streets a project each."""
    rules = model.rules.lists
    for street in model.streets:
        street.praised = max(0, street.praised - 1)
        street.project_left = max(0, street.project_left - 1)
        if not model.assessed:
            continue
        if street.lists & {"advanced", "improving"}:
            street.praised = rules.praise_months
        if "governance" in street.lists:
            model.happened["on the governance list with a project under way"] += street.project_left > 0
            if street.project_left == 0:
                worked = [street.book.worked[c.row] for c in model.world.categories]
                street.project_left, street.project_category = rules.project_months, worked.index(max(worked))


def lean(model: Any) -> None:
    """Let every district decide how hard it leans on its streets, by its own rank, and whether it holds a meeting."""
    n = len(model.districts)
    for district in model.districts:
        place = 0.5 if district.rank is None or n == 1 else (district.rank - 1.0) / (n - 1)
        district.lean = 1.0 + model.parameters.lean * (2.0 * place - 1.0)
        district.raise_by = model.rules.targets.raise_by
        district.meets = district.rank is not None and district.rank > n * (1.0 - model.rules.targets.meeting_share)


def set_targets(model: Any) -> None:
    """Set targets at the end of the run's first month and of every year: city, district, street."""
    for street in model.streets:
        street.held_to = street.target
        street.year_answers = [a + b for a, b in zip(street.year_answers, street.book.answers, strict=True)]
    new_year = model.month_first.month == 12
    if not new_year and model.city_target is not None:
        return
    if any(any(street.year_answers) for street in model.streets):
        hand_down(model)
    if new_year:
        for street in model.streets:
            street.year_answers = [0] * 8


def hand_down(model: Any) -> None:
    """Hand the targets down, raised on the way, and mixed with every street's own result."""
    rules, values = model.rules.targets, points(model.rules)
    _, result, _ = mean_points([sum(s.year_answers[code] for s in model.streets) for code in range(8)], values)
    model.city_target = min(MOST, result + rules.ambition * (1.0 - result))
    for district in model.districts:
        district.target = min(MOST, model.city_target + district.raise_by * (1.0 - model.city_target))
    for street in model.streets:
        n, own, _ = mean_points(street.year_answers, values)
        handed = street.district.target
        model.happened["a target without a result of one's own"] += n == 0
        mixed = (1.0 - rules.ratchet) * handed + rules.ratchet * (own if n > 0 else handed)
        street.target = street.assigned = min(MOST, mixed)
        if n > 0:
            claim = max(0.0, own - model.parameters.sandbag * (1.0 - rules.audit))
            street.target = (1.0 - rules.claims) * street.assigned + rules.claims * claim
            model.happened["a street is heard on its target"] += rules.claims > 0.0
        model.happened["a target of the year before replaced"] += street.held_to is not None


def run_projects(model: Any) -> None:
    """Second staff to the streets with a project, and bring hard problems of one category down to their level."""
    rules = model.rules.lists
    for street in model.streets:
        street.relief["governance list"] = [1.0] * len(model.world.categories)
        if street.project_left > 0:
            seconded = street.staff * rules.project_staff
            street.staff += seconded
            minutes = seconded * (model.parameters.working_minutes * model.days)
            street.book.count["project_minutes"] += math.floor(minutes)
            street.relief["governance list"][street.project_category] = 1.0 - rules.project_relief


def hold_talks(model: Any) -> None:
    """Call the streets of the rectification list in."""
    for street in model.streets:
        if model.assessed and "rectification" in street.lists:
            cost = math.floor(street.staff * model.rules.lists.talk_minutes)
            street.owed += cost
            street.book.count["talk_minutes"] += cost


def hold_meetings(model: Any) -> None:
    """Hold the review meetings of the districts that decided so, at a cost to each of their streets."""
    for street in model.streets:
        if model.assessed and street.district.meets:
            cost = math.floor(street.staff * model.rules.targets.meeting_minutes)
            street.owed += cost
            street.book.count["meeting_minutes"] += cost
            model.happened["a review meeting of a district"] += 1


def told(oracle: Any) -> dict[str, Any]:
    """Return all of this as plain values, to compare."""
    streets: list[Office] = oracle.streets
    districts: list[District] = oracle.districts
    by_street = ("assigned", "target", "held_to", "year_answers", "praised", "project_left", "project_category")
    by_district = {"district_target": "target", "lean": "lean", "raise_by": "raise_by", "meets": "meets"}
    out: dict[str, Any] = {name: [getattr(street, name) for street in streets] for name in by_street}
    out |= {name: [getattr(district, own) for district in districts] for name, own in by_district.items()}
    return {f"pressure: {name}": value for name, value in (out | {"city_target": oracle.city_target}).items()}
