"""Designs: points in the space of settings at which all arms are run with the same seeds.

A point gives values to the names in `design.over` (`parameters.*` is every number declared there); ranges are the
declared ones unless said. Every run of a design is in the store like any other, so a larger design adds only what is
missing. A grid has every combination of the levels named, and `switches` switches mechanisms off one at a time, at one
place or at every combination of some levels.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.checks import whole
from experiments.errors import BadInput, first_line, nearest
from experiments.factors import Factor, factor, known, levels, spelled_out, value_of
from experiments.settings import Settings
from experiments.switches import SWITCHES

Floats = NDArray[np.float64]
MOST_POINTS = 1_000_000


@dataclass(frozen=True)
class Point:
    """One point: its number in the design and the value of every factor."""

    number: int
    values: dict[str, Any]
    without: str = ""  # the mechanism that is switched off, if any
    stage: str = ""  # of a study


def latin_hypercube(n: int, d: int, seed: int) -> Floats:
    """Return n points in the unit cube (n, d), one in every nth of each axis (McKay, Beckman & Conover 1979)."""
    from scipy.stats import qmc

    out: Floats = qmc.LatinHypercube(d, rng=seed).random(n)
    return out


def sobol(n: int, d: int, seed: int) -> Floats:
    """Return the first n points of a scrambled Sobol sequence (n, d); n a power of two (Sobol 1967, Owen 1998)."""
    from scipy.stats import qmc

    _power_of_two(n)
    out: Floats = qmc.Sobol(d, rng=seed).random(n)
    return out


def saltelli(n: int, d: int, seed: int) -> Floats:
    """Return n (d + 2) points (…, d) for Sobol indices of first order and in total (Saltelli et al. 2010)."""
    from SALib.sample import sobol as sample

    _power_of_two(n)
    out: Floats = sample.sample(_problem(d), n, calc_second_order=False, seed=seed)
    return out


def morris(n: int, d: int, seed: int) -> Floats:
    """Return n trajectories of d + 1 points (…, d) on four levels, for screening (Morris 1991)."""
    from SALib.sample import morris as sample

    out: Floats = sample.sample(_problem(d), n, num_levels=4, seed=seed)
    return out


METHODS: dict[str, Callable[[int, int, int], Floats]] = {
    "latin_hypercube": latin_hypercube,
    "sobol": sobol,
    "saltelli": saltelli,
    "morris": morris,
}


def _problem(d: int) -> dict[str, Any]:
    return {"num_vars": d, "names": [f"x{i}" for i in range(d)], "bounds": [[0.0, 1.0]] * d}


def _power_of_two(n: int) -> None:
    if n & (n - 1):
        raise BadInput(f"design.points: {n} must be a power of two, like {1 << n.bit_length()}")


def points(settings: Settings) -> list[Point]:
    """Return the points of the settings' design, in order; without one, the settings as the only point.

    Raises BadInput with one line.
    """
    asked = settings.design
    if not asked:
        return [Point(0, {})]
    others = {"csv": _from_table, "grid": _grid, "switches": _switches}
    if asked["method"] in others:
        return others[asked["method"]](asked, settings)
    if asked["method"] not in METHODS:
        names = [*METHODS, *others]
        raise BadInput(f"design.method: unknown '{asked['method']}'{nearest(str(asked['method']), names)}")
    factors, cube = factors_and_cube(settings)
    rows = zip(itertools.count(), cube, strict=False)
    return [Point(i, {one.name: one.at(float(u)) for one, u in zip(factors, row, strict=True)}) for i, row in rows]


def factors_and_cube(settings: Settings) -> tuple[list[Factor], Floats]:
    """Return what a design of METHODS varies, and its points in the unit cube (points, factors). Raises BadInput."""
    asked = settings.design
    texts = spelled_out(_over(asked, "parameters.demand,parameters.reach"), settings)
    factors = [factor(text, settings) for text in texts]
    if not factors:
        raise BadInput("design.over: takes out everything that it names")
    _once([one.name for one in factors])
    n = whole("design.points", asked["points"], 1, MOST_POINTS)
    seed = whole("design.seed", asked["seed"], 0, 2**31 - 1)
    return factors, METHODS[asked["method"]](n, len(factors), seed)


def _over(asked: Mapping[str, Any], example: str) -> list[str]:
    over = asked["over"]
    if not isinstance(over, list) or not over:
        raise BadInput(f"design.over: name what is varied, like 'design.over=[{example}]'")
    return [str(text) for text in over]


def _once(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"design.over: names {name} twice")


def _grid(asked: Mapping[str, Any], settings: Settings) -> list[Point]:
    """Return every combination of the levels "name:level:level…", the last name turning fastest."""
    said = [levels(text, settings) for text in _over(asked, "parameters.demand:0.9:1:1.1,rules.exclusion.allowed")]
    _once([name for name, _ in said])
    axes = dict(said)
    rows = itertools.product(*axes.values())
    return [Point(i, dict(zip(axes, row, strict=True))) for i, row in enumerate(rows)]


def _switches(asked: Mapping[str, Any], settings: Settings) -> list[Point]:
    """Return the settings as they are and, for each mechanism named, the settings at which it does nothing.

    With levels "name:level:level…" beside the mechanisms, the same at every combination of the levels.
    """
    said = _over(asked, "morale_pressure,documentation")
    names, varied = [text for text in said if ":" not in text], [text for text in said if ":" in text]
    for name in names:
        if name not in SWITCHES:
            raise BadInput(f"design.over: unknown mechanism '{name}'{nearest(name, SWITCHES)}")
    _once([*names, *(text.partition(":")[0] for text in varied)])
    axes = dict(levels(text, settings) for text in varied)
    places = [dict(zip(axes, row, strict=True)) for row in itertools.product(*axes.values())]
    off = {}
    for name in names:
        words = [word.partition("=") for word in SWITCHES[name].words]
        off[name] = {key: factor(key, settings).read(text, key) for key, _, text in words}
    today = {key: value_of(settings, key) for one in off.values() for key in one}
    switched = [("", today), *((name, today | one) for name, one in off.items())]
    every = ((name, values | place) for place in places for name, values in switched)
    return [Point(i, values, name) for i, (name, values) in enumerate(every)]


def _from_table(asked: Mapping[str, Any], settings: Settings) -> list[Point]:
    """Return the points of a CSV file: a column a name, a row a point."""
    path = Path(str(asked["file"] or ""))
    if not asked["file"] or not path.is_file():
        raise BadInput(f"design.file: no file '{asked['file'] or ''}'; give a CSV: a column a name, a row a point")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except UnicodeDecodeError:
        raise BadInput(f"design.file: {path} is no text in UTF-8; save it as “CSV UTF-8”") from None
    except (OSError, csv.Error) as error:
        raise BadInput(f"design.file: {path} cannot be read as CSV ({first_line(error)})") from None
    if len(rows) < 2:
        raise BadInput(f"design.file: {path} has no row of values under its names")
    declared, head = known(settings), [name.strip() for name in rows[0]]
    for name in head:
        if name not in declared:
            raise BadInput(f"{path}: unknown column '{name}'{nearest(name, declared)}")
    if len(set(head)) < len(head):
        raise BadInput(f"{path}: a column stands there twice")
    factors, out = [factor(name, settings) for name in head], []
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(head):
            raise BadInput(f"{path}, line {line}: {len(row)} values under {len(head)} names")
        where = f"{path}, line {line}"
        values = {one.name: one.read(text, f"{where}, {one.name}") for one, text in zip(factors, row, strict=True)}
        out.append(Point(line - 2, values))
    return out
