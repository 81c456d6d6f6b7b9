"""Key complainants: a directory of those who come back unsatisfied, and social workers who visit them."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from sim.luck import Purpose

from .chance import draw
from .people import Person


def note_call_backs(model: Any) -> None:
    """Note who was reached today, and whether satisfied, of those who have come back."""
    for found in model.calls:
        if found.reached and (found.attempt > 1 or found.ticket.person.requests > 1):
            model.called_again.append((found.ticket.person, not found.satisfied))


def keep_directory(model: Any) -> None:
    """Draw up the month's directory, then let social workers visit those who are listed."""
    rules = model.rules.key_complainants
    this_month, model.called_again = model.called_again, []
    model.called_before.append(this_month)
    for person in model.directory:
        person.listed = False
    if rules.hours <= 0.0:
        model.directory, model.visiting_minutes = [], 0
        return
    requests: defaultdict[Person, list[bool]] = defaultdict(list)
    for month in model.called_before:
        for person, unsatisfied in month:
            requests[person].append(unsatisfied)

    def fulfils(person: Person) -> bool:
        return len(requests[person]) >= rules.requests and 2 * sum(requests[person]) >= len(requests[person])

    stay = [person for person in model.directory if fulfils(person)]
    model.happened["a key complainant leaves the directory"] += len(stay) < len(model.directory)
    new = {person for person, unsatisfied in this_month if unsatisfied and person not in model.directory}
    join = sorted(filter(fulfils, new), key=lambda person: person.key)
    room = max(0, int(rules.most * (model.world.total / 1e6)) - len(stay))
    model.happened["no room in the directory"] += len(join) > room
    model.directory = stay + join[:room]
    for person in model.directory:
        person.listed = True
        home_of(model, person).book.count["key_listed"] += 1
    for street, people in zip(model.streets, model.world.population, strict=True):
        exact = rules.hours * 60.0 * (people / 1e6) + street.visiting_fraction
        minutes = math.floor(exact)
        street.visiting_fraction = exact - minutes
        street.book.count["key_paid_minutes"] += minutes
        model.visiting_minutes += minutes
    visit(model)


def home_of(model: Any, person: Person) -> Any:
    """Return the street in which the person lives."""
    first = model.world.first_person
    return model.streets[max(row for row, number in enumerate(first) if number <= person.number)]


def visit(model: Any) -> None:
    """Visit the listed in their turn while the minutes last, each at most so often."""
    p, visits = model.parameters, dict.fromkeys(model.directory, 0)
    while model.directory and visits[model.directory[0]] < model.rules.key_complainants.visits:
        if model.visiting_minutes < p.visit_minutes:
            break
        model.visiting_minutes -= p.visit_minutes
        person = model.directory.pop(0)
        model.directory.append(person)
        person.set_grievance((1.0 - p.visit_eases) * person.grievance)
        turns = draw(person.key, Purpose.TURN, model.month * 32 + visits[person]) < p.visit_turns
        if person.strategic and turns:
            model.happened["a strategic complainant turns cooperative"] += 1
            person.strategic, person.turned = False, True
            home_of(model, person).book.count["key_turned"] += 1
        visits[person] += 1
        home_of(model, person).book.count["key_visits"] += 1
    else:
        model.visiting_minutes = 0
    for person, number in visits.items():
        model.happened["a key complainant visited twice in a month"] += number > 1
        model.happened["a key complainant waits for a visit"] += number == 0
        home_of(model, person).book.count["key_waiting"] += number == 0
