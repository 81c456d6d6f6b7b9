"""Figure: pairs of reforms, whether two together do more or less than the sum of both."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.panels import (
    cells,
    change_label,
    finish,
    new_figure,
    of_outcome,
    shown_change,
    title,
    wrapped,
)
from experiments.findings import Findings
from experiments.intervals import told_apart
from experiments.words import factor_of, width_of

CAPTION = {
    "en": "Pairs of reforms: the effect of both less the sum of the effects of each alone.",
    "zh": "改革两两组合：两项并行的效应减去各自效应之和。",
}
_OUTCOMES = ("real_resolution", "reported_resolution")
_LYING = 10  # letters of a label that fits below its column without being turned
_SIDE_BY_SIDE = 6  # reforms; of more the matrices stand one above the other
_NOTES = {
    "en": "framed: effect alone; below: both less the sum of each; {intervals}",
    "zh": "带框：单独效应；下三角：两者并行减去各自之和；{intervals}",
}
_INTERVALS = {  # those of the bootstrap are not symmetric
    "none": {"en": "one seed, no intervals", "zh": "仅一个种子，无区间"},
    "t": {"en": "± half the interval; ( ): the interval holds 0", "zh": "± 区间半宽；( )：区间含 0"},
    "bootstrap": {"en": "[ ]: the interval; ( ): the interval holds 0", "zh": "[ ]：区间；( )：区间含 0"},
}


def draw(findings: Findings) -> Figure | None:
    """Draw a matrix an outcome: effects alone on the diagonal, interactions below it."""
    table = findings.interaction
    if not len(table):
        return None
    labels = list(dict.fromkeys([*table["first"], *table["second"]]))
    beside = len(labels) <= _SIDE_BY_SIDE
    tall = 0.95 + 0.42 * len(labels)
    figure = new_figure(tall if beside else tall * len(_OUTCOMES))
    panels = figure.subplots(*((1, len(_OUTCOMES)) if beside else (len(_OUTCOMES), 1)), squeeze=False)
    for i, (axes, outcome) in enumerate(zip(panels.flat, _OUTCOMES, strict=True)):
        _matrix(axes, findings, labels, outcome)
        named = [wrapped(findings.arms[label], 18) for label in labels]
        axes.set_xticks(range(len(labels)), named)
        if len(labels) > 3 and max(width_of(line) for name in named for line in name.split("\n")) > _LYING:
            axes.tick_params(axis="x", labelrotation=90)
        axes.set_yticks(range(len(labels)), named if i == 0 or not beside else [""] * len(labels))
        title(axes, change_label(outcome, findings.language).replace("\n", " "), i)
    language = findings.language
    return finish(figure, findings, _NOTES[language].format(intervals=_INTERVALS[findings.interval][language]))


def _matrix(axes: Axes, findings: Findings, labels: list[str], name: str) -> None:
    k = len(labels)
    values, texts = np.full((k, k), np.nan), [[""] * k for _ in labels]
    alone = of_outcome(findings.comparison, name).set_index("arm")
    alone = alone.assign(told=told_apart(alone))
    for i, label in enumerate(labels):
        values[i, i] = alone.loc[label, "difference"]
        texts[i][i] = _text(name, alone.loc[label], "difference")
        axes.add_patch(Rectangle((i - 0.5, i - 0.5), 1.0, 1.0, fill=False, ec="0", lw=1.0, zorder=3, clip_on=False))
    pairs = of_outcome(findings.interaction, name)
    for _, row in pairs.assign(told=told_apart(pairs)).iterrows():
        i, j = labels.index(row["second"]), labels.index(row["first"])
        values[i, j], texts[i][j] = row["interaction"], _text(name, row, "interaction")
    cells(axes, values, texts, float(np.nanmax(np.abs(values))) or 1.0)


def _text(name: str, row: pd.Series, value: str) -> str:
    text = shown_change(name, float(row[value]))
    low, high = float(row["ci_low"]), float(row["ci_high"])
    if row["interval"] == "bootstrap":
        text = f"{text}\n[{shown_change(name, low)},\n{shown_change(name, high)}]"
    elif not np.isnan(low):
        text = f"{text}\n±{(high - low) / 2.0 * factor_of(name):.2f}"
    return text if row["told"] else f"({text})"
