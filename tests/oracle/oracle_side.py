"""The oracle after a day, as plain values: rows and numbers for objects, -1 for no day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from .model import Oracle
from .names import APPLICATION, AT_CENTRE, AT_WORK, BY_STREET, CITY, DONE, LISTS, MEANS, SAME_NAME, STANDING, TICKET
from .pressure import told
from .ticket import Application, Ticket
from .units import Book


def oracle_ticket(ticket: Ticket, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the same of an oracle's ticket: rows and numbers for objects, -1 for no day."""
    t = ticket
    said = {
        "person": t.person.number,
        "home": t.home.row,
        "category": t.category.row,
        "right": t.right.row,
        "unit": -1 if t.unit is None else t.unit.row,
        "contact": -1 if t.contact is None else t.contact,
        "closed": -1 if t.closed is None else t.closed,
        "strategic": t.person.strategic,
    }
    return tuple(said[name] if name in said else getattr(t, name) for name in names)


def oracle_file(file: Application) -> tuple[Any, ...]:
    """Return the same of an oracle's exclusion file."""
    return tuple(
        getattr(file, name).row if name in ("unit", "category") else getattr(file, name) for name in APPLICATION
    )


def oracle_places(oracle: Oracle) -> dict[str, Any]:
    """Return the same of the oracle."""
    queues = [office.queue for office in oracle.offices]
    return {
        "queue": [[oracle_ticket(t, AT_WORK) for t in sorted(queue, key=lambda t: t.due)] for queue in queues],
        "uncontacted": [[t.key for t in queue if t.contact is None] for queue in queues],
        "in joint review": [oracle_ticket(t, AT_CENTRE) for t, _ in oracle.in_review],
        "in joint review since": [since for _, since in oracle.in_review],
        "at districts": sorted(oracle_ticket(t, (*AT_CENTRE, "unit")) for t in oracle.at_districts),
        "disputed": [oracle_ticket(t, TICKET) for t, _ in oracle.disputed],
        "disputed since": [since for _, since in oracle.disputed],
        "duty reviews": [
            (f.day, f.month, f.key, f.attempt, f.unit.row, f.category.row, f.answers, f.number, f.truly, f.undeserved)
            for f in oracle.duty_reviews
        ],
        "directory": [person.number for person in oracle.directory],
        "social workers' minutes": oracle.visiting_minutes,
        "social workers' fractions": [street.visiting_fraction for street in oracle.streets],
        "turned": sorted(person.number for person in oracle.people.values() if person.turned),
        "care weights": [office.care_weights for office in oracle.offices],
        "cases": [[(oracle_ticket(t, TICKET), t.filed) for t in desk.cases] for desk in oracle.desks],
        "caseworkers' minutes": [desk.minutes for desk in oracle.desks],
        "caseworkers' minutes of the month": [desk.earned for desk in oracle.desks],
        "given to caseworkers this month": [street.casework_given for street in oracle.streets],
        "fractions taken for casework": [street.casework_taken for street in oracle.streets],
        "caseworkers' fractions": [[street.casework_fraction[row] for street in oracle.streets] for row in (0, 1)],
        "level left": oracle.level_left,
        "closed today": sorted(oracle_ticket(t, DONE) for t in oracle.closed),
        "waiting": {day: sorted(oracle_ticket(t, DONE) for t in found) for day, found in oracle.waiting.items()},
        "slots not in any place": 0,
        "files at districts": sorted(
            (oracle_file(file) for district in oracle.districts for file in district.files),
            key=lambda row: (row[APPLICATION.index("since")], row[APPLICATION.index("key")]),
        ),
        "files at the city": [oracle_file(file) for file in oracle.applications],
        "reviewers": [[district.review_minutes for district in oracle.districts], oracle.exclusion_minutes],
    }


