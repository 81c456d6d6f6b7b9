"""Figures: the parameters that move each response most, and how its variance is shared out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.panels import finish, new_figure, title, wrapped
from experiments.studies.ran import Ran
from experiments.studies.responses import LEVEL
from experiments.studies.sensitivity.wording import MOST, of, response_name, shown_of, unit
from experiments.words import factor_of

_BAR, _FIRST, _LUCK = "#56B4E9", "#0072B2", "#D55E00"
_NOTES = {
    "en": {
        "screening": "bars: μ* with its 95 % interval; hollow: not told apart from luck; | what luck alone would give",
        "indices": "● alone (S1), ○ with interactions (ST), 95 % intervals; dashed: share of the variance that is luck",
        "cut": "; some intervals end off the axis",
    },
    "zh": {
        "screening": "条：μ* 与 95 % 区间；空心：与运气无法区分；| 仅由运气造成的大小",
        "indices": "● 单独（S1），○ 含交互（ST），95 % 区间；虚线：方差中属于运气的份额",
        "cut": "；部分区间超出坐标轴",
    },
}


def screening_figure(table: pd.DataFrame, ran: Ran) -> dict[str, Figure]:
    """Return the screening of the levels and, in a figure of their own, of the effects on the first outcome."""
    shown, out = shown_of(table), {}
    levels = [one for one in shown if one[1] == LEVEL]
    effects = [one for one in shown if one[1] != LEVEL]
    for name, chosen in (("screening", levels), ("screening_effects", effects)):
        if chosen:
            out[name] = _grid(table, chosen, ran)
    return out


def _grid(table: pd.DataFrame, chosen: list[tuple[str, str]], ran: Ran) -> Figure:
    rows = -(-len(chosen) // 2)
    shown = [of(table, *one).head(MOST) for one in chosen]
    lines = max(name.count("\n") for one in shown for name in _names(one, ran))
    figure = new_figure(rows * (1.85 if lines < 2 else 2.35))  # names of three lines need room
    panels = figure.subplots(rows, min(2, len(chosen)), squeeze=False)
    for i, axes in enumerate(panels.flat):
        if i < len(chosen):
            _bars(axes, shown[i], ran)
            title(axes, _heading(*chosen[i], ran), i)
        else:
            axes.set_visible(False)
    return finish(figure, ran, _NOTES[ran.language]["screening"], intervals=False)


def _heading(outcome: str, arm: str, ran: Ran) -> str:
    name = response_name(outcome, arm, ran.settings)
    return f"{wrapped(name[0].upper() + name[1:], 34)}\n[{unit(outcome, ran.language)}]"


def _names(rows: pd.DataFrame, ran: Ran) -> list[str]:
    return [wrapped(str(label), 34) for label in rows[ran.language]]


def _bars(axes: Axes, rows: pd.DataFrame, ran: Ran) -> None:
    """Draw a bar a parameter: μ* with its interval, and a mark at what luck alone would give."""
    factor = factor_of(str(rows["outcome"].iloc[0]))
    at = np.arange(len(rows))
    size, half, noise = (factor * rows[key].to_numpy(dtype=float) for key in ("mu_star", "mu_star_conf", "noise"))
    hollow = ~rows["told_apart"].to_numpy(dtype=bool) & np.isfinite(noise)
    colours = np.where(hollow, "#FFFFFF", _BAR)
    axes.barh(at, size, height=0.62, color=colours, edgecolor=_BAR, lw=0.8)
    axes.errorbar(size, at, xerr=[np.minimum(half, size), half], fmt="none", ecolor="0.2", elinewidth=0.8)
    axes.plot(noise, at, "|", color=_LUCK, ms=9, mew=1.4)
    axes.set_yticks(at, _names(rows, ran), linespacing=0.95, fontsize=6.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(left=0.0)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(4))


def indices_figure(table: pd.DataFrame, variance: pd.DataFrame, ran: Ran) -> dict[str, Figure]:
    """Return a panel a level and a panel an effect on the first outcome: S1 and ST of every parameter."""
    chosen = shown_of(table)
    order = list(table.groupby("parameter")["ST"].mean().sort_values(ascending=False).index)
    labels = table.drop_duplicates("parameter").set_index("parameter")[ran.language]
    columns = min(3, len(chosen))
    rows = -(-len(chosen) // columns)
    figure = new_figure(rows * (0.62 + 0.2 * len(order)))
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for i, axes in enumerate(panels.flat):
        if i >= len(chosen):
            axes.set_visible(False)
            continue
        _shares(axes, of(table, *chosen[i]).set_index("parameter").loc[order])
        axes.axvline(float(of(variance, *chosen[i])["luck"].iloc[0]), color=_LUCK, lw=0.9, ls="--", zorder=0)
        name = response_name(*chosen[i], ran.settings)
        title(axes, wrapped(name[0].upper() + name[1:], 24), i)
    axes = panels[0, 0]
    axes.set_yticks(range(len(order)), [wrapped(str(labels[one]), 32) for one in order])
    axes.set_ylim(len(order) - 0.5, -0.5)
    for first in panels[:, 0]:
        first.tick_params(axis="y", labelsize=6.5)
    drawn = pd.concat([of(table, *one).set_index("parameter").loc[order] for one in chosen])
    low, high, cut = _limits(drawn)
    axes.set_xlim(low, high)
    notes = _NOTES[ran.language]
    return {"indices": finish(figure, ran, notes["indices"] + notes["cut"] * cut, intervals=False)}


def _limits(drawn: pd.DataFrame) -> tuple[float, float, bool]:
    """Return limits of an axis within which every point lies, and whether an interval goes beyond them."""
    points = drawn[["S1", "ST"]].to_numpy(dtype=float)
    half = drawn[["S1_conf", "ST_conf"]].to_numpy(dtype=float)
    low, high = min(-0.12, float(np.nanmin(points)) - 0.05), max(1.08, float(np.nanmax(points)) + 0.08)
    return low, high, bool((points - half < low).any() or (points + half > high).any())


def _shares(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw S1 and ST of each parameter with their intervals, one above the other."""
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for key, shift, colour, fill in (("S1", -0.17, _FIRST, _FIRST), ("ST", 0.17, "0.25", "1")):
        at = np.arange(len(rows)) + shift
        values, half = rows[key].to_numpy(dtype=float), rows[f"{key}_conf"].to_numpy(dtype=float)
        axes.errorbar(values, at, xerr=half, fmt="o", ms=3.2, color=colour, mfc=fill, elinewidth=0.8)
    axes.tick_params(axis="y", length=0)
