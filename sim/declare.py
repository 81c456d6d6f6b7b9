"""How a number is declared: once, with default, unit, range, source and both labels.

Every field of `Rules` and `Parameters` is made by `number`, `switch` or `choice`. What is said here feeds the
validation, the tables of the documentation, the samplers of sweeps and the axis labels of figures.
"""

from __future__ import annotations

import dataclasses
import enum
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_KEY = "declaration"


class DeclarationError(ValueError):
    """A value has the wrong type or lies outside its declared range."""


@dataclass(frozen=True)
class Declaration:
    """What is known of one declared number; `low` and `high` are inclusive, None for switches and choices."""

    name: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    source: str
    en: str
    zh: str
    kind: type

    @property
    def range_text(self) -> str:
        """Return the valid values in words: "0 to 10 (-)", "true or false", "city, district or zone"."""
        if self.low is not None:
            return f"{self.low:g} to {self.high:g} ({self.unit})"
        if issubclass(self.kind, enum.Enum):
            names = [str(member.value) for member in self.kind]
            return ", ".join(names[:-1]) + " or " + names[-1]
        return "true or false"


def number(default: Any, unit: str, low: float, high: float, en: str, zh: str, source: str = "assumption") -> Any:
    """Declare a number; an int default makes it a whole number."""
    return _field(default, unit, low, high, en, zh, source)


def switch(default: bool, en: str, zh: str, source: str = "assumption") -> Any:
    """Declare something that is on or off."""
    return _field(default, "-", None, None, en, zh, source)


def choice(default: enum.Enum, en: str, zh: str, source: str = "assumption") -> Any:
    """Declare a choice among the members of an Enum with string values."""
    return _field(default, "-", None, None, en, zh, source)


def _field(default: Any, unit: str, low: float | None, high: float | None, en: str, zh: str, source: str) -> Any:
    said = {"unit": unit, "low": low, "high": high, "en": en, "zh": zh, "source": source}
    return dataclasses.field(default=default, metadata={_KEY: said})


def declarations(owner: Any) -> dict[str, Declaration]:
    """Return the declared fields of a dataclass (or of an instance), nested ones by dotted name, in order."""
    return dict(_walk(owner if isinstance(owner, type) else type(owner), ""))


def _walk(cls: type, prefix: str) -> Iterator[tuple[str, Declaration]]:
    for field in dataclasses.fields(cls):
        said = field.metadata.get(_KEY)
        name = prefix + field.name
        if said is not None:
            yield name, Declaration(name=name, default=field.default, kind=type(field.default), **said)
        elif field.default_factory is not dataclasses.MISSING:
            part = field.default_factory
            if isinstance(part, type) and dataclasses.is_dataclass(part):
                yield from _walk(part, name + ".")


def check(instance: Any) -> None:
    """Check every declared field of a dataclass instance against its type and range; call it in __post_init__.

    Raises DeclarationError naming the field, its value, the range and the unit.
    """
    for field in dataclasses.fields(instance):
        said = field.metadata.get(_KEY)
        if said is None:
            continue
        value = getattr(instance, field.name)
        declared = Declaration(name=field.name, default=field.default, kind=type(field.default), **said)
        _check_type(declared, value)
        if declared.low is None or declared.high is None:
            continue
        if not (math.isfinite(value) and declared.low <= value <= declared.high):
            raise DeclarationError(f"{field.name}: {value!r} is outside {declared.range_text}")
        if declared.kind is float and not isinstance(value, float):
            object.__setattr__(instance, field.name, float(value))


def check_falling(instance: Any, *names: str) -> None:
    """Check that fields do not rise in the order given, as cut-offs from the highest to the lowest.

    Raises DeclarationError naming the field, its value, what it must not exceed, and the order.
    """
    for above, name in itertools.pairwise(names):
        high, low = getattr(instance, above), getattr(instance, name)
        if low > high:
            raise DeclarationError(f"{name}: {low} must be at most {above}: {high} ({' ≤ '.join(reversed(names))})")


def check_whole(instance: Any, *names: str) -> None:
    """Check that shares of one whole add to 1.

    Raises DeclarationError naming the fields and what they add to.
    """
    total = math.fsum(getattr(instance, name) for name in names)
    if abs(total - 1.0) > 1e-9:
        raise DeclarationError(f"{' + '.join(names)}: {total:g} must be 1")


def _check_type(declared: Declaration, value: Any) -> None:
    kind = declared.kind
    fits = isinstance(value, kind)
    if kind in (int, float):
        fits = isinstance(value, (int,) if kind is int else (int, float)) and not isinstance(value, bool)
    if not fits:
        words = {int: "a whole number", float: "a number", bool: "true or false"}.get(kind, declared.range_text)
        raise DeclarationError(f"{declared.name}: {value!r} must be {words}")
