"""Figure: how many problems fewer every arm leaves unresolved, against its staff hours, and money if any spends it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.cost import in_percent
from experiments.figures.panels import finish, new_figure, of_outcome, title, wrapped
from experiments.figures.style import COLOURS, MARKERS
from experiments.findings import Findings

CAPTION = {
    "en": "How many problems fewer every arm leaves unresolved (filed and not really resolved by the end of the run) "
    "against how many staff hours more it takes: totals of a run in per cent of the first arm's, with intervals both "
    "ways.",
    "zh": "各方案少遗留的未解决问题（已提出、到期末未真实解决）与多用的工时："
    "整个运行合计占首个方案的百分比，横纵皆为区间。",
}
_APART = 1.75  # times as far from the baseline as the next arm: those within are drawn larger, too
_CROWD = 5  # arms
_WORDS = {
    "en": {
        "all": "all arms",
        "near": "those near {base}",
        "by_money": "all arms, over money",
        "gained": "fewer problems left unresolved\n[% of those left in {base}]",
        "hours": "more staff hours than {base}\n[% of its hours]",
        "money": "more money spent on hours bought\n[million yuan a month]",
        "good": "fewer left, fewer hours",
    },
    "zh": {
        "all": "全部方案",
        "near": "接近{base}者（放大）",
        "by_money": "全部方案，按经费",
        "gained": "少遗留的未解决问题\n[占{base}遗留数的 %]",
        "hours": "多用的工时（与{base}相比）\n[占{base}工时的 %]",
        "money": "多花的购买工时经费\n[百万元/月]",
        "good": "遗留更少、工时更少",
    },
}
_ENDS = ("difference", "ci_low", "ci_high")


def draw(findings: Findings) -> Figure | None:
    """Draw a point an arm, with intervals both ways, over staff hours and, where an arm spends any, over money.

    What lies above and left of the origin is better for less. Where some arms lie so far off that the others crowd
    around the baseline, these have a panel of their own.
    """
    if not len(findings.cost):
        return None
    shares = in_percent(findings.cost, findings.monthly, findings.baseline)
    if shares["gained"].isna().all():
        return None
    words, base = _WORDS[findings.language], findings.arms[findings.baseline]
    spent = shares[["spent", "spent_low", "spent_high"]].set_axis(_ENDS, axis=1)
    gained = shares[["gained", "gained_low", "gained_high"]].set_axis(_ENDS, axis=1)
    money = of_outcome(findings.comparison, "money").set_index("arm")[list(_ENDS)] / 1e6
    hours = wrapped(words["hours"].format(base=base), 36)
    drawn = {"all": (spent, list(findings.others), hours)}
    if near := _near(shares[["spent", "gained"]]):
        drawn["near"] = (spent, near, hours)
    if money["difference"].any():
        drawn["by_money"] = (money, list(findings.others), words["money"])
    labels = {arm: wrapped(findings.arms[arm], 32 if len(drawn) == 1 else 22) for arm in findings.shown}
    figure, panels, aside = _layout(len(drawn), labels)
    for i, (axes, (name, (over, arms, label))) in enumerate(zip(panels, drawn.items(), strict=True)):
        _points(axes, findings, over, gained, {arm: labels[arm] for arm in [findings.baseline, *arms]})
        axes.set_xlabel(label if len(drawn) > 1 or label.count("\n") > 1 else label.replace("\n", " "))
        if len(drawn) > 1:
            title(axes, wrapped(words[name].format(base=base), 36), i)
    panels[0].set_ylabel(wrapped(words["gained"].format(base=base), 32), linespacing=1.3)
    hint = panels[0].text(0.01, 0.985, "↖ " + words["good"], transform=panels[0].transAxes, va="top", fontsize=7)
    hint.set(color="0.4", bbox={"facecolor": "1", "edgecolor": "none", "pad": 1.0})  # lines pass behind it
    handles, names = panels[0].get_legend_handles_labels()
    aside.legend(handles, names, loc="center left", borderpad=0.0, labelspacing=0.55, handlelength=1.2)
    return finish(figure, findings)


def _near(points: pd.DataFrame) -> list[str]:
    """Return the arms around the baseline where others lie much farther off, in order; none if there is no such gap.

    points (arms, 2): how far off each arm lies in the one direction or the other, whichever is more beside the others.
    """
    size = (points.abs() / points.abs().max()).max(axis=1)
    ordered = size[size > 0.0].sort_values()
    steps = (ordered / ordered.shift()).iloc[max(2, len(ordered) // 2) :]  # what lies beyond a step is the smaller part
    if not len(steps) or steps.max() < _APART:
        return []
    near = [str(arm) for arm in points.index if size[arm] < ordered[steps.idxmax()]]
    return near if len(near) >= _CROWD else []


def _layout(panels: int, labels: dict[str, str]) -> tuple[Figure, list[Axes], Axes]:
    """Return a figure with one to three panels and the place of the legend."""
    lines = sum(label.count("\n") + 1 for label in labels.values())
    height = max(2.8, 0.4 + 0.125 * lines + 0.07 * len(labels))
    if panels == 3:
        figure = new_figure(2.0 * height)
        axes = list(figure.subplots(2, 2).flat)
    else:
        figure = new_figure(height)
        axes = list(figure.subplots(1, panels + 1, width_ratios=(3.0, 1.3) if panels == 1 else (1.6, 1.6, 1.0)))
    axes[-1].axis("off")
    return figure, axes[:-1], axes[-1]


def _points(axes: Axes, findings: Findings, spent: pd.DataFrame, gained: pd.DataFrame, labels: dict[str, str]) -> None:
    """Draw what arms gain over what they spend, each (arms, _ENDS) in the axis's unit; of the arms with labels."""
    axes.axhline(0.0, color="0.75", lw=0.8, zorder=0)
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for i, arm in enumerate(findings.others):
        if arm not in labels:
            continue
        x = [float(spent.loc[arm, name]) for name in _ENDS]
        y = [float(gained.loc[arm, name]) for name in _ENDS]
        colour, marker = COLOURS[1 + i % (len(COLOURS) - 1)], MARKERS[i % len(MARKERS)]
        axes.plot(x[1:], y[:1] * 2, color=colour, lw=0.9)
        axes.plot(x[:1] * 2, y[1:], color=colour, lw=0.9)
        axes.plot(x[:1], y[:1], marker, color=colour, ms=5, label=labels[arm])
    axes.plot([0.0], [0.0], "+", color="0", ms=7, label=labels[findings.baseline])
    _edges(axes)


def _edges(axes: Axes) -> None:
    """Leave a margin around the points, and more above, where the hint stands."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.12 * (high - low))
    left, right = axes.get_xlim()
    axes.set_xlim(left - 0.02 * np.abs(right - left), right + 0.02 * np.abs(right - left))
