"""Ticket and application: what moves between residents, offices and reviewers."""

from __future__ import annotations

from dataclasses import dataclass

from .people import Person
from .units import Office
from .world import Category

SERIALS = 8  # dispatches of one attempt that have luck of their own


@dataclass(slots=True, eq=False)
class Ticket:
    """A problem and its present ticket: filed again, the problem keeps its minutes, level and truth."""

    key: int
    person: Person
    home: Office
    category: Category
    level: int  # authority needed: 0 street, 1 district, 2 city
    right: Office  # who truly answers
    minutes: int
    first_day: int
    filed: int
    attempt: int = 1
    transfers: int = 0  # disputes won in this attempt
    unit: Office | None = None  # who holds the ticket
    right_came: bool = False  # when the unit whistled
    above_came: bool = False
    work: int = 0  # minutes at the unit's skill and standard care
    due: int = 0
    contact: int | None = None  # day of first contact
    closed: int | None = None
    quality: int = 0  # care seen, in 2^-16
    resolved: bool = False  # by this attempt
    ever_resolved: bool = False
    copies: int = 0  # duplicates that were not recognised
    stake: int = 0  # class of what the unit has at stake
    casework: int = 0  # 1 a case on request, 2 by escalation
    refiles: int = -1  # day on which the resident files once more
    in_vain: int = 0  # last attempt in which a dispute was lost

    @property
    def number(self) -> int:
        """Return the tickets that this one stands for."""
        return 1 + self.copies

    @property
    def whistle(self) -> int:
        """Return who came when the unit whistled: 1 the right unit, 2 one above the streets."""
        return self.right_came + 2 * self.above_came

    @property
    def serial(self) -> int:
        """Return the number of the present dispatch, the attempt of its draws."""
        return self.attempt * SERIALS + self.transfers

    @property
    def misplaced(self) -> bool:
        """Say whether the ticket is at a unit that does not answer for it."""
        return self.unit is not self.right

    @property
    def above(self) -> bool:
        """Say whether the problem needs more authority than the unit that holds it has: only streets lack any."""
        return self.level > 0 and self.unit.is_street


@dataclass(slots=True, eq=False)
class Call:
    """A call-back: the ticket and its attempt, who was reached, the three answers (1 + 2 + 4) and the morning mood."""

    ticket: Ticket
    attempt: int
    reached: bool
    answers: int
    satisfied: bool
    grievance: float
    trust: float
    own: bool  # counts for the unit, not for its district
    claimed: bool = False  # under review by the duty list
    follows: int = 0  # the problem rests; else what it does next


@dataclass(slots=True, eq=False)
class Application:
    """An application for exclusion; it outlives the ticket."""

    day: int
    since: int  # day on which it came to its present reviewers
    month: int
    key: int
    attempt: int
    unit: Office
    category: Category
    answers: int
    number: int  # of tickets
    truly: bool  # strategic, or not the unit's
    undeserved: bool
