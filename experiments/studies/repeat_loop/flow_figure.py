"""Figure: problems as a flow, from filing over the second and third request to how they end."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from experiments.figures.panels import finish, new_figure, title
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_figure import of_stage
from experiments.studies.repeat_loop.loop_words import WORDS as SAID
from experiments.studies.repeat_loop.panel import DAYS, FATES, MANY
from experiments.studies.texts import percent

_COLOURS = {
    "resolved": "#0072B2",
    "excluded": "#CC79A7",
    "rests": "#999999",
    "gave_up": "#D55E00",
    "open": "#E69F00",
    "returned": "#56B4E9",
}
_GAP, _WIDTH = 0.07, 0.055  # between the ends of the right column, and of a block
_SEEN = 0.0005  # an end with a smaller share of its panel is left out
_LEAST = 0.004  # a band thinner than this share of its panel is not drawn
_WORDS = {
    "en": {
        "all": "all problems",
        "again": "those filed again, enlarged",
        "requests": ("filed", "filed again", "third time\nor more"),
        "foot": "problems followed for {days} days; heights are shares of each panel's problems",
    },
    "zh": {
        "all": "全部问题",
        "again": "其中再次诉求者（放大）",
        "requests": ("诉求", "再次诉求", "三次\n及以上"),
        "foot": "问题追踪 {days} 天；高度为各图中问题的占比",
    },
}


def draw(ran: Ran, flow: pd.DataFrame) -> Figure:
    """Draw two alluvial panels: all problems, and those filed a second time."""
    words = _WORDS[ran.language]
    figure = new_figure(3.0)
    panels = figure.subplots(1, 2)
    shares = {(int(row.attempt), str(row.fate)): float(row.mean) for row in flow.itertuples()}
    for i, (axes, first) in enumerate(zip(panels, (1, 2), strict=True)):
        _panel(axes, shares, first, ran.language)
        title(axes, words["all" if first == 1 else "again"], i)
    return finish(figure, of_stage(ran, "recovery"), words["foot"].format(days=DAYS), intervals=False)


def entering(shares: dict[tuple[int, str], float], first: int) -> dict[int, float]:
    """Return the share of all problems that is filed an n-th time, from attempt `first` on."""
    ends = {n: sum(shares.get((n, fate), 0.0) for fate in FATES) for n in range(1, MANY + 1)}
    return {n: sum(ends[m] for m in range(n, MANY + 1)) for n in range(first, MANY + 1)}


def _panel(axes: Axes, shares: dict[tuple[int, str], float], first: int, language: str) -> None:
    words, names = _WORDS[language], SAID[language]["fates"]
    into = entering(shares, first)
    whole = into[first] or 1.0
    sizes = {fate: sum(shares.get((n, fate), 0.0) for n in into) / whole for fate in FATES}
    shown = [fate for fate in FATES if sizes[fate] >= _SEEN]
    columns = {n: 0.9 * (n - first) / (MANY - first + 1) for n in into}
    tops, at = {}, 1.0 + _GAP * (len(shown) - 1) / 2.0
    for fate in shown:
        tops[fate] = at
        at -= sizes[fate] + _GAP
    filled = dict.fromkeys(shown, 0.0)
    top, low = 1.0, -_GAP * (len(shown) - 1) / 2.0 - 0.02
    for n in into:
        height, x = into[n] / whole, columns[n]
        axes.add_patch(Rectangle((x, top - height), _WIDTH, height, fc="0.25", lw=0))
        axes.plot([x + _WIDTH / 2.0] * 2, [top - height, low], color="0.25", lw=0.6, ls=":", zorder=3)
        text = f"{words['requests'][n - 1]}\n{percent(into[n])} %"
        side = "left" if n == first else "center"
        at_x = x if n == first else x + _WIDTH / 2.0
        axes.text(at_x, low - 0.01, text, fontsize=6.5, va="top", ha=side, linespacing=1.15)
        # ends leave from the block's top and what is filed again from its bottom, so that the two do not cross
        start = top
        for fate in shown:
            size = shares.get((n, fate), 0.0) / whole
            goal = tops[fate] - filled[fate]
            if size >= _LEAST:
                _band(axes, (x + _WIDTH, start), (1.0, goal), size, _COLOURS[fate])
            start, filled[fate] = start - size, filled[fate] + size
        if n + 1 in into:
            size = into[n + 1] / whole
            _band(axes, (x + _WIDTH, start), (columns[n + 1], start), size, _COLOURS["returned"])
            top = start
    _ends(axes, shown, tops, sizes, whole, names)
    axes.set_xlim(-0.01, 1.42)
    axes.set_ylim(low - 0.17, 1.0 + _GAP * (len(shown) - 1) / 2.0 + 0.01)
    axes.set_axis_off()


def _ends(
    axes: Axes,
    shown: list[str],
    tops: dict[str, float],
    sizes: dict[str, float],
    whole: float,
    names: dict[str, str],
) -> None:
    """Draw the right column with its labels: share of the panel's problems."""
    for fate in shown:
        axes.add_patch(Rectangle((1.0, tops[fate] - sizes[fate]), _WIDTH, sizes[fate], fc=_COLOURS[fate], lw=0))
        middle = tops[fate] - sizes[fate] / 2.0
        axes.text(1.0 + 1.4 * _WIDTH, middle, f"{names[fate]} {percent(sizes[fate])} %", va="center", fontsize=7)


def _band(axes: Axes, left: tuple[float, float], right: tuple[float, float], size: float, colour: str) -> None:
    """Draw a band of the height `size` between two tops, curved as a cubic Bezier."""
    (x, y), (u, v) = left, right
    middle = (x + u) / 2.0
    points = [
        (x, y),
        (middle, y),
        (middle, v),
        (u, v),
        (u, v - size),
        (middle, v - size),
        (middle, y - size),
        (x, y - size),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path([*points, (x, y)], codes), fc=colour, alpha=0.55, lw=0))
