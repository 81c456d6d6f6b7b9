"""Engine and oracle side by side: step both by a day and say what differs."""

from __future__ import annotations

from typing import Any

from .engine_side import engine_day
from .model import Oracle
from .oracle_side import MonthBooks, oracle_day


def step_both(model: Any, oracle: Oracle) -> list[str]:
    """Step the engine's model and the oracle by a day; return a line for each thing that differs, none if all agree."""
    tally, month = model.state.tally, MonthBooks.of(oracle)
    model.step()
    oracle.step()
    return differences(engine_day(model, tally), oracle_day(oracle, month))


def differences(engine: dict[str, Any], oracle: dict[str, Any]) -> list[str]:
    """Return a line for each name under which the two differ. A count that the oracle never made is zero."""
    found = []
    for name in sorted(engine.keys() | oracle.keys()):
        if name not in engine:
            found.append(f"{name}: not in the engine")
        elif name in oracle:
            found += first_difference(name, engine[name], oracle[name])
        elif not name.startswith(("count ", "category ")):
            found.append(f"{name}: not in the oracle")
        elif any(engine[name]):
            found.append(f"{name}: counted by the engine only")
    return found


def first_difference(name: str, engine: Any, oracle: Any) -> list[str]:
    """Return one line on the first place, however deep, in which two values differ; none if they are equal."""
    if engine == oracle:
        return []
    if isinstance(engine, (list, tuple)) and isinstance(oracle, (list, tuple)):
        for place, (a, b) in enumerate(zip(engine, oracle, strict=False)):
            if a != b:
                return first_difference(f"{name}[{place}]", a, b)
        return [f"{name}: {len(engine)} in the engine, {len(oracle)} in the oracle"]
    if isinstance(engine, dict) and isinstance(oracle, dict):
        for key in sorted(engine.keys() | oracle.keys()):
            if engine.get(key) != oracle.get(key):
                return first_difference(f"{name}[{key!r}]", engine.get(key), oracle.get(key))
    return [f"{name}: {engine!r} in the engine, {oracle!r} in the oracle"]
