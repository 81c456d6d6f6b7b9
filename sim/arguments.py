"""Arguments of a model: checked before anything is built, with errors of one line."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.agents.department import Department
from sim.agents.dispatch_center import DispatchCenter
from sim.agents.district import District
from sim.agents.street import Street
from sim.city import City
from sim.state import ExtraProblem

AGENTS: dict[str, type] = {
    "street": Street,
    "department": Department,
    "district": District,
    "dispatch_center": DispatchCenter,
}


def checked_seed(seed: Any) -> int:
    """Return the seed as an int, drawing one for None. Raises ValueError unless it is a whole number ≥ 0."""
    if seed is None:
        return secrets.randbelow(2**31)
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0 or seed >= 2**63:
        raise ValueError(f"seed: {seed!r} must be a whole number from 0 to 2^63 - 1, or None")
    return int(seed)


def checked_kind(name: str, value: Any, kind: type) -> Any:
    """Return an argument. Raises ValueError naming it unless it is of this kind."""
    if not isinstance(value, kind):
        raise ValueError(f"{name}: {value!r} must be a {kind.__name__}")
    return value


def checked_all(name: str, values: Any, kind: type) -> list[Any]:
    """Return an argument as a list. Raises ValueError naming it unless it holds nothing but things of this kind."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name}: {values!r} must be a list of {kind.__name__}")
    return [checked_kind(name, value, kind) for value in values]


def checked_city(city: Any) -> City:
    """Return the city, read if it is a name or a folder. Raises ValueError for anything else, CityError if broken."""
    if isinstance(city, City):
        return city
    if not isinstance(city, (str, Path)):
        raise ValueError(f"city: {city!r} must be a City, the name of one, or its folder")
    return City.load(city)


def checked_scale(scale: Any) -> float:
    """Return the scale. Raises ValueError unless it is above 0 and at most 1."""
    if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not 0.0 < scale <= 1.0:
        raise ValueError(f"scale: {scale!r} must be above 0 and at most 1 (residents per resident)")
    return scale


def first_of_month(start: str) -> datetime.date:
    """Return the date of `start`. Raises ValueError unless it is the first of a month from 1990 to 2100."""
    try:
        day = datetime.date.fromisoformat(start)
    except (TypeError, ValueError):
        raise ValueError(f"start: {start!r} must be a date like 2019-01-01") from None
    if day.day != 1 or not 1990 <= day.year <= 2100:
        raise ValueError(f"start: {start} must be the first of a month from 1990 to 2100")
    return day


def checked_agents(agents: Mapping[str, type]) -> dict[str, type]:
    """Return all agent classes with the given ones put in. Raises ValueError for an unknown name or a wrong class."""
    for name, cls in checked_kind("agents", agents, Mapping).items():
        if name not in AGENTS:
            raise ValueError(f"agents: unknown agent {name!r}; known are {', '.join(AGENTS)}")
        if not (isinstance(cls, type) and issubclass(cls, AGENTS[name])):
            raise ValueError(f"agents: {name} must be a subclass of {AGENTS[name].__name__}, not {cls!r}")
    return {**AGENTS, **agents}


def extra_by_date(
    extra: Iterable[ExtraProblem], city: City, first: datetime.date
) -> dict[datetime.date, list[tuple[int, int, int]]]:
    """Return the extra problems by date as (number, street row, category row).

    Raises ValueError for one of an unknown street or category, without a date, or before the `first` day of the run.
    """
    extra = checked_all("extra_problems", extra, ExtraProblem)
    if not extra:
        return {}
    rows = {int(code): row for row, code in enumerate(city.streets["code"])}
    kinds = {name: row for row, name in enumerate(city.categories["name"])}
    out: dict[datetime.date, list[tuple[int, int, int]]] = {}
    for number, problem in enumerate(extra):
        if problem.street not in rows:
            raise ValueError(f"extra_problems: no street {problem.street} in {city.name}")
        if problem.category not in kinds:
            raise ValueError(f"extra_problems: no category {problem.category!r}; known are {', '.join(kinds)}")
        try:
            day = datetime.date.fromisoformat(problem.date)
        except (TypeError, ValueError):
            raise ValueError(f"extra_problems: date {problem.date!r} must be a date like 2019-01-03") from None
        if day < first:
            raise ValueError(f"extra_problems: date {problem.date} must not be before the run's start, {first}")
        out.setdefault(day, []).append((number, rows[problem.street], kinds[problem.category]))
    return out
