"""Build declared dataclasses from plain settings, with errors that name the key, the value and the valid range."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from typing import Any, TypeVar

from experiments.errors import BadInput, nearest
from sim.declare import DeclarationError, declarations

T = TypeVar("T")


def build(cls: type[T], values: Mapping[str, Any], where: str) -> T:
    """Return an instance of a declared dataclass (nested ones too) from settings found under the key `where`.

    Raises BadInput for an unknown key (with the nearest), a wrong type, or a value out of range.
    """
    fields = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    declared = declarations(cls)
    given: dict[str, Any] = {}
    for key, value in values.items():
        if key not in fields:
            raise BadInput(f"{where}.{key}: unknown key{nearest(str(key), fields)}")
        part = fields[key].default_factory
        if isinstance(part, type) and dataclasses.is_dataclass(part):
            if not isinstance(value, Mapping):
                raise BadInput(f"{where}.{key}: {value!r} must be a group of keys")
            given[key] = build(part, value, f"{where}.{key}")
        else:
            given[key] = _value(declared.get(key), value, f"{where}.{key}")
    try:
        return cls(**given)
    except DeclarationError as error:
        raise BadInput(f"{where}.{error}") from None


def _value(said: Any, value: Any, where: str) -> Any:
    """Return a value as its declaration wants it: an Enum by its value, a whole number as a float where it must be."""
    if said is None:
        if not isinstance(value, str):
            raise BadInput(f"{where}: {value!r} must be text in quotes")
        return value
    if issubclass(said.kind, enum.Enum):
        try:
            return said.kind(str(value).lower())
        except ValueError:
            raise BadInput(f"{where}: {value!r} must be {said.range_text}") from None
    if said.kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def plain(instance: Any) -> Any:
    """Return a dataclass as nested dicts of plain values, Enums by value."""
    if dataclasses.is_dataclass(instance):
        return {field.name: plain(getattr(instance, field.name)) for field in dataclasses.fields(instance)}
    return instance.value if isinstance(instance, enum.Enum) else instance
