"""Figure: loop gain over two factors, as cells; and what single mechanisms add to it."""

from __future__ import annotations

import dataclasses
import math

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.panels import UNKNOWN, finish, new_figure, title, wrapped
from experiments.figures.style import COLOURS
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_says import Gains
from experiments.studies.repeat_loop.gain_words import WORDS as SAID
from experiments.studies.repeat_loop.gains import FADES
from experiments.studies.repeat_loop.texts import factor_name, place_name
from experiments.switches import SWITCHES

_COLOURS = mpl.colormaps["YlOrBr"]
_DARK = 0.65  # from here on numbers are white
_WORDS = {
    "en": {
        "gain": "loop gain Λ",
        "hours": "hours gain Λₕ",
        "returning": "loop gain Λ, residents who return",
        "own": "own repeats b",
        "without": "M without it ÷ M with it",
        "fades": "in every cell the extra repeats fade",
        "outlined": "outlined: the loop runs away",
    },
    "zh": {
        "gain": "循环增益 Λ",
        "hours": "工时增益 Λₕ",
        "returning": "循环增益 Λ：居民更易再诉",
        "own": "自身重复 b",
        "without": "关闭后的 M ÷ 原来的 M",
        "fades": "各处多出的重复诉求均会消退",
        "outlined": "粗框：循环失控",
    },
}


def draw_phase(ran: Ran, stages: dict[str, Gains]) -> Figure | None:
    """Draw Λ, Λ_h and b over the stage's two factors, and Λ where residents return more; None for other designs."""
    words = _WORDS[ran.language]
    panels = [(stages["phase"], "gain_tickets", "gain"), (stages["phase"], "gain_hours", "hours")]
    panels += [(stages["phase"], "branching", "own")]
    if "returning" in stages:
        panels.append((stages["returning"], "gain_tickets", "returning"))
    panels = [one for one in panels if len(one[0].names) == 2]
    if not panels:
        return None
    figure = new_figure(4.3)
    axes = figure.subplots(2, 2).ravel()
    for i, (stage, value, key) in enumerate(panels):
        _cells(axes[i], stage, value, ran.language)
        title(axes[i], words[key], i)
    for empty in axes[len(panels) :]:
        empty.set_visible(False)
    ran_away = any(len(stage.ran_away) for stage, _, _ in panels)
    return finish(figure, of_stage(ran, "phase"), words["outlined" if ran_away else "fades"], intervals=False)


def of_stage(ran: Ran, stage: str) -> Ran:
    """Return the runs of one stage, whose seeds are said under its figure."""
    return dataclasses.replace(ran, monthly=ran.stage(stage))


def _cells(axes: Axes, stage: Gains, value: str, language: str) -> None:
    x, y = stage.names
    table = stage.table.pivot(index=y, columns=x, values=value).sort_index().sort_index(axis=1)
    is_ = stage.table.pivot(index=y, columns=x, values="is").reindex_like(table)
    axes.imshow(np.clip(table.to_numpy(), 0.0, 1.0), cmap=_COLOURS, vmin=0.0, vmax=1.0, origin="lower", aspect="auto")
    for i, row in enumerate(table.to_numpy()):
        for j, number in enumerate(row):
            away = is_.iloc[i, j] != FADES
            text = "–" if math.isnan(number) else "∞" if math.isinf(number) else f"{number:.2f}"
            if away:
                text += f"\n{SAID[language][is_.iloc[i, j]]}"
                axes.add_patch(Rectangle((j - 0.46, i - 0.46), 0.92, 0.92, fill=False, lw=1.6, ec="0"))
            axes.text(j, i, text, ha="center", va="center", fontsize=7, color="1" if number > _DARK else "0")
    axes.set_xticks(range(table.shape[1]), [f"{level:g}" for level in table.columns])
    axes.set_yticks(range(table.shape[0]), [f"{level:g}" for level in table.index])
    axes.set_xlabel(factor_name(x, language))
    axes.set_ylabel(wrapped(factor_name(y, language), 24))
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def draw_without(ran: Ran, stage: Gains) -> Figure | None:
    """Draw the change of M without each mechanism, a panel a place; None if nothing was switched off."""
    others = [name for name in stage.names if name != "without"]
    groups = [part for _, part in stage.table.groupby(others, sort=False)] if others else [stage.table]
    groups = [part for part in groups if (part["without"] != "").any()][:4]
    if not groups:
        return None
    rows = max(int((part["without"] != "").sum()) for part in groups)
    figure = new_figure(0.9 + 0.24 * rows)
    panels = figure.subplots(1, len(groups), sharey=True, squeeze=False)[0]
    for i, (axes, part) in enumerate(zip(panels, groups, strict=True)):
        off = part[part["without"] != ""]
        _changes(axes, off, ran.language)
        axes.set_xlabel(_WORDS[ran.language]["without"])
        title(axes, wrapped(place_name(part.iloc[0], stage.names, ran.language), 88 // len(groups)), i)
    return finish(figure, of_stage(ran, "without"))


def _changes(axes: Axes, off: pd.DataFrame, language: str) -> None:
    places = np.arange(len(off))[::-1]
    axes.axvline(1.0, color="0.75", lw=0.8, zorder=0)
    for at, (_, row) in zip(places, off.iterrows(), strict=True):
        unsure = math.isnan(row["change_low"]) or row["change_low"] <= 1.0 <= row["change_high"]
        colour = UNKNOWN if unsure else COLOURS[2] if row["change"] < 1.0 else COLOURS[1]
        axes.plot([row["change_low"], row["change_high"]], [at, at], color=colour, lw=1.2)
        axes.plot([row["change"]], [at], "o", ms=3.6, color=colour)
    axes.set_yticks(places, [wrapped(SWITCHES[name].label(language), 40) for name in off["without"]])
    axes.set_ylim(-0.6, len(off) - 0.4)
