"""Figure: how far scores of streets lie apart, against the error of a monthly score."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.figures.lines import from_zero, over_months
from experiments.figures.panels import legend_below, wrapped
from experiments.figures.style import COLOURS, WIDE, foot, letter, year_axis
from experiments.findings import Findings

CAPTION = {
    "en": "How far streets' scores lie apart, against the sampling error of a monthly score.",
    "zh": "街道得分的离散程度与月度得分抽样误差之比较。",
}
_SPREAD = {"lw": 1.4, "linestyle": "-"}
_ERROR = {"lw": 0.9, "linestyle": (0, (2, 1.2)), "ms": 2.4, "mfc": "1", "mew": 0.7}
_LINE = 0.14  # inches: a further line of a title
_WORDS = {
    "en": {
        "over_time": "spread of scores and sampling error",
        "points": "points of 100",
        "spread": "spread over streets (standard deviation)",
        "error": "sampling error of one score",
        "ranked": "scores by rank, {month}, {arm}, seed {seed}",
        "rank": "rank",
        "score": "score (± 1.96 sampling errors)",
    },
    "zh": {
        "over_time": "得分离散程度与抽样误差",
        "points": "分（百分制）",
        "spread": "街道间标准差",
        "error": "单个得分的抽样误差",
        "ranked": "各名次得分，{month}，{arm}，种子 {seed}",
        "rank": "名次",
        "score": "得分（±1.96 倍抽样误差）",
    },
}


def draw(findings: Findings) -> Figure:
    """Draw spread and error over time, and the last month's scores in order of rank with their sampling errors."""
    words = _WORDS[findings.language]
    ranked = _ranked_title(findings, words)
    lines = ranked.count("\n")
    figure = Figure(figsize=(WIDE, 2.55 + _LINE * lines))
    left, right = figure.subplots(1, 2)
    months = list(findings.monthly["month"].unique())
    over_months(left, findings, "score_sd", 100.0, marked=True, **_SPREAD)
    over_months(left, findings, "score_noise", 100.0, marked=True, band=False, **_ERROR)
    from_zero(left)
    left.set_ylabel(words["points"])
    letter(left, 0, words["over_time"])
    year_axis(left, months)
    _ranked(right, findings, words)
    letter(right, 1, ranked)
    arms = left.get_legend_handles_labels()[0][: len(findings.shown)]
    kinds = [
        Line2D([], [], color="0.35", marker="o", ms=3.0, label=words["spread"], **_SPREAD),  # type: ignore[arg-type]
        Line2D([], [], color="0.35", marker="o", label=words["error"], **_ERROR),  # type: ignore[arg-type]
    ]
    figure.subplots_adjust(left=0.07, right=0.985, wspace=0.2)
    legend_below(figure, arms + kinds)
    figure.subplots_adjust(top=1.0 - (0.22 + _LINE * lines) / figure.get_figheight())
    foot(figure, findings)
    return figure


def _last(findings: Findings) -> pd.DataFrame:
    """Return the streets of the first arm's first seed in its last month, by rank."""
    here = findings.streets[findings.streets["arm"] == findings.shown[0]]
    last = (here["seed"] == here["seed"].iloc[0]) & (here["month"] == here["month"].iloc[-1])
    return here[last].sort_values("rank", kind="stable")


def _ranked_title(findings: Findings, words: dict[str, str]) -> str:
    arm, one = findings.shown[0], _last(findings).iloc[0]
    return wrapped(words["ranked"].format(month=one["month"], arm=findings.arms[arm], seed=one["seed"]), 52)


def _ranked(axes: Axes, findings: Findings, words: dict[str, str]) -> None:
    last = _last(findings)
    axes.errorbar(
        last["rank"],
        100.0 * last["score"],
        yerr=196.0 * last["score_error"],
        fmt="o",
        ms=1.6,
        color=COLOURS[0],
        ecolor="0.72",
        elinewidth=0.6,
    )
    axes.set_xlabel(words["rank"], labelpad=1)
    axes.set_ylabel(words["score"])
