"""Figures: returns by zone and size of street, and the reliability of ranks, over the strength of the tournament."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import finish, new_figure, title
from experiments.figures.style import COLOURS, DASHES
from experiments.studies.diminishing_returns.groups_words import KINDS, group_name
from experiments.studies.ran import Ran

_WORDS = {
    "en": {
        "axis": "strength of the tournament β",
        "gain": "real resolution over β = {low:g}, points",
        "rank_signal": "score variance that is signal, %",
        "rank_stability": "τ of consecutive ranks",
        "scores": "scores of a month, points",
        "score_sd": "spread over streets",
        "score_noise": "sampling noise",
    },
    "zh": {
        "axis": "锦标赛强度 β",
        "gain": "真实解决率与 β = {low:g} 之差（百分点）",
        "rank_signal": "得分方差中的真实成分（%）",
        "rank_stability": "相邻两月排名的 τ",
        "scores": "每月得分（分）",
        "score_sd": "街道间标准差",
        "score_noise": "抽样噪声",
    },
}


def by_group(ran: Ran, groups: pd.DataFrame) -> Figure:
    """Draw a panel a way to group streets: the gain over the lowest strength, a line a group."""
    words, low = _WORDS[ran.language], float(groups["strength"].min())
    kinds = list(dict.fromkeys(groups["kind"]))
    figure = new_figure(2.6)
    panels = figure.subplots(1, len(kinds), sharey=True, squeeze=False)[0]
    for i, (axes, kind) in enumerate(zip(panels, kinds, strict=True)):
        axes.axhline(0.0, color="0.7", lw=0.6, zorder=0)
        for k, (name, part) in enumerate(groups[groups["kind"] == kind].groupby("of", sort=False)):
            _line(axes, part, k, group_name(kind, str(name), ran.language), 100.0)
        axes.legend(loc="lower right", handlelength=3)
        axes.set_xlabel(words["axis"])
        title(axes, KINDS[ran.language][kind], i)
    panels[0].set_ylabel(words["gain"].format(low=low))
    return finish(figure, ran)


def of_ranks(ran: Ran, ranks: pd.DataFrame) -> Figure:
    """Draw the share of signal, the agreement of consecutive ranks, and spread and noise of scores over β."""
    words = _WORDS[ran.language]
    figure = new_figure(2.2)
    signal, stable, scores = figure.subplots(1, 3)
    _line(signal, ranks[ranks["measure"] == "rank_signal"], 0, "", 100.0)
    _line(stable, ranks[ranks["measure"] == "rank_stability"], 0, "", 1.0)
    for k, name in enumerate(("score_sd", "score_noise")):
        _line(scores, ranks[ranks["measure"] == name], k, words[name], 100.0)
    low, high = scores.get_ylim()
    scores.set_ylim(low, high + 0.35 * (high - low))  # room for the legend
    scores.legend(loc="upper left", handlelength=3)
    for i, (axes, key) in enumerate(((signal, "rank_signal"), (stable, "rank_stability"), (scores, "scores"))):
        axes.axvline(1.0, color="0.85", lw=0.8, zorder=0)
        axes.set_xlabel(words["axis"])
        title(axes, words[key], i)
    return finish(figure, ran)


def _line(axes: Axes, rows: pd.DataFrame, k: int, label: str, factor: float) -> None:
    x = rows["strength"].to_numpy()
    mean, low, high = (factor * rows[key].to_numpy(dtype=float) for key in ("mean", "low", "high"))
    colour = COLOURS[(1 + k) % len(COLOURS)]
    axes.fill_between(x, low, high, color=colour, alpha=0.15, lw=0)
    axes.plot(x, mean, marker="o", ms=2.8, color=colour, ls=DASHES[k % len(DASHES)], label=label)
