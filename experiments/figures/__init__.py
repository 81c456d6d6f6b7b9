"""Figures of an experiment: one file a figure, each a function of the findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from experiments.figures import hours, repeats, resolution, spread
from experiments.figures.style import save, use_style
from experiments.findings import Findings

FIGURES: dict[str, Callable[[Findings], Figure]] = {
    "resolution": resolution.draw,
    "hours": hours.draw,
    "repeats": repeats.draw,
    "spread": spread.draw,
}


def draw_all(folder: Path, findings: Findings) -> None:
    """Draw every figure into a folder, as PDF and PNG."""
    use_style()
    for name, draw in FIGURES.items():
        save(draw(findings), folder, name)
