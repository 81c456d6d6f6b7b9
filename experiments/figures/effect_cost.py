"""Figure: what every arm gains in real resolution against what it takes in staff hours."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import change_label, finish, new_figure, of_outcome, wrapped
from experiments.figures.style import COLOURS
from experiments.findings import Findings

CAPTION = {
    "en": "What every arm gains in real resolution against what it takes in staff hours, with intervals both ways.",
    "zh": "各方案真实解决率的增益与所耗工时，横纵皆为区间。",
}
_MARKERS = "osD^vP*X<>ph"
_WORDS = {
    "en": {"hours": "staff hours on the hotline [% of {base}]", "good": "more resolved, fewer hours"},
    "zh": {"hours": "热线工作总工时 [占{base}的 %]", "good": "解决更多、工时更少"},
}


def draw(findings: Findings) -> Figure | None:
    """Draw a point an arm, with intervals both ways; what lies above and left of the origin is better for less."""
    hours = of_outcome(findings.comparison, "staff_hours") if findings.others else None
    if hours is None or not len(hours.dropna(subset=["difference"])):
        return None
    words, base = _WORDS[findings.language], findings.arms[findings.baseline]
    labels = {arm: wrapped(findings.arms[arm], 32) for arm in findings.others}
    lines = sum(label.count("\n") + 1 for label in labels.values())
    figure = new_figure(max(2.7, 0.4 + 0.125 * lines + 0.07 * len(labels)))
    axes, key = figure.subplots(1, 2, width_ratios=(3.0, 1.3))
    gains = of_outcome(findings.comparison, "real_resolution").set_index("arm")
    hours = hours.set_index("arm")
    axes.axhline(0.0, color="0.75", lw=0.8, zorder=0)
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for i, arm in enumerate(findings.others):
        x = [100.0 * float(hours.loc[arm, name] / hours.loc[arm, "baseline"]) for name in _ENDS]
        y = [100.0 * float(gains.loc[arm, name]) for name in _ENDS]
        colour, marker = COLOURS[1 + i % (len(COLOURS) - 1)], _MARKERS[i % len(_MARKERS)]
        axes.plot(x[1:], y[:1] * 2, color=colour, lw=0.9)
        axes.plot(x[:1] * 2, y[1:], color=colour, lw=0.9)
        axes.plot(x[:1], y[:1], marker, color=colour, ms=5, label=labels[arm])
    axes.plot([0.0], [0.0], "+", color="0", ms=7, label=base)
    _edges(axes)
    hint = axes.text(0.01, 0.985, "↖ " + words["good"], transform=axes.transAxes, va="top", fontsize=7, color="0.4")
    hint.set_bbox({"facecolor": "1", "edgecolor": "none", "pad": 1.0})  # where the line of no hours passes behind it
    axes.set_xlabel(words["hours"].format(base=base))
    axes.set_ylabel(change_label("real_resolution", findings.language), linespacing=1.3)
    key.axis("off")
    handles, labels = axes.get_legend_handles_labels()
    key.legend(handles, labels, loc="center left", borderpad=0.0, labelspacing=0.55, handlelength=1.2)
    return finish(figure, findings)


_ENDS = ("difference", "ci_low", "ci_high")


def _edges(axes: Axes) -> None:
    """Leave a margin around the points, and more above, where the hint stands."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.12 * (high - low))
    left, right = axes.get_xlim()
    axes.set_xlim(left - 0.02 * np.abs(right - left), right + 0.02 * np.abs(right - left))
