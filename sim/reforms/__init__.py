"""Reforms: one file each, found by name. `reform_class("escalation")` is the class in `sim/reforms/escalation.py`."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from sim.reforms.base import Reform, rules_in_force

__all__ = ["Reform", "reform_class", "reform_names", "rules_in_force"]


def reform_names() -> list[str]:
    """Return the names of all reforms, which are the names of their files, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "base")


def reform_class(name: str) -> type[Reform]:
    """Return the one Reform subclass defined in the file of that name.

    Raises KeyError for an unknown name.
    """
    if name not in reform_names():
        raise KeyError(name)
    return _only_reform(importlib.import_module(f"sim.reforms.{name}"))


def _only_reform(module: ModuleType) -> type[Reform]:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Reform) and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise ImportError(f"{module.__name__} must define exactly one reform, found {len(found)}")
    return found[0]
