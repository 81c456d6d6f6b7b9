"""The names of the figures that can be asked for; nothing is imported that takes time, as the help lists them."""

from __future__ import annotations

from pathlib import Path

# what figures share, and one that is drawn of a street alone
_NO_FIGURES = ("style", "panels", "lines", "hours_words", "street_month")


def figure_names() -> list[str]:
    """Return the files of experiments/figures/ that draw the findings of an experiment, in alphabetical order."""
    names = sorted(path.stem for path in (Path(__file__).parent / "figures").glob("[!_]*.py"))
    return [name for name in names if name not in _NO_FIGURES]
