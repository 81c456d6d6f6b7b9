"""Fit a few parameters to the published series up to 2022: `python -m experiments.fit [key=value …]`.

A first fit, not a calibration: it moves the parameters named here, one start, by Nelder and Mead's simplex, towards
the smallest squared distance to the published resolution and satisfaction; figures that are only recalled count half.
Other values fit as well, so levels mean little and differences between arms are read as properties of the values.
Nothing is written; the values found are printed as words for the command line.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from tqdm import tqdm

from experiments.errors import NOTHING, Arguments, BadInput, exit_code, nearest
from experiments.settings import Settings
from sim.declare import Declaration, declarations
from sim.model import TournamentModel
from sim.parameters import Parameters
from sim.patterns import Tables
from sim.patterns.answers import published_points

Floats = NDArray[np.float64]

FREE = (
    *("capacity_to_need", "staff_growth", "minutes_by_skill", "skill_start", "learning", "accuracy_start"),
    *("effort_cost", "care_max"),
)
METRICS = ("resolution_rate", "satisfaction_rate")
WEIGHT = {"published": 1.0, "derived": 1.0, "recalled": 0.5}
LAST = 2022  # the last year that the fit looks at


def misses(tables: Tables) -> list[tuple[str, str, float, float, float]]:
    """Return each published point that the run covers: metric, when, published, simulated, weight."""
    found = []
    for metric in METRICS:
        points = published_points(tables, metric)
        for year, month, published, simulated, confidence in points.itertuples(index=False, name=None):
            if year <= LAST:
                when = str(year) if math.isnan(month) else f"{year}-{int(month):02d}"
                found.append((metric, when, published, simulated, WEIGHT[confidence]))
    return found


def mean_square(rows: list[tuple[str, str, float, float, float]]) -> float:
    """Return the weighted mean squared distance of published points, in percentage points squared.

    Raises BadInput if there is none.
    """
    if not rows:
        raise BadInput("fit: no published figure falls into these months; start in 2019 and run 48 months")
    total = math.fsum(row[4] for row in rows)
    return math.fsum(w * (100.0 * (b - a)) ** 2 for _, _, a, b, w in rows) / total


def simulate(settings: Settings, values: dict[str, float]) -> Tables:
    """Return what a run with these values left, averaged over nothing: the first seed alone."""
    parameters = dataclasses.replace(settings.parameters, **values)
    model = TournamentModel(
        settings.city,
        settings.rules,
        parameters,
        seed=settings.seeds[0],
        scale=settings.scale,
        start=settings.start,
    )
    record = model.run(settings.months)
    model.close()
    return Tables(record.monthly(), record.streets(), settings.city)


def place(declared: Declaration, value: float) -> float:
    """Return where a value stands in its range, 0 to 1."""
    low, high = float(declared.low or 0.0), float(declared.high or 1.0)
    return (value - low) / (high - low)


def value_at(declared: Declaration, where: float) -> float:
    """Return the value at a place of its range, to four digits; places outside are those of the nearest end."""
    low, high = float(declared.low or 0.0), float(declared.high or 1.0)
    return float(f"{low + min(1.0, max(0.0, where)) * (high - low):.4g}")


def fit(settings: Settings, names: tuple[str, ...], tries: int) -> tuple[dict[str, float], float]:
    """Return the best values found in so many runs, and their loss."""
    declared = {name: declarations(Parameters)[name] for name in names}
    first = np.array([place(declared[name], getattr(settings.parameters, name)) for name in names])
    best: list[Any] = [math.inf, {}]
    bar = tqdm(total=tries, unit="run", desc="fitting", file=sys.stderr, disable=None)

    def loss(where: Floats) -> float:
        values = {name: value_at(declared[name], float(x)) for name, x in zip(names, where, strict=True)}
        outside = float(np.sum(np.maximum(0.0, np.abs(where - 0.5) - 0.5)))
        found = mean_square(misses(simulate(settings, values))) + 100.0 * outside
        if found < best[0]:
            best[:] = [found, values]
        bar.update()
        bar.set_postfix_str(f"best root mean square {math.sqrt(best[0]):.2f} points")
        return found

    away = np.where(first < 0.8, 0.08, -0.08)  # each corner moves one parameter by 8 % of its range, inwards
    simplex = np.vstack([first, first + np.diag(away)])
    minimize(loss, first, method="Nelder-Mead", options={"maxfev": tries, "initial_simplex": simplex, "adaptive": True})
    bar.close()
    return best[1], best[0]


def main(arguments: list[str] | None = None) -> int:
    """Fit and print; return the exit code (0, 2 for bad input, 130 for Ctrl-C)."""
    parser = Arguments(
        prog="python -m experiments.fit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="key=value", help="settings, as for experiments.run")
    parser.add_argument("--tries", type=int, default=150, help="runs (default 150)")
    parser.add_argument("--free", default=",".join(FREE), help=f"parameters to move (default {','.join(FREE)})")
    given = parser.parse_intermixed_args(arguments)
    return exit_code(lambda: _run(given.words, tuple(given.free.split(",")), given.tries), NOTHING)


def _run(words: list[str], names: tuple[str, ...], tries: int) -> int:
    from experiments.compose import settings_of

    known = {name: d for name, d in declarations(Parameters).items() if d.kind is float}
    for name in names:
        if name not in known:
            raise BadInput(f"--free: unknown parameter '{name}'{nearest(name, known)}")
    if tries < 1:
        raise BadInput(f"--tries: {tries} must be a whole number ≥ 1")
    settings = settings_of(["months=48", *words])
    values, _ = fit(settings, names, tries)
    rows = misses(simulate(settings, values))
    for metric, when, published, simulated, weight in rows:
        print(
            f"{metric:18} {when:8} published {100 * published:6.2f}  simulated {100 * simulated:6.2f}  weight {weight}"
        )
    print(f"root mean square distance {math.sqrt(mean_square(rows)):.2f} points")
    print(" ".join(f"parameters.{name}={value:g}" for name, value in values.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
