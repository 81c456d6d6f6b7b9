"""Figure: the effect over a reform's dials, with intervals, from arms that differ in one field of one reform."""

from __future__ import annotations

import enum

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from experiments.effects import Dial
from experiments.figures.panels import change_label, finish, new_figure, of_outcome, title, wrapped
from experiments.figures.style import COLOURS
from experiments.findings import Findings
from experiments.words import choice_in, factor_of, unit_in

CAPTION = {
    "en": "Effects over the dials of a reform: paired differences to the first arm, an average month, over a number "
    "that arms differ in with bands, over a choice with whiskers; hollow: the value today.",
    "zh": "改革各参数的效应：与首个方案的配对差异（月均）；数值型参数附区间带，选择型附误差线；空心为现行值。",
}
OUTCOMES = ("real_resolution", "problems_resolved", "reported_resolution", "staff_hours")
_TODAY = {"en": "; ○ today", "zh": "；○ 现行值"}  # under the panels, where no band can lie below it
_TALL, _LOW = 1.5, 1.2  # inches: a row where there are few, and where there are many
_TITLES = 0.45  # inches: what the first row has more, for titles


def draw(findings: Findings) -> Figure | None:
    """Draw a row for each dial that the arms turn, and a panel for each outcome that the run has."""
    if not len(findings.dial):
        return None
    known = set(findings.dial.dropna(subset=["difference"])["outcome"])
    outcomes = [name for name in OUTCOMES if name in known]
    found = findings.dials
    lines = [sum(_named(findings, arm).count("\n") + 1 for arm in dial.values) * dial.chosen for dial in found]
    heights = [max(_TALL if len(found) < 3 else _LOW, 0.6 + 0.14 * n) for n in lines]
    heights[0] += _TITLES
    figure = new_figure(sum(heights))
    rows = np.ravel(figure.subfigures(len(found), 1, height_ratios=heights))
    for i, (dial, part) in enumerate(zip(found, rows, strict=True)):
        table = findings.dial[findings.dial["dial"] == i]
        panels = part.subplots(1, len(outcomes), squeeze=False, sharey=dial.chosen)[0]
        for j, (axes, name) in enumerate(zip(panels, outcomes, strict=True)):
            rows_of = of_outcome(table, name)
            if dial.chosen:
                _choices(axes, rows_of, findings, name)
            else:
                _numbers(axes, rows_of, dial, name)
            title(axes, change_label(name, findings.language, 24) if i == 0 else "", i * len(outcomes) + j)
        part.supxlabel(wrapped(_said(dial, findings.language), 110), fontsize=8)
    return finish(figure, findings)


def _said(dial: Dial, language: str) -> str:
    """Return what stands below a row: the field with its unit, and what else all its arms have in common."""
    zh = language == "zh"
    said = dial.field.zh if zh else dial.field.en
    if not dial.chosen:
        said += f" [{unit_in(dial.field.unit, language)}]"
        said += _TODAY[language] if dial.today is not None else ""
    for other, value in dial.beside:
        name = other.zh.split("（")[0] if zh else other.en.split(" (")[0]
        shown = choice_in(str(value.value), language) if isinstance(value, enum.Enum) else f"{value:g}"
        said += f"；{name} = {shown}" if zh else f"; {name} = {shown}"
    return said


def _numbers(axes: Axes, rows: pd.DataFrame, dial: Dial, name: str) -> None:
    """Draw the paired difference to the baseline against the field's value, and where the baseline stands."""
    factor = factor_of(name)
    table = rows[["value", "difference", "ci_low", "ci_high"]]
    if dial.today is not None:
        today = pd.DataFrame([[dial.today, 0.0, 0.0, 0.0]], columns=table.columns)
        table = pd.concat([table[table["value"] != dial.today], today])
    table = table.sort_values("value")
    axes.axhline(0.0, color="0.75", lw=0.8, zorder=0)
    alone = table["value"] == dial.never
    if alone.any():  # never is no number among the others: a mark of its own
        axes.vlines(table["value"][alone], *_ends(table[alone], factor), color=COLOURS[2], lw=1.0)
        axes.plot(table["value"][alone], factor * table["difference"][alone], "o", ms=3.4, color=COLOURS[2])
        table = table[~alone]
    axes.fill_between(table["value"], *_ends(table, factor), color=COLOURS[2], alpha=0.2, lw=0)
    axes.plot(table["value"], factor * table["difference"], "-o", ms=3.4, color=COLOURS[2])
    if dial.today is not None:
        axes.plot([dial.today], [0.0], "o", ms=5.0, color="0", mfc="1")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")


def _named(findings: Findings, arm: str) -> str:
    return wrapped(findings.arms[arm], 30)


def _ends(table: pd.DataFrame, factor: float) -> list[NDArray[np.float64]]:
    return [factor * table[key].to_numpy(dtype=np.float64) for key in ("ci_low", "ci_high")]


def _choices(axes: Axes, rows: pd.DataFrame, findings: Findings, name: str) -> None:
    """Draw the paired difference to the baseline with its interval, a line a choice."""
    factor = factor_of(name)
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for i, row in enumerate(rows.itertuples()):
        axes.plot([factor * row.ci_low, factor * row.ci_high], [i, i], color=COLOURS[2], lw=1.0)
        axes.plot([factor * row.difference], [i], "o", ms=3.4, color=COLOURS[2])
    axes.set_yticks(range(len(rows)), [_named(findings, arm) for arm in rows["arm"]])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(3))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
