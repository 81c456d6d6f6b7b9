"""Figure: real and reported resolution over the strength of the tournament, their gap, and the marginal gain."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import finish, new_figure, title
from experiments.figures.style import COLOURS
from experiments.studies.diminishing_returns.curve_words import Found
from experiments.studies.diminishing_returns.texts import MEASURES
from experiments.studies.ran import Ran

_WORDS = {
    "en": {
        "levels": "resolution, per cent",
        "gap": "reported minus real, points",
        "steps": "gain per unit of β, points",
        "axis": "strength of the tournament β",
        "today": "today",
        "best": "best strength tried, 95 %",
    },
    "zh": {
        "levels": "解决率（%）",
        "gap": "考核与真实之差（百分点）",
        "steps": "每单位 β 的收益（百分点）",
        "axis": "锦标赛强度 β",
        "today": "现状",
        "best": "所试最佳强度，95 %",
    },
}
LOOK = {
    "real": {"color": COLOURS[2], "marker": "o", "ls": "-"},
    "reported": {"color": COLOURS[1], "marker": "s", "ls": "--"},
    "gap": {"color": COLOURS[0], "marker": "D", "ls": "-"},
}


def draw(ran: Ran, found: Found) -> Figure:
    """Draw three panels over β: levels, gap, and gain per unit between neighbours, each with its interval."""
    words, names = _WORDS[ran.language], MEASURES[ran.language]
    figure = new_figure(2.3)
    levels, gap, steps = figure.subplots(1, 3)
    for name in ("real", "reported"):
        line(levels, found.curve[found.curve["measure"] == name], name, names[name])
    line(gap, found.curve[found.curve["measure"] == "gap"], "gap", "")
    for name in ("real", "reported"):
        _steps(steps, found.steps[found.steps["measure"] == name], name, names[name])
    steps.axhline(0.0, color="0.6", lw=0.8, zorder=0)
    best, bottom = found.best, levels.get_ylim()[0]
    if not np.isnan(best.low):
        levels.plot([best.low, best.high], [bottom, bottom], color=COLOURS[2], lw=4, alpha=0.4, label=words["best"])
        levels.set_ylim(bottom, None)
    for i, (axes, key) in enumerate(((levels, "levels"), (gap, "gap"), (steps, "steps"))):
        axes.axvline(1.0, color="0.85", lw=0.8, zorder=0)
        axes.set_xlabel(words["axis"])
        title(axes, words[key], i)
    levels.annotate(
        words["today"],
        (1.0, 0.02),
        xycoords=("data", "axes fraction"),
        fontsize=7,
        color="0.5",
        xytext=(2, 4),
        textcoords="offset points",
    )
    levels.legend(loc="lower right")
    steps.legend(loc="upper right")
    return finish(figure, ran)


def line(axes: Axes, rows: pd.DataFrame, name: str, label: str) -> None:
    """Draw a measure over β in per cent, with its interval as a band."""
    look = LOOK[name]
    x = rows["strength"].to_numpy()
    mean, low, high = (100.0 * rows[key].to_numpy(dtype=np.float64) for key in ("mean", "low", "high"))
    axes.fill_between(x, low, high, color=look["color"], alpha=0.2, lw=0)
    axes.plot(x, mean, ms=3, label=label, **look)  # type: ignore[arg-type]


def _steps(axes: Axes, rows: pd.DataFrame, name: str, label: str) -> None:
    """Draw steps as bars of their width, with the interval at the middle."""
    look, side = LOOK[name], -0.02 if name == "real" else 0.02
    for k, row in enumerate(rows.itertuples()):
        middle = (row._2 + row.to) / 2.0 + side
        axes.plot(
            [row._2, row.to],
            [100.0 * row.mean] * 2,
            color=look["color"],
            ls=look["ls"],
            label=label if k == 0 else None,
        )
        axes.plot([middle, middle], [100.0 * row.low, 100.0 * row.high], color=look["color"], lw=0.8)
        axes.plot([middle], [100.0 * row.mean], look["marker"], color=look["color"], ms=3)
