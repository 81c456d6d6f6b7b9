"""Figure: how a surge passes through: problems, backlog, real resolution, repeats, effort and morale by month."""

from __future__ import annotations

import datetime

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from experiments.figures.lines import from_zero, over_months
from experiments.figures.panels import legend_below
from experiments.figures.style import WIDE, dates, foot, letter, year_axis
from experiments.findings import Findings

CAPTION = {
    "en": "How a surge passes through: problems, backlog, real resolution, repeats, effort and morale by month.",
    "zh": "激增的传导：问题、积压、真实解决率、重复、投入与士气的逐月变化。",
}
_PANELS = (  # outcome, by what it is multiplied, and the most that it can be
    ("problems", 0.001, None),
    ("backlog", 0.001, None),
    ("real_resolution", 100.0, 100.0),
    ("repeats", 0.001, None),
    ("effort", 1.0, None),
    ("morale", 1.0, 1.0),
)
_WORDS = {
    "en": {
        "problems": "new problems, thousand",
        "backlog": "tickets waiting, thousand",
        "real_resolution": "real resolution, per cent",
        "repeats": "repeats, thousand",
        "effort": "effort, of normal time",
        "morale": "morale, 0–1",
        "surge": "surge",
    },
    "zh": {
        "problems": "新问题（千件）",
        "backlog": "月末积压工单（千件）",
        "real_resolution": "真实解决率（%）",
        "repeats": "重复诉求（千件）",
        "effort": "投入（正常工时的倍数）",
        "morale": "士气（0–1）",
        "surge": "诉求激增",
    },
}


def draw(findings: Findings) -> Figure:
    """Draw six panels over time, every arm a line, the months of the surge shaded."""
    words = _WORDS[findings.language]
    figure = Figure(figsize=(WIDE, 3.6))
    panels = figure.subplots(2, 3).ravel()
    months = list(findings.monthly["month"].unique())
    for i, (axes, (name, factor, most)) in enumerate(zip(panels, _PANELS, strict=True)):
        _shade(axes, findings)
        over_months(axes, findings, name, factor)
        from_zero(axes, most)
        letter(axes, i, words[name])
        year_axis(axes, months)
    figure.subplots_adjust(left=0.055, right=0.985, top=0.94, wspace=0.2, hspace=0.42)
    handles = panels[0].get_legend_handles_labels()[0]
    if findings.surged:
        handles = [*handles, Patch(color="0.88", label=words["surge"])]
    legend_below(figure, handles, handlelength=2.4)
    foot(figure, findings)
    return figure


def _shade(axes: Axes, findings: Findings) -> None:
    """Shade the months of the surge."""
    for day in dates(findings.surged):
        following = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
        axes.axvspan(day.replace(day=1), following, color="0.88", lw=0, zorder=0)
