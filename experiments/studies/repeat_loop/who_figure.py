"""Figure: who circles: shares among circling problems over shares among all, by trait."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import UNKNOWN, finish, new_figure, title, wrapped
from experiments.figures.style import COLOURS
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_figure import of_stage
from experiments.studies.repeat_loop.loop_says import trait_name
from experiments.studies.repeat_loop.panel import MANY

_PANELS = (("strategic", "aggrieved", "misplaced", "level", "zone"), ("category",))
_WORDS = {
    "en": {
        "people": "resident, problem, place",
        "category": "category",
        "axis": "share, filed ≥ {n} times ÷ all",
    },
    "zh": {"people": "诉求人、问题、地区", "category": "类别", "axis": "诉求 ≥ {n} 次者中占比 ÷ 全部中占比"},
}


def draw(ran: Ran, who: pd.DataFrame) -> Figure:
    """Draw two panels of points with intervals; blue less, red more often among those that circle, grey unsure."""
    words = _WORDS[ran.language]
    figure = new_figure(3.3)
    panels = figure.subplots(1, 2)
    for i, (axes, traits, key) in enumerate(zip(panels, _PANELS, ("people", "category"), strict=True)):
        rows = who[
            who["trait"].isin(traits)
            & ~((who["value"] == "no") & who["trait"].isin(("strategic", "aggrieved", "misplaced")))
        ]
        order = {trait: at for at, trait in enumerate(traits)}
        rows = rows.assign(place=rows["trait"].map(order)).sort_values(["place", "lift"], ascending=[True, False])
        _points(axes, ran, rows)
        axes.set_xlabel(words["axis"].format(n=MANY))
        title(axes, words[key], i)
    return finish(figure, of_stage(ran, "recovery"))


def _points(axes: Axes, ran: Ran, rows: pd.DataFrame) -> None:
    places = np.arange(len(rows))[::-1]
    axes.axvline(1.0, color="0.75", lw=0.8, zorder=0)
    colours = {"more": COLOURS[1], "less": COLOURS[2], "unsure": UNKNOWN}
    for at, (_, row) in zip(places, rows.iterrows(), strict=True):
        axes.plot([row["lift_low"], row["lift_high"]], [at, at], color=colours[row["says"]], lw=1.2)
        axes.plot([row["lift"]], [at], "o", ms=3.6, color=colours[row["says"]])
    axes.set_yticks(places, [wrapped(trait_name(ran, row), 34) for _, row in rows.iterrows()])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    widest = float(np.nanmax(rows[["lift", "lift_high"]].to_numpy(), initial=1.0))
    end = min(widest, max(1.0, 3.0 * float(rows["lift"].max())))  # the line at 1 is always seen
    axes.set_xlim(-0.03 * end, 1.04 * end)  # a mark at nothing is whole
