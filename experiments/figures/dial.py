"""Figure: the effect over a reform's main dial, with bands, from arms that differ in one field of one reform."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.effects import Dial
from experiments.figures.panels import change_label, finish, new_figure, of_outcome, title, wrapped
from experiments.figures.style import COLOURS
from experiments.findings import Findings
from experiments.words import factor_of

CAPTION = {
    "en": "The effect of a reform over its main dial: paired differences to the first arm with their intervals.",
    "zh": "改革主要参数的效应：与首个方案的配对差异及区间。",
}
OUTCOMES = ("real_resolution", "reported_resolution", "staff_hours")
_TODAY = {"en": "today", "zh": "现行值"}


def draw(findings: Findings) -> Figure | None:
    """Draw a row for each dial that the arms turn, and a panel for each outcome."""
    if not len(findings.dial):
        return None
    return draw_dials(findings, findings.dials, OUTCOMES)


def draw_dials(findings: Findings, dials: list[Dial], outcomes: tuple[str, ...]) -> Figure:
    """Draw the paired difference to the baseline against the field's value, its declared label and unit below."""
    figure = new_figure(1.95 * len(dials))
    panels = figure.subplots(len(dials), len(outcomes), squeeze=False)
    for i, dial in enumerate(dials):
        table = findings.dial[(findings.dial["reform"] == dial.reform) & (findings.dial["field"] == dial.field.name)]
        for j, name in enumerate(outcomes):
            _panel(panels[i, j], of_outcome(table, name), dial, name, findings.language)
            title(panels[i, j], change_label(name, findings.language), i * len(outcomes) + j)
    return finish(figure, findings)


def _panel(axes: Axes, rows: pd.DataFrame, dial: Dial, name: str, language: str) -> None:
    factor = factor_of(name)
    table = rows[["value", "difference", "ci_low", "ci_high"]]
    if dial.today is not None:
        today = pd.DataFrame([[dial.today, 0.0, 0.0, 0.0]], columns=table.columns)
        table = pd.concat([table[table["value"] != dial.today], today])
    table = table.sort_values("value")
    axes.axhline(0.0, color="0.75", lw=0.8, zorder=0)
    low, high = (factor * table[key].to_numpy(dtype=np.float64) for key in ("ci_low", "ci_high"))
    axes.fill_between(table["value"], low, high, color=COLOURS[2], alpha=0.2, lw=0)
    axes.plot(table["value"], factor * table["difference"], "-o", ms=3.4, color=COLOURS[2])
    if dial.today is not None:
        axes.plot([dial.today], [0.0], "o", ms=5.0, color="0", mfc="1", label=_TODAY[language])
        axes.legend(loc="best", handletextpad=0.2)
    label = dial.field.zh if language == "zh" else dial.field.en
    axes.set_xlabel(wrapped(f"{label} [{dial.field.unit}]", 30))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
