"""exp, log and the normal distribution by table, so that results do not depend on the machine's mathematics.

NumPy's and C's elementary functions differ in the last bit between processors. Each table is made with Python's
`decimal` (or from it), rounded to multiples of 2^-30 and read by linear interpolation: the same bits anywhere, for
single numbers and for arrays alike. Errors: exp and density below 2e-7, log below 3e-8.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Real = float | Floats  # functions take either and give back the like

_STEPS = 1024  # table steps per unit of x
_REACH = 24  # exp(-24) is 4e-11: zero at 2^-30
_NORMAL_REACH = 7
_LOG_STEPS = 4096
_BLOCK = 1 << 14
GRAIN = 2.0**30


def grain(x: Real) -> Any:
    """Round to multiples of 2^-30: sums of such numbers are exact in any order (up to 2^23 terms of size 1)."""
    return np.floor(x * GRAIN + 0.5) / GRAIN


def _rounded(values: list[Decimal]) -> Floats:
    return np.array([int((v * 2**30).to_integral_value()) for v in values], dtype=np.int64) / GRAIN


@lru_cache(maxsize=1)
def _exp_table() -> tuple[Floats, Floats]:
    with localcontext() as context:
        context.prec = 40
        ratio = (Decimal(-1) / _STEPS).exp()
        values = [Decimal(1)]
        for _ in range(_REACH * _STEPS):
            values.append(values[-1] * ratio)
    return _with_slopes(_rounded(values))


@lru_cache(maxsize=1)
def _density_table() -> tuple[Floats, Floats]:
    with localcontext() as context:
        context.prec = 40
        step = Decimal(1) / _STEPS
        root_two_pi = (2 * Decimal("3.14159265358979323846264338327950288419716939937511")).sqrt()
        grow, square = (-step * step / 2).exp(), (-step * step).exp()
        values = [1 / root_two_pi]
        for _ in range(_NORMAL_REACH * _STEPS):
            values.append(values[-1] * grow)
            grow *= square
    return _with_slopes(_rounded(values))


@lru_cache(maxsize=1)
def _log_table() -> tuple[Floats, Floats, float]:
    with localcontext() as context:
        context.prec = 40
        step = Decimal(1) / _LOG_STEPS
        values = [Decimal("0.5").ln()]
        x = Decimal("0.5")
        for _ in range(_LOG_STEPS // 2):
            z = step / (2 * x + step)
            values.append(values[-1] + 2 * (z + z**3 / 3 + z**5 / 5))
            x += step
        ln2 = float(Decimal(2).ln())
    return (*_with_slopes(_rounded(values)), ln2)


def _with_slopes(values: Floats) -> tuple[Floats, Floats]:
    return values, np.append(np.diff(values), 0.0)


def _read(table: tuple[Floats, Floats], position: Real) -> Any:
    cell = np.asarray(position).astype(np.intp)
    out = position - cell
    out *= table[1].take(cell)
    out += table[0].take(cell)
    return out


def exp_neg(x: Real) -> Any:
    """Return e^(-x) for x ≥ 0."""
    return _read(_exp_table(), np.minimum(x, float(_REACH)) * _STEPS)


def density(z: Real) -> Any:
    """Return the standard normal density φ(z)."""
    return _read(_density_table(), np.minimum(np.abs(z), float(_NORMAL_REACH)) * _STEPS)


def log(x: Real) -> Any:
    """Return the natural logarithm of x > 0."""
    mantissa, exponent = np.frexp(x)
    values, slopes, ln2 = _log_table()
    return _read((values, slopes), (mantissa - 0.5) * _LOG_STEPS) + exponent * ln2


def power(x: Real, a: float) -> Any:
    """Return x^a for x > 0 and moderate a (|a ln x| < 24), as e^(a ln x)."""
    if np.size(x) <= _BLOCK:
        return _power(x, a)
    flat, out = np.asarray(x).reshape(-1), np.empty(np.size(x))
    for start in range(0, len(flat), _BLOCK):  # intermediate results stay in the cache
        out[start : start + _BLOCK] = _power(flat[start : start + _BLOCK], a)
    return out.reshape(np.shape(x))


def _power(x: Real, a: float) -> Any:
    y = a * log(x)
    up = exp_neg(np.abs(y))
    return np.where(y > 0.0, 1.0 / np.maximum(up, 1.0 / GRAIN), up)


@lru_cache(maxsize=8)
def normal_quantiles(n: int) -> Floats:
    """Return the standard normal quantiles at (i + 1/2) / n, (n,)."""
    normal = NormalDist()
    out: Floats = grain(np.array([normal.inv_cdf((i + 0.5) / n) for i in range(n)]))
    return out


@lru_cache(maxsize=32)
def lognormal_quantiles(log_sd: float, n: int = 4096) -> Floats:
    """Return n equally likely values of a lognormal variable with mean 1 and the given standard deviation of logs."""
    z = log_sd * normal_quantiles(n)
    small = exp_neg(np.abs(z))
    values = np.where(z > 0.0, 1.0 / small, small)
    out: Floats = grain(values * (n * GRAIN / float(np.sum(np.floor(values * GRAIN).astype(np.int64)))))
    return out


def lognormal(log_sd: float, u: Floats) -> Floats:
    """Return lognormal values with mean 1 for uniforms `u` of any shape."""
    values = lognormal_quantiles(log_sd)
    out: Floats = values[(u * len(values)).astype(np.int64)]
    return out


@lru_cache(maxsize=32)
def lorenz_positions(log_sd: float, n: int = 4096) -> tuple[Floats, Floats]:
    """Return the table (n + 1,) and slopes of p(u), by which a uniform u picks a person by lognormal propensity.

    People in rising order of propensity up to the share p make the share u of requests: p = Φ(Φ^-1(u) + log_sd).
    """
    normal = NormalDist()
    inner = [normal.cdf(normal.inv_cdf(i / n) + log_sd) for i in range(1, n)]
    return _with_slopes(grain(np.array([0.0, *inner, 1.0])))


def read_lorenz(table: tuple[Floats, Floats], u: Floats) -> Floats:
    """Return the positions in [0, 1) among people of the uniforms `u` (k,)."""
    out: Floats = _read(table, u * (len(table[0]) - 1))
    return out
