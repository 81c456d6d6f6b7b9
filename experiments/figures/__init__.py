"""Figures of an experiment: one file a figure, found by name, each with `CAPTION` and `draw`, of the findings.

A figure that draws no intervals over seeds says so by `INTERVALS = False`, and its caption names none. One that may
leave arms out has `part_of`, which says in its caption which are shown.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from experiments.figures.style import save, use_style
from experiments.findings import Findings


def draw_all(folder: Path, findings: Findings, names: Sequence[str]) -> None:
    """Draw the named figures into a folder, as PDF and PNG; one that has nothing to show is left out.

    A `draw` returns None if the findings lack what it shows, as with a single arm there is no effect.
    """
    use_style()
    for name in names:
        figure = figure_of(name).draw(findings)
        if figure is not None:
            save(figure, folder, name)


def figure_of(name: str) -> ModuleType:
    """Return the module of a figure."""
    return importlib.import_module(f"experiments.figures.{name}")
