"""Arise: today's problems come up, and residents bring them to the hotline or let them pass."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose, Tag, mix_one, poisson

from .chance import draw, fold, one_of
from .day_patrol import solved_on_patrol, streets_on_patrol
from .people import Person
from .ticket import Ticket
from .units import Office
from .world import Category


def arise(model: Any) -> None:
    """Let problems arise in key order; one who has given up may let the new problem pass."""
    filed_today, patrols = set(), streets_on_patrol(model) if model.rules.patrol.coverage > 0.0 else set()
    for key, street, category in sorted(candidates(model) + extra_problems(model), key=lambda found: found[0]):
        home = model.offices[street]
        number = model.world.draw_person(street, draw(key, Purpose.PERSON))
        person = model.people.get(number)
        home.arisen[category.dimension] += 1
        problem = open_problem(model, key, home, category, person or Person(model, number))
        if home in patrols and solved_on_patrol(model, problem):
            continue
        if person is not None and person.gave_up and draw(key, Purpose.REFUSE) < model.parameters.refusal:
            home.book.count["refused"] += 1
            model.happened["one who gave up let a problem pass"] += 1
            continue
        person = model.people.setdefault(number, problem.person)
        person.requests = min(255, person.requests + 1)
        model.happened["two problems of one person on a day"] += number in filed_today
        filed_today.add(number)
        home.book.count["problems"] += 1
        model.book_of(category).count["problems"] += 1
        model.entering.append(problem)


def candidates(model: Any) -> list[tuple[int, int, Category]]:
    """Return key, street and category of the problems that arise at the actual rate r × base rate.

    A layer is a Poisson number of candidates at the base rate; one of layer 0, 1, … arises if layer + mark < r.
    """
    world, found = model.world, []
    mean, month = world.daily_mean(model.date), model.date.month - 1
    highest = max(max(street.ratio) for street in model.streets)
    for layer in range(math.ceil(highest)):
        n = poisson(mean, draw(model.day_key(Tag.DAY, layer), Purpose.COUNT))
        prefix = model.day_key(Tag.PROBLEM, layer)
        for number in range(n):
            key = fold(prefix, number)
            category = world.categories[world.category_urns[month].draw(draw(key, Purpose.CATEGORY))]
            street = world.street_urns[category.row].draw(draw(key, Purpose.STREET))
            if layer + draw(key, Purpose.MARK) < model.streets[street].ratio[category.row]:
                found.append((key, street, category))
                model.happened["a problem of a layer above the base rate"] += layer > 0
    return found


def extra_problems(model: Any) -> list[tuple[int, int, Category]]:
    """Return key, street and category of the single problems put in on this day."""
    codes = model.city.streets["code"].tolist()
    kinds = {category.name: category for category in model.world.categories}
    found = []
    for number, problem in enumerate(model.extra_problems):
        if problem.date == model.date.isoformat():
            key = mix_one(model.seed, Tag.EXTRA, number)
            found.append((key, codes.index(problem.street), kinds[problem.category]))
            model.happened["a problem put in from outside"] += 1
    return found


def open_problem(model: Any, key: int, home: Office, category: Category, person: Person) -> Ticket:
    """Return a new problem: its level, minutes and the office that truly answers come from its own luck."""
    u = draw(key, Purpose.LEVEL)
    left = home.relief_of(category.row)
    factor = category.spread[int(draw(key, Purpose.MINUTES) * len(category.spread))]
    return Ticket(
        key=key,
        person=person,
        home=home,
        category=category,
        level=(u < category.level_above * left) + (u < category.level_city * left),
        right=right_office(model, home, category, draw(key, Purpose.RIGHT_UNIT)),
        minutes=max(1, math.floor(category.minutes * factor + 0.5)),
        first_day=model.day,
        filed=model.day,
    )


def right_office(model: Any, home: Office, category: Category, u: float) -> Office:
    """Return who truly answers: the home street, or one of the category's departments or enterprises."""
    low = category.share_street
    for share, rows in (
        (category.share_department, category.departments),
        (category.share_enterprise, category.enterprises),
    ):
        if low <= u < low + share:
            return model.departments[rows[one_of(len(rows), (u - low) / share)]]
        low += share
    return home
