"""What a reform is: a small frozen object with a start, an end and one method that amends the rules."""

from __future__ import annotations

import abc
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sim.declare import DeclarationError, check
from sim.rules import Rules


@dataclass(frozen=True)
class Reform(abc.ABC):
    """Amend the rules from `start` (inclusive) to `end` (exclusive); both are the first of a month, "2021-06-01".

    An empty start means from the first month of the run, an empty end means until its last. Subclasses declare
    their own fields, name in `costs` the outcomes in which their cost appears, and override `amend`, which must return
    new rules and may touch nothing else.
    """

    costs: ClassVar[tuple[str, ...]] = ()

    start: str = ""
    end: str = ""

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            text = getattr(self, name)
            if text and not _first_of_month(text):
                raise DeclarationError(f"{name}: {text!r} must be the first of a month, like 2021-06-01, or empty")
        if self.start and self.end and self.end <= self.start:
            raise DeclarationError(f"end: {self.end} must come after start: {self.start}")
        check(self)

    @abc.abstractmethod
    def amend(self, rules: Rules) -> Rules:
        """Return the rules as they are while this reform is in force."""

    @classmethod
    def neutral(cls) -> Reform | None:
        """Return the reform with values at which it changes nothing; all of the project's have such."""
        return None

    def in_force(self, month: str) -> bool:
        """Say whether the reform is in force in the month that begins on the ISO date `month`."""
        return (not self.start or self.start <= month) and (not self.end or month < self.end)


def _first_of_month(text: str) -> bool:
    try:
        day = datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return day.day == 1 and day.isoformat() == text  # months are compared as text: other ways to write one would not do


def rules_in_force(rules: Rules, reforms: Sequence[Reform], month: str) -> Rules:
    """Return the rules of one month: the standing rules, amended by each reform in force, in the order given.

    Raises DeclarationError for a reform that gives something else than rules.
    """
    for reform in reforms:
        if reform.in_force(month):
            rules = reform.amend(rules)
            if not isinstance(rules, Rules):
                raise DeclarationError(f"{type(reform).__name__}.amend: must return Rules, not {rules!r}")
    return rules
