"""Figure: where the hours go over the strength of the tournament, what is left unresolved, and what each unit buys."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.panels import BETTER, WORSE, finish, new_figure, title, wrapped
from experiments.studies.diminishing_returns.factors import FACTORS
from experiments.studies.diminishing_returns.factors_words import FACTOR_NAMES, KIND_NAMES, USE_NAMES, steps_shown
from experiments.studies.diminishing_returns.hours import TAKEN, USES
from experiments.studies.diminishing_returns.ledger import KINDS
from experiments.studies.ran import Ran

_WORDS = {
    "en": {
        "hours": "hours paid, million a month",
        "left": "tickets not resolved, per cent of all",
        "step": "β = {a:g} → {b:g}: {whole:+.2f} points",
        "axis": "strength of the tournament β",
    },
    "zh": {
        "hours": "付出的工时（百万小时/月）",
        "left": "未解决的工单（占全部，%）",
        "step": "β = {a:g} → {b:g}：{whole:+.2f} 个百分点",
        "axis": "锦标赛强度 β",
    },
}
_USE_COLOURS = ("#0072B2", "#009E73", "#D55E00", "#56B4E9", "0.55", "0.88")
_KIND_COLOURS = ("#56B4E9", "#D55E00", "#E69F00", "0.35", "#CC79A7")


def draw(ran: Ran, split: pd.DataFrame, hours: pd.DataFrame, left: pd.DataFrame) -> Figure:
    """Draw hours by use and unresolved tickets by kind over β, and below a panel a step with each factor's part."""
    words, steps = _WORDS[ran.language], steps_shown(split)
    figure = new_figure(5.6)
    above, below = figure.subfigures(2, 1, height_ratios=(1.0, 1.15))
    one, two = above.subplots(1, 2)
    _stack(one, hours, "use", "mean", 1e-6, list(USES), _USE_COLOURS, USE_NAMES[ran.language])
    _stack(two, left, "kind", "failed", 100.0, list(KINDS), _KIND_COLOURS, KIND_NAMES[ran.language])
    for i, (axes, key) in enumerate(((one, "hours"), (two, "left"))):
        title(axes, words[key], i)
        axes.set_xlabel(words["axis"])
    _taken(one, hours, USE_NAMES[ran.language])
    for axes in (one, two):
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), handlelength=1.0, reverse=True)
    panels = below.subplots(1, len(steps), sharey=True, sharex=True, squeeze=False)[0]
    for i, (axes, (a, b)) in enumerate(zip(panels, steps, strict=True)):
        rows = split[(split["from"] == a) & (split["to"] == b)].set_index("factor")
        _bars(axes, rows, ran.language)
        title(axes, words["step"].format(a=a, b=b, whole=100.0 * rows.loc["whole", "mean"]), i + 2)
    return finish(figure, ran)


def _stack(
    axes: Axes,
    table: pd.DataFrame,
    by: str,
    value: str,
    factor: float,
    order: list[str],
    colours: tuple[str, ...],
    names: dict[str, str],
) -> None:
    wide = factor * table.pivot(index="strength", columns=by, values=value)[order]
    labels = [wrapped(names[name], 18) for name in order]
    axes.stackplot(wide.index, wide.to_numpy().T, colors=colours, labels=labels, lw=0)
    axes.set_xlim(wide.index[0], wide.index[-1])
    axes.set_ylim(0.0)


def _taken(axes: Axes, hours: pd.DataFrame, names: dict[str, str]) -> None:
    """Draw from above what of the hours lies over the resting effort: withdrawn from other duties, and overtime."""
    paid = hours[hours["use"].isin(USES)].groupby("strength")["mean"].sum()
    under, hatches = paid.copy(), {"withdrawn": "////", "overtime": "xxxx"}
    for use in reversed(TAKEN):
        lower = under - hours[hours["use"] == use].set_index("strength")["mean"]
        axes.fill_between(
            paid.index,
            1e-6 * lower,
            1e-6 * under,
            facecolor="none",
            edgecolor="0.15",
            hatch=hatches[use],
            lw=0.0,
            label=wrapped(names[use], 18),
        )
        under = lower


def _bars(axes: Axes, rows: pd.DataFrame, language: str) -> None:
    """Draw each factor's part as a bar with its interval."""
    places = np.arange(len(FACTORS))
    mean, low, high = (100.0 * rows.loc[list(FACTORS), key].to_numpy(dtype=float) for key in ("mean", "low", "high"))
    colours = [BETTER if value > 0.0 else WORSE for value in mean]
    axes.barh(places, mean, color=colours, height=0.65, alpha=0.75)
    axes.hlines(places, low, high, color="0.1", lw=0.9)
    axes.axvline(0.0, color="0.4", lw=0.6)
    axes.set_yticks(places, [wrapped(FACTOR_NAMES[language][name], 28) for name in FACTORS])
    axes.set_ylim(len(FACTORS) - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.tick_params(axis="y", length=0, labelsize=6.5)
