"""Factors: declared numbers that a design varies, each with a range, and settings in which they have other values."""

from __future__ import annotations

import dataclasses
import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from experiments.build import build, plain
from experiments.errors import BadInput, nearest
from experiments.settings import Settings
from sim.declare import Declaration, DeclarationError, declarations
from sim.parameters import Parameters
from sim.rules import Rules

_DIGITS = 9  # of a value, so that a table of points holds exactly what is run


@dataclass(frozen=True)
class Factor:
    """A number, switch or choice that a design varies from `low` to `high` (0 to 1 for switches and choices)."""

    name: str  # as on the command line: parameters.demand, rules.tournament.strength, reforms.<label>.<field>
    said: Declaration
    low: float
    high: float

    def at(self, u: float) -> Any:
        """Return the value at the place `u` in [0, 1] of the range; whole numbers and choices get equal shares."""
        kind = self.said.kind
        if kind is bool:
            return u >= 0.5
        if issubclass(kind, enum.Enum):
            members = list(kind)
            return members[min(int(u * len(members)), len(members) - 1)]
        if kind is int:
            low, high = math.ceil(self.low), math.floor(self.high)
            return min(low + int(u * (high - low + 1)), high)
        return float(f"{self.low + u * (self.high - self.low):.{_DIGITS}g}")

    def read(self, text: str, where: str) -> Any:
        """Return the value that a cell of a table of points says. Raises BadInput."""
        kind, text = self.said.kind, text.strip()
        try:
            if kind is bool:
                return {"true": True, "false": False, "1": True, "0": False}[text.lower()]
            value = kind(text.lower()) if issubclass(kind, enum.Enum) else kind(text)
        except (KeyError, ValueError):
            raise BadInput(f"{where}: '{text}' must be {self.said.range_text}") from None
        if self.said.low is not None and self.said.high is not None and not self.said.low <= value <= self.said.high:
            raise BadInput(f"{where}: {text} is outside {self.said.range_text}")
        return value


def cell(value: Any) -> Any:
    """Return a value as it stands in a table: choices by their words."""
    return value.value if isinstance(value, enum.Enum) else value


def known(settings: Settings) -> dict[str, Declaration]:
    """Return everything that can be varied: rules, parameters and the fields of the reforms in the arms."""
    out = {f"rules.{name}": one for name, one in declarations(Rules).items()}
    out |= {f"parameters.{name}": one for name, one in declarations(Parameters).items()}
    used = [label for labels in settings.arms.values() for label in labels]
    for label in dict.fromkeys(used):
        out |= {f"reforms.{label}.{name}": one for name, one in declarations(settings.reforms[label]).items()}
    return out


def spelled_out(texts: Sequence[str], settings: Settings) -> list[str]:
    """Return names in place of patterns: "parameters.*" is every number declared there, with the limits said after it.

    "-parameters.surge*" takes names out again; a name that also stands by itself keeps the limits said there. Raises
    BadInput for a pattern that fits nothing.
    """
    alone = {text.partition(":")[0] for text in texts if "*" not in text}
    numbers = [name for name, one in known(settings).items() if one.low is not None]
    out: list[str] = []
    for text in texts:
        pattern, mark, limits = text.removeprefix("-").partition(":")
        if "*" not in text and not text.startswith("-"):
            out.append(text)
            continue
        fits = [name for name in numbers if fnmatchcase(name, pattern)]
        if not fits:
            raise BadInput(f"design.over: '{text}' fits no number{nearest(pattern, numbers)}")
        if text.startswith("-"):
            out = [one for one in out if one.partition(":")[0] not in fits]
        else:
            there = alone | {one.partition(":")[0] for one in out}
            out += [name + mark + limits for name in fits if name not in there]
    return out


def factor(text: str, settings: Settings) -> Factor:
    """Return the factor that a text means: a name alone has the declared range, "name:low:high" the one said.

    "name:25%" goes a quarter of the way from the value in the settings to either end. Raises BadInput.
    """
    name, *limits = str(text).split(":")
    declared = known(settings)
    if name not in declared:
        raise BadInput(f"design.over: unknown name '{name}'{nearest(name, declared)}")
    said = declared[name]
    if said.low is None or said.high is None:
        if limits:
            raise BadInput(f"design.over: {name} is {said.range_text} and takes no range")
        return Factor(name, said, 0.0, 1.0)
    if not limits:
        return Factor(name, said, float(said.low), float(said.high))
    try:
        if len(limits) == 1 and limits[0].endswith("%"):
            return _around(Factor(name, said, float(said.low), float(said.high)), limits[0], settings)
        low, high = (float(limit) for limit in limits)
    except ValueError:
        raise BadInput(f"design.over: '{text}' must be name, name:low:high or name:25%") from None
    if not (said.low <= low and high <= said.high):
        raise BadInput(f"design.over: {text} goes outside {said.range_text}")
    if not low < high or (said.kind is int and math.ceil(low) > math.floor(high)):
        raise BadInput(f"design.over: {text} is an empty range")
    return Factor(name, said, low, high)


def _around(one: Factor, percent: str, settings: Settings) -> Factor:
    """Return a factor that goes so far from the value in the settings towards either end of its declared range."""
    part, here = float(percent[:-1]) / 100.0, float(value_of(settings, one.name))
    if not 0.0 < part <= 1.0:
        raise BadInput(f"design.over: {one.name}:{percent} must be above 0 and at most 100 %")
    low, high = here + part * (one.low - here), here + part * (one.high - here)
    return dataclasses.replace(one, low=max(one.low, low), high=min(one.high, high))


def levels(text: str, settings: Settings) -> tuple[str, list[Any]]:
    """Return the name and levels that "name:level:level…" means; a switch or choice alone has all of its levels."""
    name, *said = text.split(":")
    one = factor(name, settings)
    if not said:
        if one.said.low is not None:
            raise BadInput(f"design.over: name levels of {name}, like '{name}:{one.low:g}:{one.high:g}'")
        return name, [False, True] if one.said.kind is bool else list(one.said.kind)
    values = [one.read(level, f"design.over, {name}") for level in said]
    if len(set(values)) < len(values):
        raise BadInput(f"design.over: {text} names a level twice")
    return name, values


def value_of(settings: Settings, name: str) -> Any:
    """Return the value that a declared name has in the settings."""
    group, _, rest = name.partition(".")
    if group == "parameters":
        return getattr(settings.parameters, rest)
    first, _, field = rest.partition(".")
    return getattr(getattr(settings.rules, first) if group == "rules" else settings.reforms[first], field)


def settings_at(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Return the settings with other values of some factors; what else they say stays. Raises BadInput."""
    rules, parameters, reforms = plain(settings.rules), plain(settings.parameters), dict(settings.reforms)
    for name, value in values.items():
        group, _, rest = name.partition(".")
        if group == "rules":
            part, field = rest.split(".")
            rules[part][field] = cell(value)
        elif group == "parameters":
            parameters[rest] = cell(value)
        else:
            label, _, field = rest.partition(".")
            try:
                reforms[label] = dataclasses.replace(reforms[label], **{field: value})
            except DeclarationError as error:
                raise BadInput(f"reforms.{label}.{error}") from None
    return dataclasses.replace(
        settings,
        rules=build(Rules, rules, "rules"),
        parameters=build(Parameters, parameters, "parameters"),
        reforms=reforms,
    )
