"""Indices: what share of an outcome's variance over the worlds each parameter makes, alone and with others (Sobol)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.factors import Factor
from experiments.studies.responses import Floats, Response
from experiments.studies.sensitivity.screening import described

_RESAMPLES, _SEED, _Z = 1000, 1, 1.959963984540054
_FEWEST = 4  # blocks
_NOTHING = 1e-12  # a spread that is only rounding
COLUMNS = [
    *("outcome", "arm", "parameter", "en", "zh", "unit", "low", "high", "S1", "S1_conf", "ST", "ST_conf", "rank"),
]
VARIANCE = ["outcome", "arm", "mean", "sd", "luck", "interactions", "interactions_conf", "blocks", "left_out"]


def indexed(response: Response, factors: list[Factor]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row a parameter, from the largest total index down, and one row on the variance that is shared out.

    S1, ST: shares of the variance over the worlds that go with a parameter alone, and with its interactions too, with
    half-widths of SALib's 95 % bootstrap intervals (Saltelli et al. 2010). mean, sd: over the worlds. luck: the share
    of the variance that is noise of the seeds (missing with one seed), part of every ST. interactions: 1 − sum of S1.
    Blocks of the design with a point at which the outcome is not defined are left out whole.
    """
    from SALib.analyze import sobol  # takes its time to import

    d = len(factors)
    blocks = response.values.reshape(-1, d + 2, response.values.shape[1])
    complete = np.isfinite(blocks).all(axis=(1, 2))
    kept = blocks[complete]
    n, values = len(kept), kept.reshape(-1, kept.shape[2])
    y = values.mean(axis=1)
    if n < _FEWEST or np.ptp(y) <= _NOTHING * np.abs(y).max():
        return pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=VARIANCE)
    problem = {"num_vars": d, "names": [one.name for one in factors], "bounds": [[0.0, 1.0]] * d}
    found = sobol.analyze(
        problem, y, calc_second_order=False, num_resamples=_RESAMPLES, keep_resamples=True, seed=_SEED
    )
    keys = {"outcome": response.outcome, "arm": response.arm}
    shares = {key: np.asarray(found[key], dtype=np.float64) for key in ("S1", "S1_conf", "ST", "ST_conf")}
    table = pd.DataFrame({**keys, **described(factors), **shares})
    table = table.sort_values("ST", ascending=False, kind="stable", ignore_index=True).assign(rank=np.arange(1, d + 1))
    together = np.asarray(found["S1_conf_all"]).sum(axis=1)
    row = {"mean": y.mean(), "sd": y.std(ddof=1), "luck": luck_share(values)}
    row |= {"interactions": 1.0 - shares["S1"].sum(), "interactions_conf": _Z * together.std(ddof=1)}
    row |= {"blocks": n, "left_out": int((~complete).sum())}
    return table[COLUMNS], pd.DataFrame([keys | row], columns=VARIANCE)


def luck_share(values: Floats) -> float:
    """Return the share of the variance of means over seeds that is noise; `values` (points, seeds); NaN for one seed.

    What a seed does to all points alike is no noise here: it cancels between points.
    """
    points, seeds = values.shape
    if seeds < 2:
        return math.nan
    means = values.mean(axis=1)
    left = values - means[:, None] - values.mean(axis=0) + values.mean()
    noise = (left**2).sum() / ((points - 1) * (seeds - 1)) / seeds
    return float(min(1.0, noise / means.var(ddof=1)))
