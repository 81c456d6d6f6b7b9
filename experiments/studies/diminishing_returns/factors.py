"""What resolution is made of: twelve factors that give real resolution by an identity, and gains split over them.

With all counts and hours summed over some months, real resolution is

    R = reach · q,    q = 1 − exp(−skill · care · h),    h = officers · effort · handling ÷ (problems · rounds)

where h are hours of handling per closed ticket, and

- q is the share really resolved of the tickets within reach of the unit that has them (the log's panel, one problem in
  64), and `reach` = R ÷ q what is left of it where authority is lacking, the unit is wrong or the resident refuses:
  the hard core;
- officers are those of streets, and `effort` the paid hours of streets and departments for each of them;
- handling = 1 − documentation − prevention − morale − idle − other, the shares of the paid hours that went into files,
  into prevention, were lost to low morale, found nothing to do or were carried over, and everything else (contacts,
  disputes, whistles, meetings …); `other` is the remainder, so that handling is exact;
- problems are new ones, which prevention makes fewer, and `rounds` the closed tickets for each of them;
- skill is the streets' mean skill to the power 1 + θ (it counts in the chance, and in the minutes a ticket needs);
  `care` is the rest, by which the identity holds: how hours are spread over tickets, the most care, the mix of minutes.

A difference of R between two runs is split by Shapley's value (1953): each factor gets its mean marginal effect over
all orders in which the factors can move from the one run to the other (4 096 sets). The parts add up to the whole
exactly. Limits: it is bookkeeping, not causation: prevention's hours and the fewer problems that they bring are two
factors, and a mechanism that moves several factors is in all of them. `care` is what the other factors do not explain,
and is to be looked at before anything is made of the rest. q comes from a sample, the same problems in every run.
"""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.intervals import estimate
from experiments.studies.diminishing_returns.ledger import PAID

Floats = NDArray[np.float64]

FACTORS = (
    *("effort", "idle", "morale", "documentation", "prevention", "other", "problems", "rounds", "officers"),
    *("skill", "care", "reach"),
)
WHY_GROUPS = {  # told together: what a mechanism gives, less what it takes
    "effort": ("effort", "idle", "morale"),
    "prevention": ("prevention", "problems"),
    "documentation": ("documentation",),
    "skill": ("skill",),
    "reach": ("reach",),
    "care": ("care",),
    "other": ("other", "rounds", "officers"),
}
SHARES = ("documentation", "prevention", "morale", "idle", "other")


def factors_of(sums: pd.DataFrame, theta: float) -> pd.DataFrame:
    """Return the factors (columns FACTORS) of each row of sums over months; see the module.

    Skill is summed over months, so `months` says how many there were; q is smoothed by half a ticket each way.
    """
    paid = sums[list(PAID)].sum(axis=1)
    out = pd.DataFrame(index=sums.index)
    out["effort"] = paid / sums["officers"]
    out["idle"], out["morale"] = sums["idle"] / paid, sums["low_morale"] / paid
    out["documentation"], out["prevention"] = sums["documentation"] / paid, sums["prevention"] / paid
    handling = sums["handling"] / paid
    out["other"] = 1.0 - handling - out[["idle", "morale", "documentation", "prevention"]].sum(axis=1)
    out["problems"], out["rounds"] = sums["problems"], sums["closed"] / sums["problems"]
    out["officers"] = sums["officers"]
    out["skill"] = (sums["skill"] / sums["months"]) ** (1.0 + theta)
    q = (sums["done_reach"] + 0.5) / (sums["n_reach"] + 1.0)
    out["care"] = -np.log(1.0 - q) / (out["skill"] * sums["handling"] / sums["closed"])
    out["reach"] = sums["resolved"] / sums["closed"] / q
    return out[list(FACTORS)]


def resolution(x: Floats) -> Floats:
    """Return real resolution from factors (…, K) in the order of FACTORS."""
    of = {name: x[..., k] for k, name in enumerate(FACTORS)}
    handling = 1.0 - sum(of[name] for name in SHARES)
    hours = of["officers"] * of["effort"] * handling / (of["problems"] * of["rounds"])
    out: Floats = of["reach"] * (1.0 - np.exp(-of["skill"] * of["care"] * hours))
    return out


def _sets(k: int) -> NDArray[np.bool_]:
    """Return all sets of k factors, (2^k, k)."""
    return (np.arange(2**k)[:, None] >> np.arange(k) & 1).astype(bool)


def split(before: Floats, after: Floats) -> Floats:
    """Return each factor's part (K,) of the difference of resolution between two runs' factors (K,)."""
    k = len(before)
    inside = _sets(k)
    value = resolution(np.where(inside, after, before))
    size = inside.sum(axis=1)
    weight = np.array([1.0 / (k * math.comb(k - 1, s)) if s < k else 0.0 for s in range(k + 1)])[size]
    sets, out = np.arange(2**k), np.zeros(k)
    for j in range(k):
        without = sets[~inside[:, j]]
        out[j] = math.fsum(weight[without] * (value[without | (1 << j)] - value[without]))
    return out


def spans_of(strengths: list[float]) -> list[tuple[float, float]]:
    """Return the steps to split: between neighbours, and 0 → 1, 1 → 2 and 2 → the highest where they are there."""
    wanted = [(0.0, 1.0), (1.0, 2.0), (2.0, strengths[-1]), (0.0, strengths[-1])]
    near = list(pairwise(strengths))
    some = [one for one in combinations(strengths, 2) if one in wanted and one not in near]
    return near + some


def split_table(factors: pd.DataFrame, spans: list[tuple[float, float]], window: str = "settled") -> pd.DataFrame:
    """Return a row a step and factor: window, from, to, factor, mean, low, high, n; paired seed by seed.

    `factors` has seed, strength and FACTORS. The factor "whole" is the difference itself, to which the others add up.
    """
    runs = {(b, seed): row for b, seed, row in _rows(factors)}
    seeds = sorted({seed for _, seed in runs})
    rows = []
    for one, two in spans:
        pairs = [(runs[one, s], runs[two, s]) for s in seeds if (one, s) in runs and (two, s) in runs]
        parts = np.array([[*split(a, b), resolution(b) - resolution(a)] for a, b in pairs])
        if not len(parts):
            continue
        for k, name in enumerate((*FACTORS, "whole")):
            rows.append({"window": window, "from": one, "to": two, "factor": name} | estimate(parts[:, k]))
    return pd.DataFrame(rows)


def _rows(factors: pd.DataFrame) -> list[tuple[float, int, Floats]]:
    values = factors[list(FACTORS)].to_numpy(dtype=np.float64)
    known = ~np.isnan(values).any(axis=1)
    keys = zip(factors["strength"], factors["seed"], strict=True)
    return [(float(b), int(s), row) for (b, s), row, good in zip(keys, values, known, strict=True) if good]
