"""Figure: effects over time, real and reported resolution month by month, with bands."""

from __future__ import annotations

import datetime

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.lines import interval_around
from experiments.figures.panels import finish, new_figure, of_outcome, title, wrapped
from experiments.figures.style import COLOURS, DASHES, dates, year_axis
from experiments.findings import Findings
from experiments.words import name_of

CAPTION = {
    "en": "Effects over time: paired differences to the first arm month by month, with bands.",
    "zh": "效应的时间路径：与首个方案逐月的配对差异及区间带。",
}
_COLUMNS = 3
_LINES = {"real_resolution": (COLOURS[2], DASHES[0]), "reported_resolution": (COLOURS[1], DASHES[1])}
_AXIS = {"en": "difference to {base}\n[percentage points]", "zh": "与{base}之差\n[百分点]"}


def draw(findings: Findings) -> Figure | None:
    """Draw a panel an arm: the paired difference to the baseline in each month, real and reported."""
    if not len(findings.paths):
        return None
    arms = findings.others
    rows = -(-len(arms) // _COLUMNS)
    columns = -(-len(arms) // rows)  # four arms stand two by two
    figure = new_figure(0.35 + 1.45 * rows)
    panels = figure.subplots(rows, columns, sharex=False, sharey=True, squeeze=False)
    for i, axes in enumerate(panels.flat):
        if i >= len(arms):
            axes.set_visible(False)
            continue
        _panel(axes, findings, arms[i])
        title(axes, wrapped(findings.arms[arms[i]], 40), i)
        if i + columns < len(arms):
            axes.tick_params(axis="x", which="both", labelbottom=False)
    label = wrapped(_AXIS[findings.language].format(base=findings.arms[findings.baseline]), 24)
    for row in panels:
        row[0].set_ylabel(label, linespacing=1.3)
    figure.legend(handles=panels[0, 0].get_lines()[1:], loc="outside upper center", ncols=2, handlelength=2.4)
    return finish(figure, findings)


def _panel(axes: Axes, findings: Findings, arm: str) -> None:
    axes.axhline(0.0, color="0.75", lw=0.8, zorder=0)
    for side, (name, (colour, dashes)) in zip((-3, 3), _LINES.items(), strict=True):
        rows = of_outcome(findings.paths, name)
        rows = rows[rows["arm"] == arm]
        days = dates(list(rows["month"]))
        label = name_of(name, findings.language)
        change, low, high = (
            100.0 * rows[key].to_numpy(dtype=np.float64) for key in ("difference", "ci_low", "ci_high")
        )
        if len(days) == 1:  # of which no line is seen
            days = [days[0] + datetime.timedelta(days=side)]
        axes.plot(days, change, color=colour, linestyle=dashes, label=label, marker="o" if len(days) == 1 else "", ms=3)
        interval_around(axes, days, low, high, colour)
    year_axis(axes, list(of_outcome(findings.paths[findings.paths["arm"] == arm], "real_resolution")["month"]))
