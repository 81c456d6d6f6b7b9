"""Write the default settings of rules and parameters from their declarations: `python -m experiments.defaults`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.build import plain
from sim.declare import declarations
from sim.parameters import Parameters
from sim.rules import Rules

CONF = Path(__file__).parent.parent / "conf"
FILES = {
    "rules": (Rules, "What institutions decide, as today; every field with its meaning and valid range."),
    "parameters": (Parameters, "How people and offices behave; every field with its meaning and valid range."),
}


def text_of(cls: type, head: str) -> str:
    """Return the YAML of a declared dataclass's defaults, with each field's label and range as a comment."""
    lines, part = [f"# {head}"], ""
    defaults = plain(cls())
    for name, said in declarations(cls).items():
        *parents, field = name.split(".")
        value: Any = defaults
        for key in (*parents, field):
            value = value[key]
        if parents and parents[0] != part:
            part = parents[0]
            lines.append(f"{part}:")
        word = str(value).lower() if isinstance(value, bool) else str(value)
        lines.append(f"{'  ' * len(parents)}{field}: {word}  # {said.en}; {said.range_text}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write conf/rules/default.yaml and conf/parameters/default.yaml."""
    for group, (cls, head) in FILES.items():
        (CONF / group / "default.yaml").write_text(text_of(cls, head), encoding="utf-8")


if __name__ == "__main__":
    main()
