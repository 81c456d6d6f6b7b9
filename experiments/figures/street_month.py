"""Figure: one street office's month — what it saw, what an hour was worth, what it chose, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.arms import config_digest
from experiments.figures.style import COLOURS, WIDE, dates, foot, letter, year_axis
from experiments.settings import Settings
from experiments.street_month import StreetMonth

_PARTS = ("handling", "documentation", "prevention")
_WORDS = {
    "en": {
        "saw": "what it saw",
        "gains": "what an hour would gain",
        "chose": "what it chose",
        "came": "what came of it",
        "streets": "streets",
        "of": "score of 100 (own, ± 95 % sampling)",
        "points": "score, of 100",
        "handling": "handling",
        "documentation": "documents",
        "prevention": "prevention",
        "effort": "effort",
        "before": "before",
        "after": "after",
        "real": "really resolved, %",
        "shares": "effort: of normal time; below: shares of time",
        "decided": "decided here",
        "per_hour": "effort cost per normal month",
    },
    "zh": {
        "saw": "看到什么",
        "gains": "一小时值多少",
        "chose": "选择什么",
        "came": "结果如何",
        "streets": "街道数",
        "of": "得分，满分 100（本街道，±95% 抽样误差）",
        "points": "得分（满分 100）",
        "handling": "办理",
        "documentation": "材料",
        "prevention": "预防",
        "effort": "投入",
        "before": "之前",
        "after": "之后",
        "real": "真实解决率（%）",
        "shares": "投入：正常工时的倍数；其下：占工时份额",
        "decided": "此时决定",
        "per_hour": "以正常月投入成本计",
    },
}


@dataclass(frozen=True)
class _Run:
    """What the foot says of the run."""

    monthly: pd.DataFrame
    language: str
    scale: float
    digest: str
    interval: str = "none"


def draw(found: StreetMonth, settings: Settings) -> Figure:
    """Draw four panels for one street and month of the settings' first seed."""
    words = _WORDS[settings.language]
    figure = Figure(figsize=(WIDE, 3.85))
    (saw, gains), (chose, came) = figure.subplots(2, 2)
    _saw(saw, found, words)
    _gains(gains, found, words)
    _chose(chose, found, words)
    _came(came, found, words)
    for i, (axes, key) in enumerate(zip((saw, gains, chose, came), ("saw", "gains", "chose", "came"), strict=True)):
        letter(axes, i, words[key])
    figure.subplots_adjust(left=0.11, right=0.985, top=0.935, bottom=0.165, wspace=0.32, hspace=0.62)
    seed = pd.DataFrame({"seed": settings.seeds[:1]})
    foot(figure, _Run(seed, settings.language, settings.scale, config_digest(settings)[:10]))
    return figure


def _saw(axes: Axes, found: StreetMonth, words: dict[str, str]) -> None:
    known = found.league_scores[~np.isnan(found.league_scores)]
    axes.hist(100.0 * known, bins=24, color="0.8")
    top = axes.get_ylim()[1]
    look = {"fmt": "o", "ms": 4, "color": COLOURS[1], "capsize": 2}
    axes.errorbar([100.0 * found.score], [0.55 * top], xerr=[196.0 * found.score_error], **look)
    axes.set_xlabel(words["of"])
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
    axes.set_xlabel(words["shares"])
    axes.legend(loc="lower right", handlelength=1.0)


def _came(axes: Axes, found: StreetMonth, words: dict[str, str]) -> None:
    months = list(found.path["month"])
    days = dates(months)
    mark = "o" if len(days) == 1 else ""  # a line of one point is not seen
    axes.plot(days, 100.0 * found.path["score"], color=COLOURS[1], marker=mark, label=words["points"])
    axes.plot(days, 100.0 * found.path["real_resolution"], color=COLOURS[2], ls="--", marker=mark, label=words["real"])
    axes.axvline(dates([found.month])[0], color="0.5", lw=0.6)  # type: ignore[arg-type]
    year_axis(axes, months)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, handlelength=1.6)
