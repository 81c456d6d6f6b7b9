"""Figure: reported resolution, satisfaction and real resolution over time, with the published points."""

from __future__ import annotations

import datetime

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.figures.lines import over_months
from experiments.figures.panels import legend_below
from experiments.figures.style import WIDE, foot, letter, year_axis
from experiments.findings import Findings

CAPTION = {
    "en": "Reported resolution, satisfaction and real resolution over time, with the published points.",
    "zh": "回访解决率、满意率与真实解决率的变化，附公布数据点。",
}
_WORDS = {
    "en": {
        "reported_resolution": "reported resolution",
        "satisfaction": "satisfaction",
        "real_resolution": "real resolution (simulated only)",
        "axis": "per cent",
        "published": "published",
        "recalled": "published, recalled from memory",
        "year": "published for a whole year",
    },
    "zh": {
        "reported_resolution": "解决率（考核）",
        "satisfaction": "满意率",
        "real_resolution": "真实解决率（仅模拟可见）",
        "axis": "百分比",
        "published": "公布值",
        "recalled": "公布值（据记忆，待核）",
        "year": "全年公布值",
    },
}
_METRIC = {"reported_resolution": "resolution_rate", "satisfaction": "satisfaction_rate"}


def draw(findings: Findings) -> Figure:
    """Draw three panels on one scale: what is reported, how satisfied, and what was really resolved."""
    words = _WORDS[findings.language]
    figure = Figure(figsize=(WIDE, 2.4))
    panels = figure.subplots(1, 3, sharey=True)
    months = list(findings.monthly["month"].unique())
    drawn: set[str] = set()
    for i, (axes, name) in enumerate(
        zip(panels, ("reported_resolution", "satisfaction", "real_resolution"), strict=True)
    ):
        over_months(axes, findings, name, 100.0)
        if name in _METRIC:
            drawn |= _points(axes, findings.published[findings.published["metric"] == _METRIC[name]], months)
        letter(axes, i, words[name])
        year_axis(axes, months)
    low, high = panels[0].get_ylim()
    panels[0].set_ylim(max(0.0, low), min(100.5, high))  # intervals of few seeds may leave what a share can be
    panels[0].set_ylabel(words["axis"])
    figure.subplots_adjust(left=0.065, right=0.985, top=0.91, wspace=0.12)
    legend_below(figure, [*panels[0].get_legend_handles_labels()[0], *_published(drawn, words)], handlelength=2.4)
    foot(figure, findings)
    return figure


def _published(drawn: set[str], words: dict[str, str]) -> list[Line2D]:
    """Return the legend's entries of those kinds of published points that were drawn."""
    dot = {"marker": "o", "color": "0.35", "linestyle": "none", "markersize": 4}
    kinds = {"published": dot, "recalled": dot | {"markerfacecolor": "none"}, "year": {"color": "0.35", "lw": 0.8}}
    return [Line2D([], [], label=words[kind], **how) for kind, how in kinds.items() if kind in drawn]  # type: ignore[arg-type]


def _points(axes: Axes, published: pd.DataFrame, months: list[str]) -> set[str]:
    """Mark published points within the simulated months: filled if seen in a source, else hollow; a year as a bar.

    Return the kinds that were drawn, as the words name them.
    """
    drawn = set()
    first, last = months[0], months[-1]
    for row in published.itertuples():
        kind = "recalled" if row.confidence == "recalled" else "published"
        hollow = "none" if kind == "recalled" else "0.35"
        if pd.isna(row.month):
            if not first[:4] <= str(row.year) <= last[:4]:
                continue
            ends = [datetime.date(row.year, 1, 1), datetime.date(row.year, 12, 31)]
            axes.plot(ends, [row.value, row.value], color="0.35", lw=0.8)
            drawn.add("year")
            day = datetime.date(row.year, 7, 1)
        else:
            if not first <= f"{row.year}-{int(row.month):02d}" <= last:
                continue
            day = datetime.date(row.year, int(row.month), 15)
        axes.plot([day], [row.value], "o", ms=4, color="0.35", markerfacecolor=hollow, zorder=5)
        if first <= f"{day:%Y-%m}" <= last:  # the middle of a year may lie outside
            drawn.add(kind)
    return drawn
