"""The parts of docs/odd.md on patterns, outcomes, inputs, submodels, rules, parameters and reforms."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

from experiments.odd_overview import agent_classes, decisions, steps
from experiments.pages import default_text, table
from experiments.reference import BETTER
from experiments.source import SIM, flowing, function, path_of, tree, uses
from sim.declare import Declaration, declarations
from sim.outcomes import OUTCOMES
from sim.parameters import Parameters
from sim.patterns import ELSEWHERE, PATTERNS, Measure
from sim.reforms import reform_class, reform_names
from sim.rules import Rules

_COLUMNS = ["name", "meaning", "default", "unit", "range", "source"]


def _row(said: Declaration) -> list[str]:
    limits = said.range_text.removesuffix(f" ({said.unit})")
    return [f"`{said.name}`", f"{said.en} {said.zh}", default_text(said.default), said.unit, limits, said.source]


def _outcomes() -> str:
    rows = [
        [f"`{o.name}`", f"{o.en} {o.zh}", o.unit, BETTER[o.better], "yes" if o.by_street else "no"]
        for o in OUTCOMES.values()
    ]
    return table(["outcome", "meaning", "unit", "better", "by street"], rows)


def _inputs() -> str:
    """Return the data files with what the data's README says of each."""
    folder = SIM / "data" / "beijing"
    said = dict(re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", (folder / "README.md").read_text(encoding="utf-8"), re.M))
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".toml")]
    rows = [[f"`{path.name}`", said.get(path.name, "").strip() or "–", str(_lines(path))] for path in files]
    return table(["file", "what", "rows"], rows)


def _lines(path: Path) -> int:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return lines - 1 if path.suffix == ".csv" else lines


def _submodels() -> str:
    """Return one section a mechanism, in the order in which the schedule first comes to it; unscheduled ones last."""
    scheduled = steps()
    files = sorted((SIM / "mechanisms").glob("*.py"))
    every = [f"sim.mechanisms.{path.stem}" for path in files if path.stem != "__init__"]
    order = list(dict.fromkeys([*(step.module for _, step in scheduled), *every]))
    return "\n".join(
        _submodel(module, [step.name for _, step in scheduled if step.module == module]) for module in order
    )


def _submodel(module: str, functions: list[str]) -> str:
    path = path_of(module)
    head, _, rest = flowing(ast.get_docstring(tree(path))).partition(": ")
    name = module.split(".")[-1]
    out = [
        f"### {head if rest else name.replace('_', ' ').capitalize()}",
        f"`{path.relative_to(SIM.parent)}`. {(rest or head)[0].upper() + (rest or head)[1:]}",
    ]
    for called in dict.fromkeys(functions):
        node = function(path, called)
        if node is not None:
            out.append(f"**`{called}`.** {flowing(ast.get_docstring(node))}")
    for node in tree(path).body:
        said = flowing(ast.get_docstring(node)) if isinstance(node, ast.FunctionDef) else ""
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_") and said:
            out.append(f"*{node.name.strip('_').replace('_', ' ').capitalize()}.* {said}")
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    asked = {call.attr for call in calls if isinstance(call, ast.Attribute)} | {"decide"} & set(functions)
    nodes: list[ast.AST] = [tree(path)]
    for _, owner in agent_classes():
        for method in decisions(owner):
            if method.name in asked:
                out.append(f"**`{owner.name}.{method.name}`.** {flowing(ast.get_docstring(method))}")
                nodes.append(method)
    read = uses(nodes, list(declarations(Parameters)), list(declarations(Rules)))
    for word, names in (("Parameters", read.parameters), ("Rules", read.rules), ("Luck", read.purposes)):
        if names:
            out.append(f"{word}: " + ", ".join(f"`{one}`" for one in names) + ".")
    return "\n\n".join(out) + "\n"


def _rules() -> str:
    out = []
    for field in dataclasses.fields(Rules):
        part = field.default_factory
        rows = [_row(one) for name, one in declarations(Rules).items() if name.split(".")[0] == field.name]
        said = flowing((part.__doc__ if isinstance(part, type) else "") or "").split("\n\n")[0]
        out.append(f"**`{field.name}`**. {said}\n\n" + table(_COLUMNS, rows))
    return "\n".join(out)


def _parameters() -> str:
    """Return one table a group, in the order of a request's life."""
    groups = [cls for cls in reversed(Parameters.__mro__) if "__dataclass_fields__" in vars(cls)]
    out, seen = [], set()
    for group in groups:
        mine = {name: one for name, one in declarations(group).items() if name not in seen}
        seen |= set(mine)
        if mine:
            said = flowing(group.__doc__).split("\n\n")[0]
            out.append(f"{said}\n\n" + table(_COLUMNS, [_row(one) for one in mine.values()]))
    return "\n".join(out)


def _reforms() -> str:
    rows = []
    for name in reform_names():
        cls = reform_class(name)
        fields = ", ".join(f"`{one.name}` ({default_text(one.default)})" for one in declarations(cls).values())
        rows.append([f"`{name}`", flowing(cls.__doc__), fields])
    return table(["reform", "what it changes", "fields (default)"], rows)


def _patterns() -> str:
    """Return one row a pattern, in the order of the list, with what must hold for it to come out."""
    rows = {
        p.name: [p.name, p.en, "; ".join(map(_bound, p.measures)), ", ".join(f"{b:g}" for b in p.strengths), p.basis]
        for p in PATTERNS.values()
    }
    rows |= {p.name: [p.name, p.en, p.decided, "", p.basis] for p in ELSEWHERE.values()}
    return table(["", "pattern", "decided by", "β", "basis"], [rows[name] for name in sorted(rows)])


def _bound(measure: Measure) -> str:
    """Return a measure with the bounds between which it must lie, shares in per cent."""
    k, unit = (100.0, " %") if measure.unit == "share" else (1.0, "")
    bounds = [(sign, x) for sign, x in ((">", measure.above), ("<", measure.below)) if x is not None]
    return f"{measure.en} ({' and '.join(f'{sign} {k * x:g}{unit if x else str()}' for sign, x in bounds)})"


PARTS: dict[str, Callable[[], str]] = {
    "patterns": _patterns,
    "outcomes": _outcomes,
    "inputs": _inputs,
    "submodels": _submodels,
    "rules": _rules,
    "parameters": _parameters,
    "reforms": _reforms,
}
