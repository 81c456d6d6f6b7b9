"""Write docs/reference.md, the tables of rules, parameters and outcomes: `python -m experiments.reference`.

With --check nothing is written; the exit code is 1 if the file does not say what the declarations say.
"""

from __future__ import annotations

import sys

from experiments.pages import DOCS, default_text, table, write_or_check

PAGE = DOCS / "reference.md"
MODULE = "experiments.reference"
_HEAD = """# Reference: rules, parameters, outcomes

Made from the declarations in the code by `uv run python -m experiments.reference`; do not edit by hand. Every rule and
parameter can be set on the command line (`rules.tournament.strength=2`, `parameters.demand=1.5`) or in `conf/`.
"""
_OF_WHOM = """Rates, tickets and hours are of all offices together, departments and enterprises included. `effort`,
`morale`, `skill`, `coordination`, `leaving` and `vacancies` are means over streets, `withdrawn` and `overtime` are sums
of streets; scores and ranks are of streets among each other (`district_sd`: of districts)."""
BETTER = {1: "more", -1: "less", 0: "depends"}


def page() -> str:
    """Return the whole page."""
    from sim import Parameters, Rules
    from sim.declare import Declaration, declarations
    from sim.outcomes import OUTCOMES

    def declared(d: Declaration) -> list[str]:
        limits = d.range_text.removesuffix(f" ({d.unit})")
        return [f"`{d.name}`", d.en, d.zh, default_text(d.default), d.unit, limits, d.source]

    columns = ["name", "meaning", "含义", "default", "unit", "range", "source"]
    parts = [_HEAD]
    for title, owner in (("Rules", Rules), ("Parameters", Parameters)):
        parts.append(f"## {title}\n\n" + table(columns, [declared(d) for d in declarations(owner).values()]))
    rows = [
        [f"`{o.name}`", o.en, o.zh, o.unit, BETTER[o.better], "yes" if o.by_street else "no"] for o in OUTCOMES.values()
    ]
    parts.append(
        f"## Outcomes\n\n{_OF_WHOM}\n\n" + table(["name", "meaning", "含义", "unit", "better", "by street"], rows)
    )
    return "\n".join(parts)


def main() -> int:
    """Write or check the page and return the exit code."""
    return write_or_check(PAGE, MODULE, __doc__ or "", page)


if __name__ == "__main__":
    sys.exit(main())
