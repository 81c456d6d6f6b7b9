"""Figure: real and reported resolution over the strength of the tournament, their gap, and the marginal gain."""

from __future__ import annotations

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
        "gain": "real resolution over β = {low:g}, points",
        "steps": "gain per unit of β, points",
        "axis": "strength of the tournament β",
        "today": "today",
    },
    "zh": {
        "levels": "解决率（%）",
        "gap": "考核与真实之差（百分点）",
        "gain": "真实解决率与 β = {low:g} 之差（百分点）",
        "steps": "每单位 β 的收益（百分点）",
        "axis": "锦标赛强度 β",
        "today": "现状",
    },
}
LOOK = {
    "real": {"color": COLOURS[2], "marker": "o", "ls": "-"},
    "reported": {"color": COLOURS[1], "marker": "s", "ls": "--"},
    "gap": {"color": COLOURS[0], "marker": "D", "ls": "-"},
    "streets": {"color": COLOURS[3], "marker": "^", "ls": ":"},
    "departments": {"color": COLOURS[4], "marker": "v", "ls": "-."},
}


def draw(ran: Ran, found: Found) -> Figure:
    """Draw over β levels and gap, below gains over the lowest strength and per unit between neighbours."""
    words, names = _WORDS[ran.language], MEASURES[ran.language]
    figure = new_figure(4.2)
    (levels, gap), (gain, steps) = figure.subplots(2, 2)
    for name in ("real", "reported"):
        line(levels, found.curve[found.curve["measure"] == name], name, names[name])
    line(gap, found.curve[found.curve["measure"] == "gap"], "gap", "")
    for name in ("real", "streets", "departments"):
        rows = found.curve[found.curve["measure"] == name]
        line(gain, rows.assign(mean=rows["gain"], low=rows["gain_low"], high=rows["gain_high"]), name, names[name])
    for k, name in enumerate(("real", "reported", "streets")):
        _steps(steps, found.steps[found.steps["measure"] == name], name, names[name], 0.03 * (k - 1))
    for axes in (gain, steps):
        axes.axhline(0.0, color="0.6", lw=0.8, zorder=0)
    for i, (axes, key) in enumerate(((levels, "levels"), (gap, "gap"), (gain, "gain"), (steps, "steps"))):
        axes.axvline(1.0, color="0.85", lw=0.8, zorder=0)
        axes.set_xlabel(words["axis"])
        title(axes, words[key].format(low=found.curve["strength"].min()), i)
    foot = {"xycoords": ("data", "axes fraction"), "xytext": (2, 4), "textcoords": "offset points"}
    gap.annotate(words["today"], (1.0, 0.0), fontsize=7, color="0.5", **foot)
    for axes, place in ((levels, "lower right"), (gain, "lower right"), (steps, "upper right")):
        axes.legend(loc=place, handlelength=3)
    return finish(figure, ran)


def line(axes: Axes, rows: pd.DataFrame, name: str, label: str) -> None:
    """Draw a measure over β in per cent, with its interval as a band."""
    look = LOOK[name]
    x = rows["strength"].to_numpy()
    mean, low, high = (100.0 * rows[key].to_numpy(dtype=float) for key in ("mean", "low", "high"))
    axes.fill_between(x, low, high, color=look["color"], alpha=0.2, lw=0)
    axes.plot(x, mean, ms=3, label=label, **look)  # type: ignore[arg-type]


def _steps(axes: Axes, rows: pd.DataFrame, name: str, label: str, side: float) -> None:
    """Draw steps as bars of their width, with the interval at the middle, to a `side` of it."""
    look = LOOK[name]
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
