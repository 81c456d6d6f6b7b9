"""The engine after a day, as plain values; the engine is read, nothing of it is imported."""

from __future__ import annotations

import math
from typing import Any

from .names import (
    APPLICATION,
    AT_CENTRE,
    AT_WORK,
    BY_STREET,
    CITY,
    DONE,
    DUTY_CLAIM,
    MEANS,
    SAME_NAME,
    STANDING,
    TICKET,
)


def plain(values: Any) -> Any:
    """Return an array as (nested) lists, NaN as None."""
    if hasattr(values, "tolist"):
        values = values.tolist()
    if isinstance(values, list):
        return [plain(value) for value in values]
    return None if isinstance(values, float) and math.isnan(values) else values


def engine_tickets(tickets: Any, slots: Any, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Return the columns `names` of the engine's tickets in `slots`, in that order."""
    return list(zip(*(getattr(tickets, name)[slots].tolist() for name in names), strict=True))


def engine_files(files: Any) -> list[tuple[Any, ...]]:
    """Return exclusion files under review, in their order."""
    return list(zip(*(getattr(files, name).tolist() for name in APPLICATION), strict=True))


def engine_places(state: Any) -> dict[str, Any]:
    """Return where every ticket of the engine is, and all that is known of it there."""
    tickets = state.tickets
    queue, uncontacted = ([[] for _ in range(state.units.n)] for _ in range(2))
    unit = TICKET.index("unit")
    for row in engine_tickets(tickets, state.queue, AT_WORK):
        queue[row[unit]].append(row)
    for key, row in engine_tickets(tickets, state.uncontacted, ("key", "unit")):
        uncontacted[row].append(key)
    waiting = {
        day: [row for slots in rings for row in engine_tickets(tickets, slots, DONE)]
        for day, rings in state.waiting._due.items()
    }
    centres = state.undelivered
    held = len(centres) + len(state.queue) + len(state.disputed) + len(state.casework) + len(state.closed)
    held += state.waiting.waiting
    return {
        "queue": queue,
        "uncontacted": uncontacted,
        "in joint review": engine_tickets(tickets, centres.in_review, AT_CENTRE),
        "in joint review since": centres.review_day.tolist(),
        "at districts": sorted(engine_tickets(tickets, centres.at_districts, (*AT_CENTRE, "unit"))),
        "disputed": engine_tickets(tickets, state.disputed, TICKET),
        "disputed since": state.disputed_day.tolist(),
        "duty reviews": [
            tuple(row) for row in zip(*(getattr(state.duty_reviews, name).tolist() for name in DUTY_CLAIM), strict=True)
        ],
        "directory": state.directory.listed.tolist(),
        "social workers' minutes": state.directory.minutes,
        "social workers' fractions": plain(state.directory.fraction),
        "turned": state.residents.turned.tolist(),
        "care weights": plain(state.stakes.weights),
        "cases": engine_cases(state),
        "caseworkers' minutes": plain(state.casework.minutes),
        "caseworkers' minutes of the month": plain(state.casework.earned),
        "given to caseworkers this month": plain(state.casework.taken),
        "fractions taken for casework": plain(state.casework.taken_fraction),
        "caseworkers' fractions": plain(state.casework.fraction),
        "level left": plain(state.casework.level_left),
        "closed today": sorted(engine_tickets(tickets, state.closed, DONE)),
        "waiting": {day: sorted(rows) for day, rows in waiting.items()},
        "slots not in any place": tickets.in_use - held,
        "files at districts": engine_files(state.reviews.district),
        "files at the city": engine_files(state.reviews.city),
        "reviewers": [plain(state.reviews.at_districts.minutes), plain(state.reviews.at_city.minutes)],
    }


def engine_cases(state: Any) -> list[list[Any]]:
    """Return every office's cases, first in first out, with the days on which they were taken in."""
    cases = state.casework
    out: list[list[Any]] = [[] for _ in cases.minutes]
    rows = engine_tickets(state.tickets, cases.slots, TICKET)
    for office, row, day in zip(cases.office.tolist(), rows, cases.day.tolist(), strict=True):
        out[office].append((row, day))
    return out


def engine_day(model: Any, tally: Any) -> dict[str, Any]:
    """Return all that the engine knows after a day; `tally` is the month's tally as it was held before the day."""
    state, people = model.state, model.state.residents
    units, books, standing = state.units, state.books, state.standing
    order, log = people.order, model.record.log._rows[-1]
    memory = (people.requests, people.trust_raw, people.grievance_raw, people.faded, people.gave_up)
    said = (
        *(log[name] for name in ("key", "attempt", "answers", "follows")),
        state.today.satisfied,
        state.today.grievance,
    )
    out = {name: plain(getattr(units, name)) for name in SAME_NAME}
    out |= {name: plain(getattr(standing, name)) for name in (*STANDING, *BY_STREET)}
    out |= {f"own books: {name}": plain(getattr(books, name)) for name in (*MEANS, "files_ruled", "files_accepted")}
    out |= {f"list {name}": plain(on) for name, on in standing.lists.items()}
    out |= {name: getattr(state, name) for name in CITY}
    out |= {f"count {name}": plain(column) for name, column in tally.unit.items()}
    out |= {f"category {name}": plain(column) for name, column in tally.category.items()}
    out |= {name: plain(getattr(tally, name)) for name in ("answers", "handed", "undeserved", "excluded", "worked")}
    out |= {f"cohort {name}": plain(getattr(state.cohorts, name)) for name in ("repeats", "resolved", "late")}
    return out | {
        "date": model.date.isoformat(),
        "rules": state.rules,
        "assessed": standing.assessed,
        "people": list(zip(order.tolist(), *(column[order].tolist() for column in memory), strict=True)),
        "call-backs": sorted(zip(*(column.tolist() for column in said), strict=True)),
        "compared": plain(standing.compared),
        "rank": plain(standing.rank),
        "districts": [plain(standing.district_score), plain(standing.district_rank)],
        "accuracy": plain(state.accuracy),
        "minutes of other reviewers": [
            plain(desk.minutes) for desk in (state.undelivered.reviewers, state.dispute_reviewers, state.duty_reviewers)
        ],
        "accuracy of districts": plain(state.district_accuracy),
        "defects": plain(state.defects),
        "ratio": plain(state.ratio),
        "services": plain(state.services.level.T),
        "service budgets": plain(state.services.budget),
        "problems by service": plain(state.services.problems),
        "moved": plain(state.allocation.moved),
        "bought": plain(state.allocation.bought),
        "theme minutes": plain(state.themes.minutes),
        "pushes": [plain(getattr(state.themes, name)) for name in ("until", "push", "left")],
        "relief": plain(state.relief.factor),
        "work factor": plain(state.work_factor),
        "arriving": plain(units.arriving_sum),
        "days to close": plain(tally.days_to_close),
        "attempts": plain(tally.attempts),
        "on repeats": {use: minutes for use, minutes in tally.on_repeats.items() if minutes},
        **{f"pressure: {name}": plain(value) for name, value in vars(state.pressure).items()},
        **engine_places(state),
    }
