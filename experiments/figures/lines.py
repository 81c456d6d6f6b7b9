"""Lines over the months with the bands of their intervals, which several figures draw alike."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from experiments.figures.style import MARKERS, dates, look_of
from experiments.findings import Findings

_APART, _WIDE = 3.0, 24.0  # days from an arm to the next where a single month is drawn, and of all arms at most
_MARKED = 6  # markers on a line


def over_months(
    axes: Axes, findings: Findings, name: str, factor: float, band: bool = True, marked: bool = False, **how: object
) -> None:
    """Draw an outcome over the months, an arm a line with its band; with markers on it if `marked`.

    An arm with a single month, of which no line is seen, is a marker with a whisker beside those of the other arms.
    """
    table = findings.by_seed(findings.monthly, "month", name)
    looks = look_of(findings)
    for i, (arm, look) in enumerate(looks.items()):
        part = table[table["arm"] == arm]
        days = dates(list(part["month"]))
        mean, low, high = (factor * part[key].to_numpy(dtype=np.float64) for key in ("mean", "low", "high"))
        step = -(-len(days) // _MARKED)
        mark = {"marker": MARKERS[i % len(MARKERS)], "ms": 3.0, "markevery": (i % step, step)}
        if len(days) == 1:
            beside = (i - 0.5 * (len(looks) - 1)) * min(_APART, _WIDE / len(looks))
            days = [days[0] + datetime.timedelta(days=round(beside))]
        axes.plot(days, mean, **(mark if marked or len(days) == 1 else {}) | look | how)  # type: ignore[arg-type]
        if band:
            interval_around(axes, days, low, high, str(look["color"]))


def interval_around(
    axes: Axes, days: Sequence[datetime.date], low: NDArray[np.float64], high: NDArray[np.float64], colour: str
) -> None:
    """Draw a band from low to high, (T,) each; of a single month, of which no band is seen, a whisker."""
    if len(days) == 1:
        axes.vlines(days, low, high, color=colour, lw=0.8)
    else:
        axes.fill_between(days, low, high, color=colour, alpha=0.2, lw=0)


def from_zero(axes: Axes, most: float | None = None) -> None:
    """Let an axis begin at zero and end at `most`, or else clear of all that is drawn, be it a single point."""
    axes.set_ylim(0.0, most or max(axes.get_ylim()[1], 1.05 * float(axes.dataLim.y1)))
