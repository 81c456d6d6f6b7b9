"""Figure: how a surge passes: its difference to the same run without it, over months, an arm a line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.panels import finish, new_figure, title, wrapped
from experiments.figures.style import COLOURS, DASHES
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_figure import of_stage
from experiments.studies.repeat_loop.recovery import OUTCOMES, WITHIN
from experiments.words import name_of

_LATER = 5  # months after the surge from which on the lower panels begin
_WORDS = {
    "en": {
        "axis": "months from the surge's first",
        "of": "difference to no surge, %",
        "later": "what is left, enlarged",
        "note": "shaded: the surge; grey band below: within 1 % of the path without it",
    },
    "zh": {
        "axis": "自激增首月起的月数",
        "of": "与无激增相比的差异（%）",
        "later": "此后（放大）",
        "note": "阴影为激增；下排灰带为无激增路径的 1 % 以内",
    },
}


def draw(ran: Ran, paths: pd.DataFrame) -> Figure:
    """Draw an outcome a column: the whole path above, and what is left after the surge enlarged below."""
    words, surge_months = _WORDS[ran.language], ran.settings.parameters.surge_months
    figure = new_figure(3.5)
    panels = figure.subplots(2, len(OUTCOMES), sharex="col")
    arms = list(dict.fromkeys(paths["arm"]))
    for j, name in enumerate(OUTCOMES):
        for i in range(2):
            axes = panels[i, j]
            axes.axhline(0.0, color="0.6", lw=0.8, zorder=0)
            axes.axvspan(0.5, surge_months + 0.5, color="0.9", lw=0, zorder=0)
            for k, arm in enumerate(arms):
                rows = paths[(paths["arm"] == arm) & (paths["outcome"] == name)]
                rows = rows[rows["month_after"] >= (-1 if i == 0 else surge_months + _LATER)]
                scale = 100.0 * (rows["relative"] / rows["difference"].where(rows["difference"] != 0.0)).fillna(0.0)
                x, mean = rows["month_after"].to_numpy(), 100.0 * rows["relative"].to_numpy(dtype=np.float64)
                low, high = ((scale * rows[key]).to_numpy(dtype=np.float64) for key in ("low", "high"))
                axes.fill_between(x, low, high, color=COLOURS[k % len(COLOURS)], alpha=0.15, lw=0)
                look = {"color": COLOURS[k % len(COLOURS)], "ls": DASHES[k % len(DASHES)]}
                axes.plot(x, mean, label=ran.settings.labels[arm], **look)
            if i == 1:
                axes.axhspan(-100.0 * WITHIN, 100.0 * WITHIN, color="0.85", lw=0, zorder=-1)
                axes.set_xlabel(words["axis"])
            title(axes, wrapped(name_of(name, ran.language), 34) if i == 0 else words["later"], i * len(OUTCOMES) + j)
    for i in range(2):
        panels[i, 0].set_ylabel(words["of"])
    panels[0, 0].legend(loc="upper right", handlelength=2.6)
    return finish(figure, of_stage(ran, "recovery"), words["note"])
