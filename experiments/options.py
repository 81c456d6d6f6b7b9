"""Write the options of single reforms into their pages: `python -m experiments.options`.

The pages are written by hand but for the tables between two marks, which are made from the declarations. With --check
nothing is written; the exit code is 1 if a table does not say what the declarations say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from experiments.pages import DOCS, default_text, stale, table
from sim.declare import Declaration, declarations
from sim.parameters import Parameters
from sim.reforms import reform_class

MODULE = "experiments.options"
BEGIN, END = "<!-- options, made by experiments.options -->\n", "<!-- end of options -->"
# page -> the parameters that the reform's mechanism reads, beside the reform's own options
PAGES: dict[str, tuple[str, ...]] = {
    "escalation": (
        *("escalation_recognition", "casework_minutes", "casework_ceiling", "casework_skill", "casework_care"),
        *("relief_problems", "stake_power"),
    ),
    "resource_tilting": ("moved_first", "working_minutes"),
}


def options(name: str) -> str:
    """Return the tables of a reform's options and of the parameters that it works through."""

    def row(name: str, d: Declaration, neutral: list[str]) -> list[str]:
        limits = d.range_text.removesuffix(f" ({d.unit})")
        return [f"`{name}`", d.en, d.zh, default_text(d.default), *neutral, d.unit, limits]

    cls, numbers = reform_class(name), declarations(Parameters)
    off = cls.neutral()
    first = ["option", "meaning", "含义", "default", "changes nothing at", "unit", "range"]
    rows = [row(f"reforms.{name}.{d.name}", d, [_nothing(off, d)]) for d in declarations(cls).values()]
    second = ["parameter", "meaning", "含义", "default", "unit", "range"]
    behind = [row(f"parameters.{one}", numbers[one], []) for one in PAGES[name]]
    return table(first, rows) + "\n" + table(second, behind)


def _nothing(off: object, d: Declaration) -> str:
    """Return the value at which an option changes nothing, if it is not the default."""
    value = getattr(off, d.name)
    return "" if value == d.default else default_text(value)


def page(path: Path, name: str) -> str:
    """Return the text of a page with its options made anew."""
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise ValueError(f"docs/{path.name}: the marks of the options are missing")
    return head + BEGIN + "\n" + options(name) + "\n" + END + tail


def main() -> int:
    """Write or check all pages and return the exit code."""
    check, code = "--check" in sys.argv[1:], 0
    for name in PAGES:
        path = DOCS / f"{name}.md"
        text = page(path, name)
        if check:
            said = stale(path, MODULE, text)
            print(said or f"docs/{path.name} is up to date")
            code = max(code, 1 if said else 0)
        else:
            path.write_text(text, encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
