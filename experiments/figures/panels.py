"""Parts that several figures share: layouts that make room for their labels, and cells of a matrix with numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from string import ascii_lowercase

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from numpy.typing import NDArray

from experiments.figures.style import WIDE, Noted, foot
from experiments.words import change_unit_of, factor_of, name_of, width_of

_LINE = 0.18  # inches: a line of the foot
BETTER, WORSE, UNKNOWN = "#0072B2", "#D55E00", "0.5"
_COLOURS = mpl.colormaps["RdBu"]  # blue is better; red and blue are told apart by the colour-blind too


def new_figure(height: float) -> Figure:
    """Return a figure two columns wide whose panels make room for their labels; `finish` adds the foot below."""
    return Figure(figsize=(WIDE, height), layout="constrained")


def finish(figure: Figure, findings: Noted, note: str = "", intervals: bool = True) -> Figure:
    """Let the figure grow by its foot, and by a note on a line above it; return it.

    The foot names the kind of the intervals over seeds, unless the figure has others (`intervals` False).
    """
    room = _LINE * (2 if note else 1) + 0.04
    height = figure.get_figheight() + room
    figure.set_figheight(height)
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(rect=(0.0, room / height, 1.0, 1.0 - room / height), h_pad=0.04, w_pad=0.04)
    foot(figure, findings, intervals)
    if note:
        figure.text(0.005, _LINE / height, note, ha="left", va="bottom", fontsize=7, color="0.4")
    return figure


def title(axes: Axes, text: str, index: int | None = None) -> None:
    """Title a panel flush left, with its letter if it has an index; lines clear of each other."""
    letter = "" if index is None or index >= len(ascii_lowercase) else f"{ascii_lowercase[index]}  "
    axes.set_title(letter + text, loc="left", linespacing=1.35)


def wrapped(text: str, width: int = 26) -> str:
    """Return a label in as few lines of about `width` letters as it takes, equally long; 1 Chinese character is 2.

    Lines that it has already stay apart.
    """
    if "\n" in text:
        return "\n".join(wrapped(line, width) for line in text.split("\n"))
    if width_of(text) <= width:
        return text
    if " " in text:
        most = width * len(text) // width_of(text)
        lines = textwrap.wrap(text, most, break_on_hyphens=False)
        while len(shorter := textwrap.wrap(text, most - 1, break_on_hyphens=False)) == len(lines) and most > 2:
            most, lines = most - 1, shorter
        return "\n".join(lines)
    return "\n".join(text[i : i + width // 2] for i in range(0, len(text), width // 2))


def fitted_legend(figure: Figure, handles: Sequence[Artist], columns: int = 4, **how: object) -> tuple[Legend, float]:
    """Return a legend at the lower edge with as many columns as fit the width, and its height in inches.

    Long labels are wrapped.
    """
    labels = [wrapped(str(handle.get_label()), 40) for handle in handles]
    for n in range(min(columns, len(handles)), 0, -1):
        legend = figure.legend(handles=handles, labels=labels, loc="lower center", ncols=n, borderpad=0.2, **how)
        box = legend.get_window_extent()
        if box.width <= 0.97 * figure.bbox.width or n == 1:
            break
        legend.remove()
    return legend, box.height / figure.dpi


def legend_below(figure: Figure, handles: Sequence[Artist], **how: object) -> None:
    """Put a legend between the panels and the foot; the figure grows by its height."""
    legend, high = fitted_legend(figure, handles, **how)
    width, height = figure.get_size_inches()
    height += high
    figure.set_size_inches(width, height)
    legend.set_bbox_to_anchor((0.5, 0.17 / height))
    figure.subplots_adjust(bottom=(0.6 + high) / height)


def change_label(name: str, language: str, width: int = 60) -> str:
    """Return the label of an axis of differences: the outcome, in lines of `width` letters, and a difference's unit."""
    return f"{wrapped(name_of(name, language), width)}\n[{change_unit_of(name, language)}]"


def colour_of(low: float, high: float, better: int) -> str:
    """Return the colour of a difference: better, worse, or not told apart from nothing."""
    if np.isnan(low) or low <= 0.0 <= high or better == 0:
        return UNKNOWN
    return BETTER if low * better > 0.0 else WORSE


def cells(
    axes: Axes, values: NDArray[np.float64], texts: Sequence[Sequence[str]], widest: float, size: float = 6.5
) -> None:
    """Fill a matrix of cells (rows, columns): colour by value from −widest to widest, and a text in each; NaN empty."""
    shown = np.ma.masked_invalid(values)
    axes.imshow(shown, cmap=_COLOURS, vmin=-1.6 * widest, vmax=1.6 * widest, aspect="auto")  # pale enough to read on
    for i, row in enumerate(texts):
        for j, text in enumerate(row):
            axes.text(j, i, text, ha="center", va="center", fontsize=size, linespacing=1.1)
    axes.set_xticks(np.arange(-0.5, values.shape[1]), minor=True)
    axes.set_yticks(np.arange(-0.5, values.shape[0]), minor=True)
    axes.grid(which="minor", color="1", lw=1.2)
    axes.tick_params(which="both", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def shown_change(name: str, value: float) -> str:
    """Return a difference for a cell, in the outcome's shown unit, with two digits that matter."""
    scaled = value * factor_of(name)
    digits = 0 if abs(scaled) >= 100.0 else 1 if abs(scaled) >= 10.0 else 2
    text = f"{scaled:+,.{digits}f}"
    return text[1:] if not any(digit in text for digit in "123456789") else text  # nothing has no sign


def of_outcome(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of one outcome."""
    return table[table["outcome"] == name]