@dataclass
class MonthBooks:
    """The month's books; held before a day, they can still be read when its end has opened new ones."""

    offices: list[Book]
    categories: list[Book]
    days_to_close: Counter[int]
    closed_by_attempt: Counter[int]
    minutes_by_attempt: Counter[int]
    on_repeats: Counter[str]

    @classmethod
    def of(cls, oracle: Oracle) -> MonthBooks:
        """Return the books that are open now."""
        return cls(
            [office.book for office in oracle.offices],
            oracle.category_books,
            oracle.days_to_close,
            oracle.closed_by_attempt,
            oracle.minutes_by_attempt,
            oracle.on_repeats,
        )


def oracle_day(oracle: Oracle, month: MonthBooks) -> dict[str, Any]:
    """Return all that the oracle knows after a day; `month` are the books as they were held before the day."""
    offices, streets, books, kinds = oracle.offices, oracle.streets, month.offices, month.categories
    out = {name: [getattr(office, name) for office in offices] for name in (*SAME_NAME, *STANDING)}
    out |= {name: [getattr(street, name) for street in streets] for name in BY_STREET}
    out |= {f"own books: {name}": [office.means[name] for office in offices] for name in MEANS}
    out |= {f"own books: {name}": [getattr(o, name) for o in offices] for name in ("files_ruled", "files_accepted")}
    out |= {f"list {name}": [name in street.lists for street in streets] for name in LISTS}
    out |= {name: getattr(oracle, name) for name in CITY}
    out |= {f"count {name}": [book.count[name] for book in books] for name in set().union(*(b.count for b in books))}
    out |= {f"category {name}": [book.count[name] for book in kinds] for name in set().union(*(b.count for b in kinds))}
    out |= {name: [getattr(book, name) for book in books] for name in ("answers", "handed", "undeserved", "excluded")}
    out |= {
        f"cohort {name}": [[row[street.row] for street in streets] for row in rows]
        for name, rows in oracle.cohorts.items()
    }
    return out | {
        "worked": [[book.worked[c.row] for c in oracle.world.categories] for book in books],
        "date": oracle.date.isoformat(),
        "rules": oracle.rules,
        "assessed": oracle.assessed,
        "people": [
            (p.number, p.requests, p.trust_units, p.grievance_units, p.grievance_month, p.gave_up)
            for p in oracle.people.values()
        ],
        "call-backs": sorted(
            (c.ticket.key, c.attempt, c.answers if c.reached else -1, c.follows, c.satisfied, c.grievance)
            for c in oracle.calls
        ),
        "compared": [office.compared for office in offices],
        "rank": [office.rank for office in offices],
        "districts": [[d.score for d in oracle.districts], [d.rank for d in oracle.districts]],
        "accuracy": oracle.accuracy,
        "minutes of other reviewers": [oracle.review_minutes, oracle.dispute_minutes, oracle.duty_minutes],
        "accuracy of districts": [district.accuracy for district in oracle.districts],
        "defects": [street.defects for street in streets],
        "ratio": [street.ratio for street in streets],
        "services": [list(street.services.values()) for street in streets],
        "service budgets": [street.service_budget for street in streets],
        "problems by service": [[street.arisen[name] for name in street.services] for street in streets],
        "moved": [street.moved for street in streets],
        "bought": [street.bought for street in streets],
        "theme minutes": [office.theme_minutes for office in offices],
        "pushes": [[getattr(push, name) for push in oracle.themes] for name in ("until", "push", "left")],
        "relief": [[street.relief_of(c.row) for c in oracle.world.categories] for street in streets],
        "work factor": [office.work_factor for office in offices],
        "arriving": [sum(office.arriving) for office in offices],
        "on repeats": dict(+month.on_repeats),
        "days to close": [month.days_to_close[cell] for cell in range(64)],
        "attempts": [
            [counts[number] for number in range(1, 11)]
            for counts in (month.closed_by_attempt, month.minutes_by_attempt)
        ],
        **told(oracle),
        **oracle_places(oracle),
    }
