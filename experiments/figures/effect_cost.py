"""Figure: what every arm gains in real resolution against what it takes in staff hours, and in money if any does."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import change_label, finish, new_figure, of_outcome, wrapped
from experiments.figures.style import COLOURS
from experiments.findings import Findings

CAPTION = {
    "en": "What every arm gains in real resolution against what it takes in staff hours, with intervals both ways.",
    "zh": "各方案真实解决率的增益与所耗工时，横纵皆为区间。",
}
_MARKERS = "osD^vP*X<>p"  # as many as have no factor in common with the colours: no two arms look alike
_WORDS = {
    "en": {
        "hours": "staff hours on the hotline\n[% of {base}]",
        "money": "money spent on hours bought\n[million yuan a month]",
        "good": "more resolved, fewer hours",
    },
    "zh": {
        "hours": "热线工作总工时\n[占{base}的 %]",
        "money": "购买工时经费\n[百万元/月]",
        "good": "解决更多、工时更少",
    },
}
_ENDS = ("difference", "ci_low", "ci_high")


def draw(findings: Findings) -> Figure | None:
    """Draw a point an arm, with intervals both ways, over staff hours and, where an arm spends any, over money.

    What lies above and left of the origin is better for less.
    """
    hours = of_outcome(findings.comparison, "staff_hours") if findings.others else None
    if hours is None or not len(hours.dropna(subset=["difference"])):
        return None
    words, base = _WORDS[findings.language], findings.arms[findings.baseline]
    money = of_outcome(findings.comparison, "money")
    spends = bool(money["difference"].any())
    labels = {arm: wrapped(findings.arms[arm], 22 if spends else 32) for arm in findings.others}
    lines = sum(label.count("\n") + 1 for label in labels.values())
    figure = new_figure(max(2.8, 0.4 + 0.125 * lines + 0.07 * len(labels)))
    panels = figure.subplots(1, 3 if spends else 2, width_ratios=(1.6, 1.6, 1.0) if spends else (3.0, 1.3))
    hours = hours.set_index("arm")
    shares = pd.DataFrame({name: 100.0 * hours[name] / hours["baseline"] for name in _ENDS})
    _points(panels[0], findings, shares, labels)
    panels[0].set_xlabel(words["hours"].format(base=base).replace("\n", "\n" if spends else " "))
    panels[0].set_ylabel(change_label("real_resolution", findings.language), linespacing=1.3)
    hint = panels[0].text(0.01, 0.985, "↖ " + words["good"], transform=panels[0].transAxes, va="top", fontsize=7)
    hint.set(color="0.4", bbox={"facecolor": "1", "edgecolor": "none", "pad": 1.0})  # lines pass behind it
    if spends:
        _points(panels[1], findings, money.set_index("arm")[list(_ENDS)] / 1e6, labels)
        panels[1].set_xlabel(words["money"])
        panels[1].set_ylim(panels[0].get_ylim())
    panels[-1].axis("off")
    handles, names = panels[0].get_legend_handles_labels()
    panels[-1].legend(handles, names, loc="center left", borderpad=0.0, labelspacing=0.55, handlelength=1.2)
    return finish(figure, findings)


def _points(axes: Axes, findings: Findings, spent: pd.DataFrame, labels: dict[str, str]) -> None:
    """Draw what every arm gains over what it spends, (arms, _ENDS) in the axis's unit."""
    gains = of_outcome(findings.comparison, "real_resolution").set_index("arm")
    axes.axhline(0.0, color="0.75", lw=0.8, zorder=0)
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for i, arm in enumerate(findings.others):
        x = [float(spent.loc[arm, name]) for name in _ENDS]
        y = [100.0 * float(gains.loc[arm, name]) for name in _ENDS]
        colour, marker = COLOURS[1 + i % (len(COLOURS) - 1)], _MARKERS[i % len(_MARKERS)]
        axes.plot(x[1:], y[:1] * 2, color=colour, lw=0.9)
        axes.plot(x[:1] * 2, y[1:], color=colour, lw=0.9)
        axes.plot(x[:1], y[:1], marker, color=colour, ms=5, label=labels[arm])
    axes.plot([0.0], [0.0], "+", color="0", ms=7, label=findings.arms[findings.baseline])
    _edges(axes)


def _edges(axes: Axes) -> None:
    """Leave a margin around the points, and more above, where the hint stands."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.12 * (high - low))
    left, right = axes.get_xlim()
    axes.set_xlim(left - 0.02 * np.abs(right - left), right + 0.02 * np.abs(right - left))
