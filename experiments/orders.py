"""Orders: reforms of an arm that do not commute, or are never in force, found before any run and said."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.arms import months_of
from experiments.build import plain
from experiments.settings import Settings
from sim.declare import declarations
from sim.reforms import Reform
from sim.rules import Rules

_ALL_ORDERS = 5  # reforms in force at once of which every order is tried; of more, every exchange of two


@dataclass(frozen=True)
class Clash:
    """Reforms of an arm whose order matters: the first month in which it does, and the rules that depend on it."""

    arm: str
    month: str  # "2019-01"
    reforms: tuple[str, ...]  # labels: two if these two alone clash, else all in force
    rules: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join(self.rules)
        return f"arm {self.arm}: the order of {' and '.join(self.reforms)} matters from {self.month} on, for {names}"


def clashes(settings: Settings) -> list[Clash]:
    """Return, for every arm, the sets of reforms whose order changes the rules in some month; each set once."""
    found = []
    for arm in settings.arms:
        seen, tried = set(), set()
        for month, labels in in_force(settings, arm):
            if labels in tried:  # as in an earlier month
                continue
            tried.add(labels)
            for pair in itertools.combinations(labels, 2):
                if pair not in seen and (rules := _depends(settings, pair)):
                    seen.add(pair)
                    found.append(Clash(arm, month[:7], pair, rules))
            together = order_matters(settings, labels)
            if together and labels not in seen and not any(set(one) <= set(labels) for one in seen):
                seen.add(labels)
                found.append(Clash(arm, month[:7], labels, together))
    return found


def in_force(settings: Settings, arm: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each month of the run (ISO date) with the labels of the arm's reforms in force, in the arm's order."""
    for month in months_of(settings.start, settings.months):
        yield month, tuple(label for label in settings.arms[arm] if settings.reforms[label].in_force(month))


def never_in_force(settings: Settings) -> list[str]:
    """Return a line for each reform of an arm that is in force in no month of the run: the arm is run without it."""
    months = months_of(settings.start, settings.months)
    lines = []
    for label in dict.fromkeys(label for labels in settings.arms.values() for label in labels):
        reform = settings.reforms[label]
        if not any(reform.in_force(month) for month in months):
            said = f"starts on {reform.start}" if reform.start > months[-1] else f"ends on {reform.end}"
            lines.append(
                f"reform {label} is never in force: it {said}, the run is from {months[0]} to {months[-1][:7]}"
            )
    return lines


def order_matters(settings: Settings, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the rules ("tournament.strength") that depend on the order of reforms that are in force."""
    return _depends(settings, tuple(labels))


def _depends(settings: Settings, labels: tuple[str, ...]) -> tuple[str, ...]:
    if len(labels) < 2:
        return ()
    reforms = [settings.reforms[label] for label in labels]
    outcomes = [_flat(_amended(settings.rules, order)) for order in _orders(reforms)]
    return tuple(name for name in outcomes[0] if any(one[name] != outcomes[0][name] for one in outcomes))


def _orders(reforms: list[Reform]) -> Iterable[Sequence[Reform]]:
    if len(reforms) <= _ALL_ORDERS:
        return itertools.permutations(reforms)
    return itertools.chain([reforms], _exchanges(reforms))


def _exchanges(reforms: list[Reform]) -> Iterator[Sequence[Reform]]:
    for i, j in itertools.combinations(range(len(reforms)), 2):
        order = list(reforms)
        order[i], order[j] = order[j], order[i]
        yield order


def _amended(rules: Rules, reforms: Iterable[Reform]) -> Rules:
    for reform in reforms:
        rules = reform.amend(rules)
    return rules


def _flat(rules: Rules) -> dict[str, Any]:
    nested = plain(rules)
    return {name: nested[name.split(".")[0]][name.split(".")[1]] for name in declarations(Rules)}
