"""Figure: how a surge passes: its difference to the same run without it, over months, an arm a line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import finish, new_figure, title, wrapped
from experiments.figures.style import COLOURS, DASHES
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_figure import of_stage
from experiments.studies.repeat_loop.recovery import OUTCOMES, WITHIN
from experiments.words import name_of

_LINEAR = 10.0  # per cent: within it the axis is linear, beyond it logarithmic
_BEFORE = -1  # months shown before the surge
_WORDS = {
    "en": {
        "axis": "months from the surge's first",
        "of": "difference to no surge, %",
        "note": "shaded: the surge; grey band: within 1 % of the path without it; beyond ±10 % the axis is logarithmic",
    },
    "zh": {
        "axis": "自激增首月起的月数",
        "of": "与无激增相比的差异（%）",
        "note": "阴影为激增；灰带为无激增路径的 1 % 以内；±10 % 以外为对数坐标",
    },
}


def draw(ran: Ran, paths: pd.DataFrame) -> Figure:
    """Draw an outcome a panel, linear near nothing and logarithmic beyond, so that peak and remainder are both seen."""
    words = _WORDS[ran.language]
    figure = new_figure(3.7)
    panels = figure.subplots(2, 3, sharex=True)
    for i, (axes, name) in enumerate(zip(panels.ravel(), OUTCOMES, strict=True)):
        axes.axhspan(-100.0 * WITHIN, 100.0 * WITHIN, color="0.85", lw=0, zorder=-1)
        axes.axhline(0.0, color="0.6", lw=0.8, zorder=0)
        axes.axvspan(0.5, ran.settings.parameters.surge_months + 0.5, color="0.92", lw=0, zorder=-2)
        rows = paths[(paths["outcome"] == name) & (paths["month_after"] >= _BEFORE)]
        _lines(axes, ran, rows)
        axes.set_yscale("symlog", linthresh=_LINEAR, subs=[2, 5])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_formatter(lambda value, _: f"{value:g}")
        axes.tick_params(axis="y", which="minor", labelsize=6)
        title(axes, wrapped(name_of(name, ran.language), 34), i)
    for axes in panels[1]:
        axes.set_xlabel(words["axis"])
    for axes in panels[:, 0]:
        axes.set_ylabel(words["of"])
    panels[1, 1].legend(loc="upper right", handlelength=2.6)
    return finish(figure, of_stage(ran, "recovery"), words["note"])


def _lines(axes: Axes, ran: Ran, rows: pd.DataFrame) -> None:
    """Draw an outcome's difference over its level without the surge, an arm a line, with its interval."""
    for k, (arm, path) in enumerate(rows.groupby("arm", sort=False)):
        over = 100.0 / path["without"].where(path["without"] != 0.0)
        mean, low, high = ((over * path[key]).to_numpy(dtype=np.float64) for key in ("difference", "low", "high"))
        look = {"color": COLOURS[k % len(COLOURS)], "ls": DASHES[k % len(DASHES)]}
        axes.fill_between(path["month_after"], low, high, color=look["color"], alpha=0.15, lw=0)
        axes.plot(path["month_after"], mean, label=ran.settings.labels[str(arm)], **look)
