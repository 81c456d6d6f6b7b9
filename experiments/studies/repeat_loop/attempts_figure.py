"""Figure: how often a problem is filed, what repeats take, and in which work their hours lie."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import finish, new_figure, title, wrapped
from experiments.figures.style import COLOURS
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_figure import of_stage
from experiments.studies.repeat_loop.loop_says import use_name
from experiments.studies.repeat_loop.loop_words import WORDS as SAID

_WORDS = {
    "en": {
        "attempts": "share by attempt, %",
        "uses": "hours on repeats by use, %",
        "axis": "attempt (problems: requests needed)",
        "shares": "what repeats take, %",
        "of": {
            "repeat_share": "of tickets",
            "hours_on_repeats": "of handling hours",
            "work_on_repeats": "of all hours on tickets",
        },
    },
    "zh": {
        "attempts": "按诉求次序的占比（%）",
        "uses": "重复诉求工时的用途（%）",
        "axis": "第几次诉求（问题：所需次数）",
        "shares": "重复诉求的占比（%）",
        "of": {"repeat_share": "占工单", "hours_on_repeats": "占办理工时", "work_on_repeats": "占全部工单工时"},
    },
}
_LOOK = {"problems": (COLOURS[0], "o"), "tickets": (COLOURS[1], "s"), "hours": (COLOURS[2], "D")}


def draw(ran: Ran, tables: dict[str, pd.DataFrame]) -> Figure:
    """Draw three panels: shares by attempt, what repeats take, and their hours by use."""
    words = _WORDS[ran.language]
    figure = new_figure(2.2)
    by_attempt, shares, uses = figure.subplots(1, 3, width_ratios=(1.2, 0.9, 1.0))
    _by_attempt(by_attempt, tables["attempts"], ran.language)
    by_attempt.set_xlabel(words["axis"])
    for_bars = tables["repeats"].assign(name=[words["of"][name] for name in tables["repeats"]["of"]])
    _bars(shares, for_bars)
    named = [use_name(name, ran.language) for name in tables["hours_by_use"]["use"]]
    _bars(uses, tables["hours_by_use"].assign(name=named).sort_values("mean", ascending=False))
    for i, (axes, key) in enumerate(((by_attempt, "attempts"), (shares, "shares"), (uses, "uses"))):
        title(axes, words[key], i)
    return finish(figure, of_stage(ran, "recovery"))


def _by_attempt(axes: Axes, table: pd.DataFrame, language: str) -> None:
    last = int(table["attempt"].max())
    least = 100.0 * float(table["mean"].where(table["mean"] > 0.0).min()) / 3.0  # an interval may go on below
    for shift, (measure, name) in zip((-0.12, 0.0, 0.12), SAID[language]["of"].items(), strict=True):
        rows = table[(table["measure"] == measure) & (table["mean"] > 0.0)]
        x = rows["attempt"].to_numpy() + shift
        colour, marker = _LOOK[measure]
        mean, low, high = (100.0 * rows[key].to_numpy(dtype=np.float64) for key in ("mean", "low", "high"))
        axes.vlines(x, np.maximum(low, 0.1 * least), high, color=colour, lw=0.8)
        axes.plot(x, mean, marker, ms=3.4, color=colour, label=wrapped(name, 16))
    axes.set_yscale("log")
    axes.set_ylim(bottom=least)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xticks(range(1, last + 1), [*(str(n) for n in range(1, last)), f"{last}+"])
    axes.legend(loc="upper right", handletextpad=0.2)


def _bars(axes: Axes, table: pd.DataFrame) -> None:
    places = np.arange(len(table))[::-1]
    mean = 100.0 * table["mean"].to_numpy(dtype=np.float64)
    axes.barh(places, mean, height=0.62, color=COLOURS[6])
    for at, value, low, high in zip(places, mean, table["low"], table["high"], strict=True):
        if not np.isnan(low):
            axes.plot([100.0 * low, 100.0 * high], [at, at], color="0.2", lw=0.8)
        axes.text(max(value, 0.0 if np.isnan(high) else 100.0 * high), at, f" {value:.1f}", va="center", fontsize=7)
    axes.set_yticks(places, [wrapped(name, 20) for name in table["name"]])
    ends = 100.0 * table["high"].to_numpy(dtype=np.float64)
    axes.set_xlim(0.0, 1.25 * max(1e-9, mean.max(), np.nanmax(ends, initial=0.0)))
    axes.tick_params(axis="y", length=0)
