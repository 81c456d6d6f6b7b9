"""Monthly themes: the worst categories get a push, at coordinating hours of streets, departments and enterprises."""

from __future__ import annotations

import math
from typing import Any

from .world import Category


class Push:
    """How far one category has been pushed."""

    def __init__(self, category: Category) -> None:
        self.category = category
        self.until = -10_000  # month in which the last push is over
        self.push = 0.0
        self.left = 1.0  # of the category's requests

    def in_force(self, model: Any) -> bool:
        """Say whether the category is a theme this month."""
        return model.month < self.until


def minutes_of_one(model: Any) -> int:
    """Return the coordinating minutes of one push in a month."""
    return math.floor(model.rules.theme.hours * 60.0 * (model.world.total / 1e6))


def plan(model: Any) -> None:
    """Divide the month's minutes: streets' part by residents, the rest equally over who answers for the category."""
    for office in model.offices:
        office.theme_minutes = 0
    if minutes_of_one(model) == 0:
        return
    for push in model.themes:
        if not push.in_force(model):
            continue
        model.book_of(push.category).count["theme"] += 1
        whole, others = minutes_of_one(model), push.category.departments + push.category.enterprises
        by_streets = math.floor(whole * model.rules.theme.street_share) if others else whole
        people = given = 0
        for street, residents in zip(model.streets, model.world.population, strict=True):
            people += residents
            upto = by_streets * people // model.world.total
            street.theme_minutes += upto - given
            given = upto
        rest = whole - by_streets
        for number, row in enumerate(others):
            model.departments[row].theme_minutes += rest * (number + 1) // len(others) - rest * number // len(others)


def coordinate(model: Any) -> None:
    """Let every office owe today's part of the month's minutes."""
    day = model.date.day
    for office in model.offices:
        minutes = office.theme_minutes
        today = minutes * day // model.days - minutes * (day - 1) // model.days
        office.owed += today
        office.book.count["theme_minutes"] += today


def month_end(model: Any) -> None:
    """Move the pushes, let old ones fade, and choose next month's themes by what the city sees."""
    p, rule, requests = model.parameters, model.rules.theme, model.world.month_requests(model.month_first)
    for push in model.themes:
        row = push.category.row
        if push.in_force(model):
            thousands = math.fsum(street[row] for street in requests) / 1000.0
            hours = minutes_of_one(model) / 60.0 / max(1e-9, thousands)
            push.push += (1.0 - push.push) * hours / (hours + p.theme_half)
        else:
            model.happened["a push fades"] += push.push > 0.0
            push.push *= 1.0 - p.theme_fade
        push.left = 1.0 - p.theme_defects * push.push
    for street in model.streets:
        street.relief["theme"] = [1.0 - p.theme_level * push.push for push in model.themes]
    found = []
    for push in model.themes:
        count = model.book_of(push.category).count
        unresolved = count["reached"] - count["said_resolved"]
        worst = unresolved * count["repeats"] / max(1, count["received"])
        worst += rule.casework_weight * count["casework_resolved"]
        recent = model.month + 1 < push.until + rule.pause
        model.happened["a category was a theme not long ago"] += recent
        if worst > 0.0 and not recent:
            found.append((-worst, push.category.row))
    for _, row in sorted(found)[: rule.kinds_a_month]:
        model.happened["a theme begins"] += 1
        model.themes[row].until = model.month + 1 + rule.months
