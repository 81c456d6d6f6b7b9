"""Figures: all worlds by how far the arms are apart; and the box, with the trade-off it was chosen from."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from experiments.figures.panels import BETTER as BLUE
from experiments.figures.panels import UNKNOWN as GREY
from experiments.figures.panels import WORSE as ORANGE
from experiments.figures.panels import finish, new_figure, title, wrapped
from experiments.studies.discover.found import Found
from experiments.studies.discover.worlds import BETTER, UNDECIDED, WORSE
from experiments.studies.ran import Ran
from experiments.words import change_unit_of, factor_of, name_of

_LOOKS = {  # of the arm that comes first in the settings: colour, marker, filled
    BETTER: (BLUE, "o", True),
    UNDECIDED: (GREY, "o", False),
    WORSE: (ORANGE, "s", True),
}


def worlds_figure(found: Found, ran: Ran) -> Figure:
    """Draw the difference of the two arms in every world, in order, with its interval."""
    figure = new_figure(2.3)
    axes = figure.subplots()
    factor = factor_of(found.outcome)
    rows = found.worlds.dropna(subset=["difference"]).sort_values("difference", ignore_index=True)
    for says, (colour, marker, filled) in _LOOKS.items():
        some = rows[rows["says"] == says]
        axes.vlines(some.index, factor * some["low"], factor * some["high"], color=colour, lw=0.7)
        axes.plot(
            some.index, factor * some["difference"], marker, ms=2.6, color=colour, mfc=colour if filled else "1", ls=""
        )
    axes.axhline(0.0, color="0.5", lw=0.7)
    zh = ran.language == "zh"
    axes.set_xlabel("世界，按差异排序" if zh else "worlds, in order of the difference")
    axes.set_ylabel(f"{_difference(found, ran)}\n[{change_unit_of(found.outcome, ran.language)}]", linespacing=1.3)
    axes.legend(handles=_handles(found, ran), loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, handletextpad=0.2)
    return finish(figure, ran, _note(ran), intervals=False)


def box_figure(found: Found, ran: Ran) -> Figure:
    """Draw the worlds over the two most certain limits with the box, and coverage against density on the way to it."""
    figure = new_figure(3.3)
    left, right = figure.subplots(1, 2, width_ratios=[1.15, 1.0])
    _scatter(left, _straight(found, ran), ran)
    _trade_off(right, found, ran)
    return finish(figure, ran, _note(ran), intervals=False)


def _straight(found: Found, ran: Ran) -> Found:
    """Return worlds and arms in the order of the settings, so that both figures have one sign and one colour an arm."""
    (stage,) = ran.settings.all_stages.values()
    order = [arm for arm in stage.arms if arm in found.arms]
    if order == list(found.arms):
        return found
    worlds = found.worlds.assign(
        difference=-found.worlds["difference"],
        low=-found.worlds["high"],
        high=-found.worlds["low"],
        says=found.worlds["says"].replace({BETTER: WORSE, WORSE: BETTER}),
    )
    return replace(found, arms=(order[0], order[1]), worlds=worlds)


def _scatter(axes: Axes, found: Found, ran: Ran) -> None:
    """Draw worlds over two limited parameters; with one alone, the difference stands on the other axis."""
    limits, factor = found.limits, factor_of(found.outcome)
    across = limits.iloc[0]
    up = limits.iloc[1] if len(limits) > 1 else None
    heights = factor * found.worlds["difference"] if up is None else found.worlds[up["parameter"]]
    for says in (UNDECIDED, WORSE, BETTER):
        colour, marker, filled = _LOOKS[says]
        some = found.worlds["says"] == says
        x = found.worlds.loc[some, across["parameter"]]
        axes.plot(x, heights[some], marker, ms=3.4, mew=0.8, color=colour, mfc=colour if filled else "1", ls="")
    axes.margins(0.04)
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    x_low, x_high = max(x0, across["low"]), min(x1, across["high"])
    y_low, y_high = (y0, y1) if up is None else (max(y0, up["low"]), min(y1, up["high"]))
    axes.add_patch(Rectangle((x_low, y_low), x_high - x_low, y_high - y_low, fc="#56B4E9", alpha=0.18, zorder=0))
    axes.add_patch(Rectangle((x_low, y_low), x_high - x_low, y_high - y_low, fill=False, ec="0.1", lw=1.1))
    axes.set_xlim(x0, x1)
    axes.set_ylim(y0, y1)
    axes.set_xlabel(wrapped(str(across[ran.language]), 40))
    unit = change_unit_of(found.outcome, ran.language)
    axes.set_ylabel(f"{_difference(found, ran)}\n[{unit}]" if up is None else wrapped(str(up[ran.language]), 40))
    zh, more = ran.language == "zh", len(limits) - 2
    heading = "世界与区域" if zh else "Worlds and the box"
    if more > 0:
        heading += f"（另有 {more} 个参数受限）" if zh else f" ({more} more limited)"
    title(axes, heading, 0)
    axes.legend(
        handles=_handles(found, ran), loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=1, handletextpad=0.2
    )


def _trade_off(axes: Axes, found: Found, ran: Ran) -> None:
    """Draw density over coverage along the trajectory, coloured by how many parameters are limited; marks the box."""
    assert found.box is not None
    way, zh = found.box.trajectory, ran.language == "zh"
    points = axes.scatter(
        way["coverage"], way["density"], c=way["restricted"].astype(float), s=13, cmap="viridis_r", lw=0, zorder=2
    )
    axes.plot(found.box.coverage, found.box.density, "o", ms=8, mfc="none", color="k", mew=1.1, zorder=3)
    handles = [Line2D([], [], marker="o", ms=7, mfc="none", color="k", ls="", label="选定的区域" if zh else "the box")]
    hold = found.holdout
    if not math.isnan(hold["density"]):
        error = np.array([[hold["density"] - hold["low"]], [hold["high"] - hold["density"]]])
        axes.errorbar(hold["coverage"], hold["density"], yerr=error, fmt="D", ms=4.5, color=ORANGE, lw=1.0, zorder=3)
        label = "留出检验" if zh else "in worlds held out"
        handles.append(Line2D([], [], marker="D", ms=4.5, color=ORANGE, ls="", label=label))
    axes.axhline(found.share, color="0.5", lw=0.8, ls="--", zorder=0)
    handles.append(Line2D([], [], color="0.5", lw=0.8, ls="--", label="全部世界" if zh else "all worlds"))
    axes.set_xlim(0.0, 1.04)
    axes.set_ylim(0.0, 1.04)
    axes.set_xlabel("覆盖率" if zh else "coverage")
    axes.set_ylabel("密度" if zh else "density")
    bar = axes.figure.colorbar(points, ax=axes, pad=0.02, aspect=30)
    bar.set_label("受限参数个数" if zh else "parameters limited")
    bar.locator = _whole(way["restricted"])
    bar.update_ticks()
    title(axes, "覆盖率与密度的取舍" if zh else "Coverage against density", 1)
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=1)


def _whole(counts: pd.Series) -> object:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(min(6, max(1, int(counts.max()))), integer=True)


def _difference(found: Found, ran: Ran) -> str:
    first, second = (ran.settings.labels[arm] for arm in found.arms)
    name = name_of(found.outcome, ran.language)
    if ran.language == "zh":
        return f"{wrapped(name, 24)}：\n{wrapped(f'{first}减{second}', 32)}"
    return wrapped(f"{name}, {first} less {second}", 34)


def _handles(found: Found, ran: Ran) -> list[Line2D]:
    first, second = (ran.settings.labels[arm] for arm in found.arms)
    labels = {BETTER: f"{first} better", UNDECIDED: "not told apart", WORSE: f"{second} better"}
    if ran.language == "zh":
        labels = {BETTER: f"{first}较优", UNDECIDED: "无法区分", WORSE: f"{second}较优"}
    out = []
    for says, label in labels.items():
        colour, marker, filled = _LOOKS[says]
        text = f"{label} ({found.count(says)})"
        out.append(Line2D([], [], marker=marker, ms=4, color=colour, mfc=colour if filled else "1", ls="", label=text))
    return out


def _note(ran: Ran) -> str:
    if ran.language == "zh":
        return "每点为一个世界；95 % t 区间，噪声在各世界间合并"
    return "a point is a world; 95 % t intervals over seeds, noise pooled over worlds"
