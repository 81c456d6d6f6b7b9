"""PRIM: the box of worlds in which cases of interest lie dense (Friedman & Fisher 1999; Bryant & Lempert 2010)."""

from __future__ import annotations

import importlib.util
import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.luck import mix, mix_one

Bools = NDArray[np.bool_]

SURE = 0.05  # largest quasi-p of a limit that stays
FEWEST = 8  # cases of interest, and others, without which no box is looked for
FOLDS = 5
_FOLDING = mix_one(FOLDS)
_ABOVE_NOTHING = 1e-9


@dataclass(frozen=True)
class Box:
    """Limits of some parameters, and what lies within: n worlds, k of interest; `trajectory` led to it."""

    limits: dict[str, tuple[float, float]]  # −inf or inf where it is open
    n: int
    k: int
    coverage: float  # of the cases of interest
    density: float  # of cases of interest within
    trajectory: pd.DataFrame

    def holds(self, x: pd.DataFrame) -> Bools:
        """Return which worlds lie within."""
        inside = np.ones(len(x), dtype=bool)
        for name, (low, high) in self.limits.items():
            inside &= (x[name] >= low).to_numpy() & (x[name] <= high).to_numpy()
        return inside


def installed() -> bool:
    """Return whether the library is there, without importing it."""
    return importlib.util.find_spec("ema_workbench") is not None


def find_box(x: pd.DataFrame, y: Bools) -> Box:
    """Return the box for cases `y` (worlds,) among worlds `x` (worlds, parameters), all of them numbers.

    Of the boxes on the peeling trajectory the one with the most cases beyond those that as many worlds taken blindly
    would hold (weighted relative accuracy, Lavrač, Flach & Zupan 1999). Then limits that are no better than chance
    (quasi-p above 0.05) are opened, the worst first.
    """
    prim, trajectory = _peeled(x, y)
    gain = trajectory["mass"] * (trajectory["density"] - y.mean())
    chosen = int(gain.to_numpy().argmax())
    start, here = prim.box_lims[0], prim.box_lims[chosen]
    limits = {}
    for name in x.columns:
        low, high = (float(here[name].iloc[i]) for i in (0, 1))
        first, last = (float(start[name].iloc[i]) for i in (0, 1))
        if low > first or high < last:
            limits[name] = (low if low > first else -np.inf, high if high < last else np.inf)
    box = _measured(limits, x, y, trajectory)
    while box.limits:
        name, side, worst = max(quasi_p(box, x, y), key=lambda one: one[2])
        if worst <= SURE:
            break
        box = _measured(_opened(box.limits, name, side), x, y, trajectory)
    return replace(box, trajectory=trajectory.assign(chosen=np.arange(len(trajectory)) == chosen))


def quasi_p(box: Box, x: pd.DataFrame, y: Bools) -> list[tuple[str, int, float]]:
    """Return (parameter, 0 for its lower or 1 for its upper limit, quasi-p) for every limit of a box.

    The chance that the box would hold as many cases of interest if the limit told nothing, that is if they lay as dense
    within as in the box without this limit (one-sided binomial test, Bryant & Lempert 2010).
    """
    out = []
    for name, ends in box.limits.items():
        for side in (0, 1):
            if np.isfinite(ends[side]):
                wider = replace(box, limits=_opened(box.limits, name, side)).holds(x)
                out.append((name, side, float(stats.binom.sf(box.k - 1, box.n, y[wider].mean()))))
    return out


def held_out(x: pd.DataFrame, y: Bools) -> dict[str, float]:
    """Return density and coverage in worlds that were not used: each fifth is judged by a box found in the others.

    With the 95 % Wilson interval of the density (low, high), and n worlds in boxes, k of interest.
    """
    part = np.argsort(mix(_FOLDING, np.arange(len(x)))) % FOLDS  # a shuffle that is the same everywhere
    n = k = 0
    for fold in range(FOLDS):
        others = part != fold
        if min(y[others].sum(), (~y[others]).sum()) < 2:
            continue
        inside = find_box(x[others].reset_index(drop=True), y[others]).holds(x[~others])
        n, k = n + int(inside.sum()), k + int(y[~others][inside].sum())
    nothing = {"n": n, "k": k, "density": np.nan, "low": np.nan, "high": np.nan, "coverage": k / y.sum()}
    if n == 0:
        return nothing
    low, high = stats.binomtest(k, n).proportion_ci(method="wilson")
    return nothing | {"density": k / n, "low": float(low), "high": float(high)}


def _peeled(x: pd.DataFrame, y: Bools) -> tuple[Any, pd.DataFrame]:
    """Return the library's box with its limits on the way, and the way: coverage, density, mass, restricted, n, k."""
    with warnings.catch_warnings():  # what the library raises by itself: missing extras, and a word of pandas 2
        warnings.filterwarnings("ignore", "ipyparallel not installed", UserWarning)
        warnings.filterwarnings("ignore", "altair based interactive inspection", ImportWarning)
        warnings.filterwarnings("ignore", "The inplace keyword in DataFrame.drop")
        from ema_workbench.analysis.prim import Prim  # takes seconds to import

        found = Prim(x.astype(float), y, threshold=_ABOVE_NOTHING).find_box()
    way = found.peeling_trajectory.rename(columns={"res_dim": "restricted"})
    return found, way[["coverage", "density", "mass", "restricted", "n", "k"]]


def _measured(limits: dict[str, tuple[float, float]], x: pd.DataFrame, y: Bools, trajectory: pd.DataFrame) -> Box:
    box = Box(limits, 0, 0, 0.0, 0.0, trajectory)
    inside = box.holds(x)
    n, k = int(inside.sum()), int(y[inside].sum())
    return replace(box, n=n, k=k, coverage=k / max(1, int(y.sum())), density=k / max(1, n))


def _opened(limits: dict[str, tuple[float, float]], name: str, side: int) -> dict[str, tuple[float, float]]:
    """Return limits without the one on a side of a parameter."""
    low, high = limits[name]
    ends = (-np.inf, high) if side == 0 else (low, np.inf)
    left = {one: ends if one == name else both for one, both in limits.items()}
    return {one: both for one, both in left.items() if np.isfinite(both).any()}
