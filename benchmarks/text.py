"""Plain text tables, and the command that measures and prints them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any


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


def measure_and_print(
    about: str | None, compare: Callable[..., Any], report: Callable[[Any, int], str], repetitions: int = 3
) -> None:
    """Run `compare` with as many repetitions as the command line says and print what `report` makes of it."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=repetitions, help="of each kind (default: %(default)s)")
    asked = parser.parse_args().repetitions
    print(report(compare(repetitions=asked), asked))
