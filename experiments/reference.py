"""Write docs/reference.md, the tables of rules, parameters and outcomes: `python -m experiments.reference`.

With --check nothing is written; the exit code is 1 if the file does not say what the declarations say.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "reference.md"
_HEAD = """# Reference: rules, parameters, outcomes

Made from the declarations in the code by `uv run python -m experiments.reference`; do not edit by hand. Every rule and
parameter can be set on the command line (`rules.tournament.strength=2`, `parameters.demand=1.5`) or in `conf/`.
"""
_BETTER = {1: "more", -1: "less", 0: "depends"}


def page() -> str:
    """Return the whole page."""
    from sim import Parameters, Rules
    from sim.declare import Declaration, declarations
    from sim.outcomes import OUTCOMES

    def declared(d: Declaration) -> list[str]:
        default = d.default.value if hasattr(d.default, "value") else d.default
        if isinstance(default, bool):
            default = str(default).lower()
        limits = d.range_text.removesuffix(f" ({d.unit})")
        return [f"`{d.name}`", d.en, d.zh, str(default), d.unit, limits, d.source]

    columns = ["name", "meaning", "含义", "default", "unit", "range", "source"]
    parts = [_HEAD]
    for title, owner in (("Rules", Rules), ("Parameters", Parameters)):
        parts.append(_table(title, columns, [declared(d) for d in declarations(owner).values()]))
    rows = [
        [f"`{o.name}`", o.en, o.zh, o.unit, _BETTER[o.better], "yes" if o.by_street else "no"]
        for o in OUTCOMES.values()
    ]
    parts.append(_table("Outcomes", ["name", "meaning", "含义", "unit", "better", "by street"], rows))
    return "\n".join(parts)


def _table(title: str, columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return f"## {title}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def main() -> int:
    """Write or check the page and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.reference",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="only say whether the page is up to date")
    check, text = parser.parse_args().check, page()
    if check:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print(f"{PAGE.name} is {'up to date' if fresh else 'stale: run python -m experiments.reference'}")
        return 0 if fresh else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
