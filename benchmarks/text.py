"""Plain text tables."""

from __future__ import annotations

from collections.abc import Sequence


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a titled table: the first column to the left, the others to the right."""
    lines = [list(columns), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    out = [title]
    for number, line in enumerate(lines):
        cells = [text.rjust(width) for text, width in zip(line, widths, strict=True)]
        cells[0] = line[0].ljust(widths[0])
        out.append("  " + "  ".join(cells).rstrip())
        if number == 0:
            out.append("  " + "  ".join("-" * width for width in widths))
    return "\n".join(out) + "\n"


def verdict(value: float, budget: float, at_least: bool = False) -> str:
    """Say whether a figure keeps its budget, which is an upper bound unless `at_least`."""
    return "within" if (value >= budget if at_least else value <= budget) else "MISSED"
