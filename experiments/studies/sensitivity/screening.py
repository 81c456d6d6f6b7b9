"""Screening: how far each parameter moves an outcome on its way through its range (Morris 1991)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import stats

from experiments.factors import Factor
from experiments.studies.responses import Floats, Response

TOLD_APART = 0.05  # level of the test against luck
_RESAMPLES, _SEED = 1000, 1  # of SALib's intervals
COLUMNS = [
    *("outcome", "arm", "parameter", "en", "zh", "unit", "low", "high", "mu", "mu_star", "mu_star_conf", "sigma"),
    *("noise", "p", "told_apart", "rank", "mean", "trajectories", "left_out"),
]


def screened(response: Response, factors: list[Factor], cube: Floats) -> pd.DataFrame:
    """Return one row a parameter, from the largest mean size of its elementary effects down; see COLUMNS.

    mu, mu_star, sigma: mean, mean size and spread of the elementary effects, each the change that going through the
    whole range would bring at that place; mu_star_conf is the half-width of SALib's 95 % interval (Campolongo,
    Cariboni & Saltelli 2007). noise: the mean size that luck alone would give, from the spread between seeds. p: of the
    elementary effects' variance against that between seeds (F test); told_apart if below 0.05. Both are missing with
    one seed. mean: of the response over the points. Trajectories with a point at which the outcome is not defined are
    left out whole, as the method needs.
    """
    from SALib.analyze import morris  # takes its time to import

    d = len(factors)
    trajectories = response.values.reshape(-1, d + 1, response.values.shape[1])
    complete = np.isfinite(trajectories).all(axis=(1, 2))
    kept, x = trajectories[complete], cube.reshape(-1, d + 1, d)[complete]
    r = len(kept)
    if r < 2:
        return pd.DataFrame(columns=COLUMNS)
    problem = {"num_vars": d, "names": [one.name for one in factors], "bounds": [[0.0, 1.0]] * d}
    y = kept.mean(axis=2)
    found = morris.analyze(problem, x.reshape(-1, d), y.reshape(-1), num_resamples=_RESAMPLES, num_levels=4, seed=_SEED)
    noise, p = luck(elementary_effects(x, kept))
    table = pd.DataFrame(
        {
            "outcome": response.outcome,
            "arm": response.arm,
            **described(factors),
            **{key: np.asarray(found[key], dtype=np.float64) for key in ("mu", "mu_star", "mu_star_conf", "sigma")},
            "noise": noise,
            "p": p,
            "told_apart": p < TOLD_APART,
        }
    )
    table = table.sort_values("mu_star", ascending=False, kind="stable", ignore_index=True)
    table = table.assign(rank=np.arange(1, d + 1), mean=y.mean(), trajectories=r, left_out=int((~complete).sum()))
    return table[COLUMNS]


def described(factors: list[Factor]) -> dict[str, list[object]]:
    """Return the columns that say what each parameter is and how far it was moved."""
    return {
        "parameter": [one.name for one in factors],
        "en": [one.said.en for one in factors],
        "zh": [one.said.zh for one in factors],
        "unit": [one.said.unit for one in factors],
        "low": [one.low for one in factors],
        "high": [one.high for one in factors],
    }


def elementary_effects(x: Floats, y: Floats) -> Floats:
    """Return the change per unit of each factor where a trajectory moves it, (trajectories, factors, seeds).

    x (trajectories, factors + 1, factors) in the unit cube; y (trajectories, factors + 1, seeds).
    """
    steps = np.diff(x, axis=1)
    moved = np.abs(steps).argmax(axis=2)  # (trajectories, steps): which factor
    size = np.take_along_axis(steps, moved[:, :, None], axis=2)
    out = np.empty((len(x), x.shape[2], y.shape[2]))
    np.put_along_axis(out, moved[:, :, None], np.diff(y, axis=1) / size, axis=1)
    return out


def luck(effects: Floats) -> tuple[Floats, Floats]:
    """Return the mean size that luck alone would give each factor, and p of its effects against luck, both (factors,).

    If a factor does nothing but stir the luck, its effects (trajectories, factors, seeds) are noise of the same
    variance within and between trajectories; their ratio then follows F(r, r (s − 1)). Missing with one seed.
    """
    r, d, s = effects.shape
    if s < 2:
        return np.full(d, math.nan), np.full(d, math.nan)
    within = effects.var(axis=2, ddof=1).mean(axis=0) / s  # variance of a mean over seeds
    between = (effects.mean(axis=2) ** 2).mean(axis=0)
    ratio = np.divide(between, within, out=np.where(between > 0.0, np.inf, 0.0), where=within > 0.0)
    return np.sqrt(2.0 * within / math.pi), np.asarray(stats.f.sf(ratio, r, r * (s - 1)))
