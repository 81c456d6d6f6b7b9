"""Figure: what the hotline's hours go into, and the duties that they are withdrawn from."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import WIDE, dates, foot, legend_below, letter, year_axis
from experiments.findings import Findings

# paid hours, from the ground up; below zero, where hours above the resting effort come from
_PAID = ("handling", "contact", "prevention", "documentation", "dispute", "low_morale", "idle")
_TAKEN = ("withdrawn", "overtime")
_MOST = 5  # panels that fit side by side
_WORDS = {
    "en": {
        "handling": "handling",
        "contact": "first contact",
        "prevention": "prevention",
        "documentation": "documentation",
        "dispute": "disputes",
        "low_morale": "lost to low morale",
        "idle": "idle or carried over",
        "withdrawn": "withdrawn from unranked duties",
        "overtime": "overtime",
        "axis": "thousand hours a month",
    },
    "zh": {
        "handling": "办理",
        "contact": "首次联系",
        "prevention": "未诉先办（预防）",
        "documentation": "留痕与剔除材料",
        "dispute": "派单异议",
        "low_morale": "士气低落损失",
        "idle": "空闲或结转",
        "withdrawn": "从非考核工作抽走",
        "overtime": "加班",
        "axis": "千小时/月",
    },
}
_COLOURS = {
    "handling": "#0072B2",
    "contact": "#56B4E9",
    "prevention": "#009E73",
    "documentation": "#D55E00",
    "dispute": "#F0E442",
    "low_morale": "0.55",
    "idle": "0.88",
}
_HATCH = {"withdrawn": "////", "overtime": "...."}


CAPTION = {
    "en": "What the hotline's hours go into, and the duties that they are withdrawn from.",
    "zh": "热线工时的去向，及其所挤占的其他职责。",
}


def draw(findings: Findings) -> Figure:
    """Draw a panel an arm (at most five): hours by use stacked, means over seeds."""
    words = _WORDS[findings.language]
    arms = findings.shown[:_MOST]
    figure = Figure(figsize=(WIDE, 2.6))
    panels = figure.subplots(1, len(arms), sharey=True, squeeze=False)[0]
    for i, (axes, arm) in enumerate(zip(panels, arms, strict=True)):
        mean = _mean_hours(findings.hours, arm)
        days = dates([str(month) for month in mean.index])
        axes.stackplot(
            days,
            *[mean[use] for use in _PAID],
            colors=[_COLOURS[use] for use in _PAID],
            labels=[words[use] for use in _PAID],
            lw=0,
        )
        ground = np.zeros(len(days))
        for use in _TAKEN:
            below = ground - mean[use].to_numpy()
            axes.fill_between(
                days, ground, below, facecolor="1", edgecolor="0.3", hatch=_HATCH[use], lw=0.4, label=words[use]
            )
            ground = below
        axes.axhline(0.0, color="0", lw=0.6)
        letter(axes, i, findings.arms[arm])
        year_axis(axes, [str(month) for month in mean.index])
    panels[0].set_ylabel(words["axis"])
    panels[0].yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    figure.subplots_adjust(left=0.085, right=0.985, top=0.92, wspace=0.08)
    legend_below(figure, panels[0].get_legend_handles_labels()[0], columns=5, handlelength=1.4)
    foot(figure, findings, intervals=False)
    return figure


def _mean_hours(hours: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return thousand hours by month and use, (T, uses), means over seeds."""
    part = hours[hours["arm"] == arm]
    return part.pivot_table(index="month", columns="use", values="hours", aggfunc="mean") / 1000.0
