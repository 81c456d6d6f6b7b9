"""Figure: one street office's month — what it saw, what an hour was worth, what it chose, and what came of it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import COLOURS, WIDE, dates, letter, year_axis
from experiments.street_month import StreetMonth

_PARTS = ("handling", "documentation", "prevention")
_WORDS = {
    "en": {
        "saw": "what it saw",
        "gains": "what an hour would gain",
        "chose": "what it chose",
        "came": "what came of it",
        "score": "score",
        "streets": "streets",
        "own": "own, ± 95 % sampling",
        "handling": "handling",
        "documentation": "documents",
        "prevention": "prevention",
        "effort": "effort",
        "before": "before",
        "after": "after",
        "real": "really resolved",
        "decided": "decided here",
        "per_hour": "effort cost per normal month",
    },
    "zh": {
        "saw": "看到什么",
        "gains": "一小时值多少",
        "chose": "选择什么",
        "came": "结果如何",
        "score": "得分",
        "streets": "街道数",
        "own": "本街道，±95% 抽样误差",
        "handling": "办理",
        "documentation": "材料",
        "prevention": "预防",
        "effort": "投入",
        "before": "之前",
        "after": "之后",
        "real": "真实解决率",
        "decided": "此时决定",
        "per_hour": "以正常月投入成本计",
    },
}


def draw(found: StreetMonth, language: str = "en") -> Figure:
    """Draw four panels for one street and month."""
    words = _WORDS[language]
    figure = Figure(figsize=(WIDE, 3.6))
    (saw, gains), (chose, came) = figure.subplots(2, 2)
    _saw(saw, found, words)
    _gains(gains, found, words)
    _chose(chose, found, words)
    _came(came, found, words)
    for i, (axes, key) in enumerate(zip((saw, gains, chose, came), ("saw", "gains", "chose", "came"), strict=True)):
        letter(axes, i, words[key])
    figure.subplots_adjust(left=0.11, right=0.985, top=0.93, bottom=0.08, wspace=0.32, hspace=0.55)
    return figure


def _saw(axes: Axes, found: StreetMonth, words: dict[str, str]) -> None:
    known = found.league_scores[~np.isnan(found.league_scores)]
    axes.hist(100.0 * known, bins=24, color="0.8")
    top = axes.get_ylim()[1]
    look = {"fmt": "o", "ms": 4, "color": COLOURS[1], "capsize": 2}
    axes.errorbar([100.0 * found.score], [0.55 * top], xerr=[196.0 * found.score_error], **look)
    axes.set_xlabel(f"{words['score']} ({words['own']})")
    axes.set_ylabel(words["streets"], labelpad=1)


def _gains(axes: Axes, found: StreetMonth, words: dict[str, str]) -> None:
    axes.barh([words[part] for part in _PARTS], found.gains, color=[COLOURS[2], COLOURS[5], COLOURS[3]])
    axes.invert_yaxis()
    axes.set_xlabel(words["per_hour"])


def _chose(axes: Axes, found: StreetMonth, words: dict[str, str]) -> None:
    names = [words["effort"], *(words[part] for part in _PARTS)]
    places = np.arange(len(names))
    axes.barh(places - 0.19, found.before, height=0.36, color="0.75", label=words["before"])
    axes.barh(places + 0.19, found.after, height=0.36, color=COLOURS[1], label=words["after"])
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.legend(loc="lower right", handlelength=1.0)


def _came(axes: Axes, found: StreetMonth, words: dict[str, str]) -> None:
    months = list(found.path["month"])
    days = dates(months)
    axes.plot(days, 100.0 * found.path["score"], color=COLOURS[1], label=words["score"])
    axes.plot(days, 100.0 * found.path["real_resolution"], color=COLOURS[2], ls="--", label=words["real"])
    axes.axvline(dates([found.month])[0], color="0.5", lw=0.6)  # type: ignore[arg-type]
    year_axis(axes, months)
    axes.legend(loc="lower right", handlelength=1.6)
