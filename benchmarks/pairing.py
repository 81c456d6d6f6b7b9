"""What shared luck is worth: the variance of an arm's effect, paired against independent seeds.

`uv run python -m benchmarks.pairing` runs two arms, tournament strength 1 and 2, under 20 seeds for 12 months and
takes each outcome's mean over the months. Paired, the effect is a_i − b_i under one seed i; its variance is compared
with that of a_i − b_j under independent seeds, var a + var b. The ratio says how many times fewer runs the pairing
needs. `--scale 1` takes Beijing 1:1; the default is one resident in ten, as a quick look.

Shared luck makes the two arms move together (the correlation); it cannot make them equally restless. Where the standard
deviation of an outcome itself follows the strength, as that of effort does, even a correlation of 1 gives no more than
(var a + var b) / (sd a − sd b)²: the column “at most”. Below the budget the verdict says so.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.text import table, verdict

RATIO = 10.0  # budget
STRENGTHS = (1.0, 2.0)
OUTCOMES = (
    *("real_resolution", "reported_resolution", "satisfaction", "tickets", "repeat_share", "hours_on_repeats"),
    *("effort", "morale", "documentation_share", "cost_per_resolved"),
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Gain:
    """Variances of one outcome's effect, their ratio with its 95 % interval (low, high), and what limits it.

    `most` is the ratio that a correlation of 1 between the arms would give.
    """

    outcome: str
    paired: float
    independent: float
    ratio: float
    low: float
    high: float
    correlation: float
    most: float


def one_seed(seed: int, city: str, scale: float, months: int) -> Floats:
    """Return the outcomes' means over the months under both strengths, (2, n_outcomes)."""
    from sim import TournamentModel
    from sim.reforms.tournament_strength import TournamentStrength

    rows = []
    for strength in STRENGTHS:
        model = TournamentModel(city=city, scale=scale, seed=seed, reforms=(TournamentStrength(strength=strength),))
        monthly = model.run(months).monthly()
        rows.append([float(monthly[name].mean()) for name in OUTCOMES])
        model.close()
    return np.array(rows)


def gains(values: Floats) -> list[Gain]:
    """Compare the variances of `values` (n_seeds, 2, n_outcomes).

    The interval is that of a ratio of two variances with n − 1 degrees of freedom each (F distribution). Both come
    from the same runs and the independent one has more freedom than that, so it is approximate and rather too wide.
    """
    from scipy.stats import f

    n = len(values)
    reach = float(f.ppf(0.975, n - 1, n - 1))
    paired = np.var(values[:, 1] - values[:, 0], axis=0, ddof=1)
    independent = np.var(values, axis=0, ddof=1).sum(axis=0)
    spread = np.std(values, axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = independent / paired
        correlation = (independent - paired) / (2.0 * spread[0] * spread[1])
        gap = spread[1] - spread[0]
        most = independent / (gap * gap)
    rows: Any = zip(OUTCOMES, paired, independent, ratio, ratio / reach, ratio * reach, correlation, most, strict=True)
    return [Gain(name, *map(float, figures)) for name, *figures in rows]


def compare(
    city: str = "beijing", scale: float = 0.1, months: int = 12, seeds: int = 20, n_jobs: int | None = None
) -> list[Gain]:
    """Run both arms under every seed and compare the variances. Raises ValueError if seeds < 2."""
    if seeds < 2:
        raise ValueError(f"seeds: {seeds} must be at least 2")
    work = partial(one_seed, city=city, scale=scale, months=months)
    jobs = n_jobs or os.cpu_count() or 1
    if jobs == 1:
        return gains(np.array([work(seed) for seed in range(1, seeds + 1)]))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return gains(np.array(list(pool.map(work, range(1, seeds + 1)))))


def report(found: list[Gain], title: str) -> str:
    """Return the table."""
    rows = []
    for g in found:
        variances = [f"{g.independent:.3g}", f"{g.paired:.3g}"]
        limits = [f"{g.correlation:.3f}", f"{g.most:.1f}" if g.most < 1000.0 else "> 1000"]
        kept = verdict(g.ratio, RATIO, at_least=True) if g.most >= RATIO else "cannot be reached"
        rows.append([g.outcome, *variances, f"{g.ratio:.1f}", f"{g.low:.1f} to {g.high:.1f}", *limits, kept])
    columns = ["outcome", "variance, independent", "variance, paired", "ratio", "95 % interval"]
    columns += ["correlation", "at most", f"≥ {RATIO:g}"]
    return table(title, columns, rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--city", default="beijing")
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=None, help="processes; default one a core")
    a = parser.parse_args()
    title = f"Effect of strength {STRENGTHS[1]:g} against {STRENGTHS[0]:g}: {a.city}, scale {a.scale:g}, "
    title += f"mean of {a.months} months, {a.seeds} seeds"
    print(report(compare(a.city, a.scale, a.months, a.seeds, a.jobs), title))


if __name__ == "__main__":
    main()
