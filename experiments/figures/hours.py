"""Figure: what the hotline's hours go into, the duties that they are withdrawn from, and its small uses one by one."""

from __future__ import annotations

import calendar
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from experiments.figures.hours_words import WORDS
from experiments.figures.panels import fitted_legend, wrapped
from experiments.figures.style import MARKERS, WIDE, dates, foot, letter, year_axis
from experiments.findings import Findings

CAPTION = {
    "en": "What the hotline's hours go into month by month, below zero the duties that they are withdrawn from and "
    "overtime, and the small uses one by one in the mean of the last months, twelve if there are; means over seeds.",
    "zh": "热线工时逐月用途，零线以下为其挤占的其他工作与加班；"
    "下排为最后（至多十二）个月平均的各项小用途；均为各种子均值。",
}
INTERVALS = False
_MOST = 5  # arms
_LAST = 12  # months whose mean the lower panels show
_TOP, _ROW, _USE, _EDGE = 2.2, 0.18, 0.24, 0.26  # inches: upper panels, a row of a legend or of a lower panel, a title
# small uses of units' hours, and of others' beside them, each with the uses of the record that it holds
_SMALL: dict[str, tuple[str, ...]] = {
    "contact": ("contact",),
    "vain": ("refusals", "duplicates"),
    "whistles": ("whistles",),
    "dispute": ("dispute",),
    "patrol": ("patrol",),
    "themes": ("themes",),
    "meetings": ("meetings", "talks"),
    "casework": ("casework",),
}
_OTHERS: dict[str, tuple[str, ...]] = {
    "caseworkers": ("caseworkers",),
    "exclusion_review": ("exclusion_review",),
    "joint_review": ("joint_review",),
    "duty_review": ("duty_review",),
    "centre": ("centre", "labels"),
    "visits": ("visits",),
    "settling": ("settling",),
}
# units' paid hours, from the ground up; below zero, where hours above the resting effort come from
_PAID: dict[str, tuple[str, ...]] = {
    "handling": ("handling",),
    "small": tuple(use for uses in _SMALL.values() for use in uses),
    "prevention": ("prevention",),
    "documentation": ("documentation",),
    "low_morale": ("low_morale",),
    "idle": ("idle",),
}
_TAKEN: dict[str, tuple[str, ...]] = {"withdrawn": ("withdrawn",), "overtime": ("overtime",)}
USES = {use for part in (_PAID, _TAKEN, _OTHERS) for uses in part.values() for use in uses}  # all that is shown
_COLOURS = {
    **{"handling": "#0072B2", "small": "#F0E442", "prevention": "#009E73", "documentation": "#D55E00"},
    **{"low_morale": "0.55", "idle": "0.88"},
}
_MARK = {"ls": "", "ms": 3.8, "mfc": "0.25", "mec": "1", "mew": 0.4}  # grey, as colours stand for uses
_HATCH = {"withdrawn": "////", "overtime": "...."}


def draw(findings: Findings) -> Figure:
    """Draw a panel an arm (at most five): units' hours by use, stacked; and below, the small uses of all arms."""
    words, arms = WORDS[findings.language], findings.shown[:_MOST]
    means = {arm: _mean_hours(findings.hours, arm) for arm in arms}
    rows = max(len(_SMALL), len(_OTHERS))
    figure = Figure(figsize=(WIDE, 1.0))
    marks, marks_high = fitted_legend(figure, _marks(findings, arms), columns=_MOST)
    foot_room, legend = 0.2 + marks_high, 2 * _ROW
    lower = rows * _USE
    titles = [wrapped(findings.arms[arm], 88 // len(arms)) for arm in arms]
    edge = _EDGE + 0.13 * max(one.count("\n") for one in titles)
    height = edge + _TOP + 0.3 + legend + _EDGE + lower + 0.4 + foot_room
    figure.set_figheight(height)
    marks.set_bbox_to_anchor((0.5, 0.16 / height))
    top = figure.add_gridspec(
        1, len(arms), left=0.085, right=0.985, top=1 - edge / height, bottom=1 - (edge + _TOP) / height, wspace=0.08
    ).subplots(sharey=True, squeeze=False)[0]
    for i, (axes, arm) in enumerate(zip(top, arms, strict=True)):
        _stack(axes, means[arm], words)
        letter(axes, i, titles[i])
    top[0].set_ylabel(words["axis"])
    top[0].yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    below = 1 - (edge + _TOP + 0.3) / height
    handles = top[0].get_legend_handles_labels()[0]
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, below), ncols=4, handlelength=1.4)
    grid = figure.add_gridspec(
        1,
        2,
        left=0.24,
        right=0.985,
        top=(foot_room + 0.4 + lower) / height,
        bottom=(foot_room + 0.4) / height,
        wspace=0.62,
    )
    small = grid.subplots(sharex=True)
    for i, (axes, name, uses) in enumerate(zip(small, ("of_units", "beside"), (_SMALL, _OTHERS), strict=True)):
        _dots(axes, means, uses, rows, words)
        letter(axes, len(arms) + i, words[name])
    _whole_decades(small)
    late = min(_LAST, max(len(mean) for mean in means.values()))
    log = words["log"].format(mean=words["mean"].format(n=late) if late > 1 else "")
    figure.text(0.5 * (0.24 + 0.985), (foot_room + 0.06) / height, log, ha="center", va="bottom", fontsize=8)
    figure.text(0.005, 0.005, part_of(findings), ha="left", va="bottom", fontsize=7, color="0.4")
    foot(figure, findings, INTERVALS)
    return figure


