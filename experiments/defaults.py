"""Write the settings of rules, parameters and reforms from their declarations: `python -m experiments.defaults`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.build import plain
from sim.declare import declarations
from sim.parameters import Parameters
from sim.reforms import reform_class, reform_names
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


def reform_text(name: str) -> str:
    """Return the YAML of a reform: its name, when it is in force, and its fields with label and range."""
    cls = reform_class(name)
    values = plain(cls())
    head = (cls.__doc__ or "").strip().splitlines()[0]
    lines = [
        f"# {head}",
        f"reform: {name}",
        'start: ""  # the first of a month, or empty: from the first month on',
        'end: ""  # the first of a month (excluded), or empty: until the last month',
    ]
    for field, said in declarations(cls).items():
        word = str(values[field]).lower() if isinstance(values[field], bool) else str(values[field])
        lines.append(f"{field}: {word}  # {said.en}; {said.range_text}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write conf/rules/default.yaml, conf/parameters/default.yaml and one file a reform in conf/reforms/."""
    for name in reform_names():
        (CONF / "reforms" / f"{name}.yaml").write_text(reform_text(name), encoding="utf-8")
    for group, (cls, head) in FILES.items():
        (CONF / group / "default.yaml").write_text(text_of(cls, head), encoding="utf-8")


if __name__ == "__main__":
    main()
