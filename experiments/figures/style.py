"""How all figures look: a journal's column widths, one font for both languages, colours for the colour-blind too."""

from __future__ import annotations

import datetime
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import matplotlib as mpl
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.findings import Findings
from experiments.words import interval_words

NARROW, WIDE = 3.5, 7.0  # inches: one and two columns
# Okabe & Ito 2008, the baseline in black; line styles differ too, for print in grey
COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = "osD^vP*X<>p"  # as many as have no factor in common with the colours: no two arms look alike
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1)), (0, (5, 1, 1, 1)), (0, (7, 2)), (0, (3, 1)), (0, (1, 2)))
SETTINGS = {
    "font.family": ["Noto Sans SC", "DejaVu Sans"],
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.2,
    "axes.grid": False,
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.fonttype": "path",
    "savefig.dpi": 300,
}


def use_style() -> None:
    """Set the style for all figures that follow; the backend draws to files only."""
    mpl.use("Agg")
    font_manager.fontManager.addfont(str(files("zhplot") / "fonts/NotoSansSC-Regular.ttf"))
    mpl.rcdefaults()
    mpl.use("Agg")
    mpl.rcParams.update(SETTINGS)


def look_of(findings: Findings) -> dict[str, dict[str, object]]:
    """Return colour, dashes and label of each arm; no two of the first forty or so look alike.

    Black is the first arm's alone: the other colours and the dashes, one more, recur at different arms.
    """
    return {
        arm: {
            "color": COLOURS[1 + (i - 1) % (len(COLOURS) - 1)] if i else COLOURS[0],
            "linestyle": DASHES[i % len(DASHES)],
            "label": findings.arms[arm],
        }
        for i, arm in enumerate(findings.shown)
    }


def dates(months: list[str]) -> list[datetime.date]:
    """Return the middle of each month ("2019-01") as a date."""
    return [datetime.date(int(month[:4]), int(month[5:]), 15) for month in months]


def year_axis(axes: Axes, months: list[str]) -> None:
    """Mark years (or, in a short run, months) under a time axis."""
    days = dates(months)
    last = days[-1] + datetime.timedelta(days=17)
    axes.set_xlim(days[0].replace(day=1), last)
    spans_years = len({day.year for day in days}) > 1
    if spans_years:
        shown: dict[int, list[float]] = {}
        for day in days:
            shown.setdefault(day.year, []).append(float(mpl.dates.date2num(day)))
        axes.set_xticks([datetime.date(year, 1, 1) for year in shown if days[0] < datetime.date(year, 1, 1)])
        axes.xaxis.set_major_formatter("")
        axes.set_xticks(
            [sum(part) / len(part) for part in shown.values()], [str(year) for year in shown], minor=True
        )  # a year's name stands under the middle of it, clear of the next panel's
        axes.tick_params(axis="x", which="minor", length=0, labelsize=mpl.rcParams["xtick.labelsize"])
    else:
        axes.set_xticks([day.replace(day=1) for day in days])
        axes.xaxis.set_major_formatter("")
        named = _named(len(days), axes.get_position().width * axes.figure.get_figwidth())
        axes.set_xticks([days[i] for i in named], [months[i] for i in named], minor=True)
        axes.tick_params(axis="x", which="minor", length=0, labelsize=mpl.rcParams["xtick.labelsize"])


def _named(n: int, width: float) -> list[int]:
    """Return which of n months an axis so wide (inches) names: two, as far apart as can be, else the middle one.

    Their names are clear of one another and of the next panel's.
    """
    half, gap = 0.235, 0.08  # inches: half a name, and what is left free between two
    for i in range(n // 2):
        place = (i + 0.5) / n * width
        if place >= half and width - 2.0 * place >= 2.0 * half + gap:
            return [i, n - 1 - i]
    return [n // 2]


def letter(axes: Axes, index: int, title: str) -> None:
    """Title a panel with its letter, flush left."""
    axes.set_title(f"{'abcdefgh'[index]}  {title}", loc="left")


class Noted(Protocol):
    """What can be written under a figure: findings of an experiment, or the runs of a study."""

    @property
    def monthly(self) -> pd.DataFrame:
        """Return a table with the column seed."""

    @property
    def language(self) -> str:
        """Return "en" or "zh"."""

    @property
    def scale(self) -> float:
        """Return the share of the residents that was simulated."""

    @property
    def digest(self) -> str:
        """Return the digest of the configuration."""

    @property
    def interval(self) -> str:
        """Return the kind of the intervals."""


def foot(figure: Figure, findings: Noted, intervals: bool = True) -> None:
    """Write under a figure that it is uncalibrated, the seeds, the scale if below 1, and the digest."""
    n = findings.monthly["seed"].nunique()
    zh = findings.language == "zh"
    parts = ["未校准" if zh else "uncalibrated"]
    parts.append(f"{n} 个随机种子" if zh else f"{n} seed{'s' if n > 1 else ''}")
    if n > 1 and intervals:
        parts.append(interval_words(findings.interval, findings.language))
    if findings.scale < 1.0:
        parts.append(f"人口比例 {findings.scale:g}，仅供速览" if zh else f"scale {findings.scale:g}, a quick look only")
    parts.append(findings.digest)
    figure.text(0.995, 0.005, " · ".join(parts), ha="right", va="bottom", fontsize=7, color="0.4")


def save(figure: Figure, folder: Path, name: str) -> None:
    """Write a figure as PDF (fonts embedded) and PNG (300 dpi), with no date in either, so that repeats are equal."""
    figure.savefig(folder / f"{name}.pdf", metadata={"CreationDate": None, "ModDate": None})
    figure.savefig(folder / f"{name}.png", metadata={"Software": None})
