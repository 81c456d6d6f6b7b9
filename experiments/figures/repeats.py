"""Figure: how often the same problem is filed, and what repeats take of the hours."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import offset_copy

from experiments.figures.panels import finish, new_figure, title, wrapped
from experiments.figures.style import MARKERS, look_of
from experiments.findings import Findings

CAPTION = {
    "en": "How often the same problem is filed, and what repeats take of tickets and hours.",
    "zh": "同一问题的诉求次数，及重复诉求占工单与工时的比重。",
}
_OPEN = 10  # the last class: ten attempts or more
_WORDS = {
    "en": {
        "attempt": "number of the attempt",
        "tickets": "share of closed tickets, per cent",
        "by_attempt": "tickets by attempt",
        "share": "per cent",
        "burden": "repeats: share of tickets and of hours",
        "of_tickets": "of closed tickets",
        "of_hours": "of hours of handling and casework",
    },
    "zh": {
        "attempt": "第几次诉求",
        "tickets": "占办结工单百分比",
        "by_attempt": "各次诉求的工单",
        "share": "百分比",
        "burden": "重复诉求：工单占比与工时占比",
        "of_tickets": "占办结工单",
        "of_hours": "占办理与专办工时",
    },
}


def draw(findings: Findings) -> Figure:
    """Draw tickets by attempt number (logarithmic), and the shares of tickets and hours that repeats take."""
    words = _WORDS[findings.language]
    lines = sum(wrapped(findings.arms[arm]).count("\n") + 1 for arm in findings.shown)
    figure = new_figure(max(2.5, 0.9 + 0.15 * lines))
    left, right = figure.subplots(1, 2)
    shares = _shares(findings.attempts)
    _by_attempt(left, findings, shares)
    left.set_xlabel(words["attempt"])
    left.set_ylabel(words["tickets"])
    title(left, words["by_attempt"], 0)
    _burden(right, findings, shares, words)
    title(right, words["burden"], 1)
    return finish(figure, findings)


def _shares(attempts: pd.DataFrame) -> pd.DataFrame:
    """Return attempts with each number's percentage of its run's tickets and hours."""
    out = attempts.copy()
    for name in ("tickets", "hours"):
        total = out.groupby(["arm", "seed"])[name].transform("sum")
        out[f"{name}_share"] = 100.0 * out[name] / total.where(total > 0)
    return out


def _by_attempt(axes: Axes, findings: Findings, shares: pd.DataFrame) -> None:
    table = findings.by_seed(shares, "attempt", "tickets_share")
    for i, (arm, look) in enumerate(look_of(findings).items()):
        part = table[(table["arm"] == arm) & (table["mean"] > 0.0)]
        below = part[part["attempt"] < _OPEN]
        axes.plot(below["attempt"], below["mean"], **look)  # type: ignore[arg-type]
        colour = str(look["color"])
        axes.plot(part["attempt"], part["mean"], MARKERS[i % len(MARKERS)], ms=3, color=colour)
        axes.plot([part["attempt"]] * 2, [part["low"], part["high"]], color=colour, lw=0.8)
    axes.set_yscale("log")
    axes.set_xticks(range(1, 11), [*map(str, range(1, 10)), "10+"])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")


def _burden(axes: Axes, findings: Findings, shares: pd.DataFrame, words: dict[str, str]) -> None:
    repeats = shares[shares["attempt"] > 1].groupby(["arm", "seed"], sort=False, as_index=False).sum()
    arms = findings.shown
    for offset, name, marker, fill in ((-0.13, "tickets", "s", "none"), (0.13, "hours", "D", None)):
        table = findings.by_seed(repeats.assign(at=0), "at", f"{name}_share").set_index("arm")
        for i, (arm, look) in enumerate(look_of(findings).items()):
            mean, *ends = (float(table.loc[arm, key]) for key in ("mean", "low", "high"))
            colour = str(look["color"])
            axes.plot(ends, [i + offset] * 2, color=colour, lw=0.8)
            axes.plot([mean], [i + offset], marker, ms=4, color=colour, mfc=fill or colour)
    for marker, fill, key in (("s", "none", "of_tickets"), ("D", "0.35", "of_hours")):
        axes.plot([], [], marker, ms=4, color="0.35", markerfacecolor=fill, label=words[key])
    axes.set_yticks(range(len(arms)), [wrapped(findings.arms[arm]) for arm in arms])
    for i, look in enumerate(look_of(findings).values()):  # beside the names, which are the legend of both panels
        line = {"marker": MARKERS[i % len(MARKERS)], "markevery": [1], "ms": 3, "clip_on": False} | look
        axes.plot([-0.12, -0.07, -0.02], [i] * 3, transform=axes.get_yaxis_transform(), **line)  # type: ignore[arg-type]
    axes.tick_params(axis="y", length=0, pad=27)
    axes.set_ylim(len(arms) - 0.5, -0.5)
    axes.set_xlim(0.0, 1.04 * axes.get_xlim()[1])
    axes.set_xlabel(words["share"])
    below = offset_copy(axes.transAxes, axes.figure, y=-0.36)  # inches: under the axis's label
    kinds = axes.get_legend_handles_labels()[0][:2]
    axes.legend(
        handles=kinds, loc="upper right", bbox_to_anchor=(1.0, 0.0), bbox_transform=below, ncols=2, borderpad=0.0
    )
