"""Figures: what the same strength buys year by year, with and without each mechanism, and why."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.panels import colour_of, finish, new_figure, title, wrapped
from experiments.figures.style import COLOURS, DASHES
from experiments.studies.diminishing_returns.factors import WHY_GROUPS
from experiments.studies.diminishing_returns.years_words import WHY_NAMES, mechanism
from experiments.studies.ran import Ran

_WORDS = {
    "en": {
        "year": "year",
        "gain": "points over β = {low:g}",
        "why": "what β = {b:g} adds to β = {low:g}, split, points",
        "drop": "β = {top:g} less the best\nbelow it, points",
        "streets": "the same,\nstreets' tickets",
        "whole": "β = {top:g} less β = {low:g},\npoints",
        "grey": "grey: as it is, on the same seeds",
    },
    "zh": {
        "year": "年",
        "gain": "与 β = {low:g} 之差（百分点）",
        "why": "β = {b:g} 比 β = {low:g} 的收益分解（百分点）",
        "drop": "β = {top:g} 减其下最好\n（百分点）",
        "streets": "同左，\n街道工单",
        "whole": "β = {top:g} 减 β = {low:g}\n（百分点）",
        "grey": "灰色：现状（相同种子）",
    },
}
_WHY_COLOURS = ("#0072B2", "#009E73", "#D55E00", "#E69F00", "0.35", "#CC79A7", "#56B4E9")
_COLUMNS = 4


def over_years(ran: Ran, years: pd.DataFrame, low: float, as_it_is: Mapping[tuple[str, float], pd.Series]) -> Figure:
    """Draw a panel as it is and one without each mechanism: gains over no tournament by year, a line a strength.

    In grey as it is, on the same seeds.
    """
    words, names = _WORDS[ran.language], list(dict.fromkeys(years["without"]))
    told = sorted(set(years.loc[years["without"] != "", "strength"]) or set(years["strength"]))
    rows = -(-len(names) // _COLUMNS)
    columns = min(_COLUMNS, len(names))
    figure = new_figure(0.35 + 1.75 * rows)
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for i, axes in enumerate(panels.flat):
        if i >= len(names):
            axes.set_visible(False)
            continue
        mine = years[(years["without"] == names[i]) & years["strength"].isin(told)]
        for strength in told:
            if (names[i], strength) in as_it_is:
                grey = as_it_is[names[i], strength]
                axes.plot(grey.index, 100.0 * grey, color="0.75", lw=0.9, zorder=1)
        for k, (strength, part) in enumerate(mine.groupby("strength")):
            look = {"color": COLOURS[1 + k % 6], "ls": DASHES[k % len(DASHES)]}
            axes.fill_between(
                part["year"], 100.0 * part["low"], 100.0 * part["high"], color=look["color"], alpha=0.18, lw=0
            )
            axes.plot(part["year"], 100.0 * part["mean"], marker="o", ms=2.6, label=f"β = {strength:g}", **look)
        axes.axhline(0.0, color="0.6", lw=0.6, zorder=0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        title(axes, wrapped(mechanism(names[i], ran.language), 25), i)
        if i + columns >= len(names):
            axes.set_xlabel(words["year"])
            axes.tick_params(labelbottom=True)
    for row in panels:
        row[0].set_ylabel(words["gain"].format(low=low))
    figure.legend(
        *panels[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=len(told), handlelength=3
    )
    fewest = int(years["n"].min())
    fewer = f" · n = {fewest}–{int(years['n'].max())}" if fewest < int(years["n"].max()) else ""
    return finish(figure, ran, words["grey"] + fewer if len(names) > 1 else "")


def why(ran: Ran, split: pd.DataFrame, maxima: pd.DataFrame, strength: float, low: float) -> Figure:
    """Draw the split of a strength's gain by year; below, by mechanism switched off, whether a maximum is left."""
    words, top = _WORDS[ran.language], float(maxima["top"].max())
    real, streets = (maxima[maxima["measure"] == name] for name in ("real", "streets"))
    height = 0.9 + 0.27 * len(real)
    figure = new_figure(2.2 + height)
    above, below = figure.subfigures(2, 1, height_ratios=(2.2, height))
    bars = above.subplots()
    _stacked(bars, split, ran.language)
    bars.set_xlabel(words["year"])
    title(bars, words["why"].format(b=strength, low=low), 0)
    labels = [wrapped(mechanism(name, ran.language), 44) for name in real["without"]]
    panels = below.subplots(1, 3, sharey=True)
    _forest(panels[0], real, ("whole", "whole_low", "whole_high"), labels)
    _forest(panels[1], real, ("drop", "low", "high"), labels)
    _forest(panels[2], streets, ("drop", "low", "high"), labels)
    for i, (axes, key) in enumerate(zip(panels, ("whole", "drop", "streets"), strict=True)):
        title(axes, words[key].format(top=top, low=low), i + 1)
    return finish(figure, ran)


def _stacked(axes: Axes, split: pd.DataFrame, language: str) -> None:
    """Draw positive parts up and negative ones down from zero, and the whole as a mark."""
    table = 100.0 * split.pivot(index="window", columns="factor", values="mean")
    table = table.loc[sorted(table.index, key=int)]
    places = np.array([int(year) for year in table.index])
    up, down = np.zeros(len(table)), np.zeros(len(table))
    for (group, names), colour in zip(WHY_GROUPS.items(), _WHY_COLOURS, strict=True):
        part = table[list(names)].sum(axis=1).to_numpy()
        label = wrapped(WHY_NAMES[language][group], 40)
        axes.bar(places, part, 0.62, bottom=np.where(part >= 0.0, up, down), color=colour, label=label)
        up, down = up + np.maximum(part, 0.0), down + np.minimum(part, 0.0)
    axes.plot(places, table["whole"], "D", color="0", mfc="1", ms=4)
    axes.axhline(0.0, color="0.4", lw=0.6)
    axes.set_xticks(places)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), handlelength=1.0)


def _forest(axes: Axes, rows: pd.DataFrame, keys: tuple[str, str, str], labels: list[str]) -> None:
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for i, (_, row) in enumerate(rows.iterrows()):
        value, low, high = (float(row[key]) for key in keys)
        colour = colour_of(low, high, 1)
        axes.plot([100.0 * low, 100.0 * high], [i, i], color=colour, lw=1.0)
        axes.plot([100.0 * value], [i], "o", ms=3.6, color=colour, mfc="1" if low <= 0.0 <= high else colour)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0, labelsize=6.5)
    axes.xaxis.set_major_locator(MaxNLocator(4))