def part_of(findings: Findings) -> str:
    """Say which arms are shown if not all are."""
    n = len(findings.shown)
    return WORDS[findings.language]["part"].format(n=_MOST, all=n) if n > _MOST else ""


def _marks(findings: Findings, arms: Sequence[str]) -> list[Line2D]:
    """Return the mark of each arm in the lower panels, with its label."""
    return [
        Line2D([], [], marker=MARKERS[i], label=findings.arms[arm], **_MARK)  # type: ignore[arg-type]
        for i, arm in enumerate(arms)
    ]


def _stack(axes: Axes, mean: pd.DataFrame, words: dict[str, str]) -> None:
    """Stack an arm's hours by use over the months, and hang below zero what they were taken from."""
    months = [str(month) for month in mean.index]
    days = dates(months)
    if len(days) == 1:  # an area needs two days
        last = calendar.monthrange(days[0].year, days[0].month)[1]
        mean, days = pd.concat([mean, mean]), [days[0].replace(day=1), days[0].replace(day=last)]
    paid = [_sum(mean, uses) for uses in _PAID.values()]
    axes.stackplot(days, *paid, colors=[_COLOURS[use] for use in _PAID], labels=[words[use] for use in _PAID], lw=0)
    ground = np.zeros(len(days))
    for use, held in _TAKEN.items():
        under = ground - _sum(mean, held)
        axes.fill_between(
            days, ground, under, facecolor="1", edgecolor="0.3", hatch=_HATCH[use], lw=0.4, label=words[use]
        )
        ground = under
    axes.axhline(0.0, color="0", lw=0.6)
    year_axis(axes, months)


def _dots(
    axes: Axes,
    means: dict[str, pd.DataFrame],
    uses: dict[str, tuple[str, ...]],
    rows: int,
    words: dict[str, str],
) -> None:
    """Mark the hours of each use in the last months, an arm beside the other; what is 0 has no mark."""
    for i, mean in enumerate(means.values()):
        late = [float(_sum(mean.iloc[-_LAST:], held).mean()) for held in uses.values()]
        place = np.arange(len(uses)) + (i - 0.5 * (len(means) - 1)) * min(0.18, 0.8 / len(means))
        known = [x if x > 0.0 else np.nan for x in late]
        axes.plot(known, place, marker=MARKERS[i], **_MARK)  # type: ignore[arg-type]
    axes.set_yticks(range(len(uses)), [words[use] for use in uses])
    axes.set_ylim(rows - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.hlines(np.arange(len(uses)), 0, 1, transform=axes.get_yaxis_transform(), color="0.9", lw=0.5, zorder=0)


def _whole_decades(panels: Sequence[Axes]) -> None:
    """Give panels that share it a logarithmic axis from a whole power of ten to another, with no other label."""
    marks = np.concatenate([np.asarray(line.get_xdata(), dtype=float) for axes in panels for line in axes.lines])
    known = np.log10(marks[~np.isnan(marks)]) if not np.isnan(marks).all() else np.zeros(1)
    low = np.floor(known.min() - 0.05)
    for axes in panels:
        axes.set_xscale("log")
        axes.set_xlim(10.0**low, 10.0 ** max(low + 1.0, np.ceil(known.max() + 0.05)))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.6f}".rstrip("0").rstrip("."))
        axes.xaxis.set_minor_formatter("")


def _sum(mean: pd.DataFrame, uses: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the thousand hours of several uses together, (T,)."""
    total: NDArray[np.float64] = mean[list(uses)].sum(axis=1).to_numpy()
    return total


def _mean_hours(hours: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return thousand hours by month and use, (T, uses), means over seeds."""
    part = hours[hours["arm"] == arm]
    return part.pivot_table(index="month", columns="use", values="hours", aggfunc="mean") / 1000.0
