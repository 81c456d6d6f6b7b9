"""The parts of docs/odd.md on who there is, what they remember and what happens when."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable
from pathlib import Path

from experiments.pages import table
from experiments.source import (
    SIM,
    Step,
    Variable,
    classes,
    comments,
    flowing,
    function,
    path_of,
    schedule,
    tree,
    variables,
)
from sim import City, TournamentModel
from sim.outcomes import OUTCOMES

MODEL = SIM / "model.py"
PHASES = (
    ("the first of a month", "begin_month"),
    ("every day", "DAY"),
    ("a month's end", "end_month"),
    ("a year's end", "end_year"),
)
_HELD = ("tickets.py", "books.py", "agents/residents.py", "agents/units.py")  # state beside sim/state
_NOT_STATE = {"Today", "ExtraProblem"}  # batches within a day, and an input
_NOT_VARIABLES = {  # sizes, inputs, and objects that have a table of their own or are no state
    *("n", "n_streets", "n_order", "start", "capacity", "parameters", "keys", "population"),
    *("centre", "record", "today"),
}
_ANNOTATED = (
    *(("bool", "yes or no"), ("uint", "whole number"), ("int", "whole number"), ("Ints", "whole number")),
    *(("Slots", "tickets"), ("float", "number"), ("Floats", "number")),
)
_PER = (
    (r"n_categories|kinds\.n\b", "category"),
    (r"n_streets|streets\b", "street"),
    (r"n_districts|districts", "district"),
    (r"\bn_units|units\.n\b|self\.n\b", "office"),
    (r"ANSWERS", "answer"),
)


@functools.cache
def counts() -> dict[str, int]:
    """Return how many agents of each class Beijing has, and its population."""
    city = City.load("beijing")
    model = TournamentModel(city=city, seed=0, scale=1e-4)
    found = {kind.__name__: len(agents) for kind, agents in model.agents_by_type.items()}
    model.close()
    population = int(city.streets["population"].sum())
    return found | {"Complainant": population}


@functools.cache
def agent_classes() -> list[tuple[Path, ast.ClassDef]]:
    """Return the classes of Mesa agents in sim/agents, with their files."""
    found: list[tuple[Path, ast.ClassDef]] = []
    known = {"mesa.Agent"}
    everything = [(path, node) for path in sorted((SIM / "agents").glob("*.py")) for node in classes(path)]
    while more := [
        (path, node)
        for path, node in everything
        if node.name not in known and known & {ast.unparse(base) for base in node.bases}
    ]:
        known |= {node.name for _, node in more}
        found += more
    return [one for one in found if one[1].name not in ("Agent", "Unit")]  # what several kinds have in common


def decisions(owner: ast.ClassDef) -> list[ast.FunctionDef]:
    """Return what a subclass may decide differently: public methods that are no properties."""
    found = [node for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [node for node in found if not node.decorator_list and node.name not in ("remove", "luck", "step")]


def _agents() -> str:
    rows = []
    for path, owner in agent_classes():
        number = counts().get(owner.name)
        said = flowing(ast.get_docstring(owner)).split("\n\n")[0]
        decides = ", ".join(f"`{node.name}`" for node in decisions(owner)) or "–"
        many = f"{number:,}" if number is not None else "–"
        rows.append([f"`{owner.name}`", many, said, decides, f"`{path.relative_to(SIM.parent)}`"])
    return table(["agent", "in Beijing", "who", "decides", "where"], rows)


def _state() -> str:
    held = [*sorted((SIM / "state").glob("*.py")), *(SIM / name for name in _HELD)]
    owners = [(path, node) for path in held for node in classes(path) if node.name not in _NOT_STATE]
    names = {node.name for _, node in owners}
    out = []
    for path, owner in owners:
        rows = [_row(one, names) for one in variables(path, owner) if one.name not in _NOT_VARIABLES]
        rows = [row for row in rows if row]
        if rows:
            said = flowing(ast.get_docstring(owner)).split("\n\n")[0]
            head = f"**`{owner.name}`** (`{path.relative_to(SIM.parent)}`). {said}\n"
            out.append(head + "\n" + table(["variable", "meaning", "per", "kind", "at first"], rows))
    return "\n".join(out)


def _row(one: Variable, names: set[str]) -> list[str]:
    if one.value is not None and _is_input(one.value, names):
        return []
    kind, first = _kind(one.value)
    text = ast.unparse(one.value) if one.value is not None else ""
    per = " and ".join(word for pattern, word in _PER if re.search(pattern, text))
    kind = kind or next((word for name, word in _ANNOTATED if name in one.annotation), "")
    return [f"`{one.name}`", one.comment or _said_elsewhere(one.name), per, kind, first]


def _is_input(value: ast.expr, names: set[str]) -> bool:
    """Say whether a value is no state of its own: an argument, or another object that has a table of its own."""
    if isinstance(value, ast.Name):
        return True
    called = value.func if isinstance(value, ast.Call) else None
    called = called.value if isinstance(called, ast.Attribute) else called
    mine = isinstance(called, ast.Name) and called.id in names | {"BaseRate", "Kinds", "TicketLog"}
    return mine or ast.unparse(value).startswith("mix_one")


def _kind(value: ast.expr | None) -> tuple[str, str]:
    """Return the kind of number and the first value, as far as the code says them plainly."""
    if value is None:
        return "", ""
    text = ast.unparse(value)
    whole, flag = ("int" in text, "bool" in text)
    kind = "yes or no" if flag else "whole number" if whole else "number"
    if isinstance(value, ast.Constant):
        names = {bool: "yes or no", int: "whole number", float: "number"}
        return names.get(type(value.value), ""), "none" if value.value is None else str(value.value)
    if not isinstance(value, ast.Call):
        return ("", "") if "np." not in text else (kind, "")
    called = ast.unparse(value.func)
    if called.endswith("zeros"):
        return kind, "no" if flag else "0"
    if called.endswith("ones"):
        return kind, "1"
    if called.endswith("full"):
        first = ast.unparse(value.args[1])
        name = first.split(".")[-1]
        return kind, "none yet" if name == "nan" else f"`{name}`" if "." in first and not first[0].isdigit() else first
    return ("", "") if "np." not in text else (kind, "")


@functools.cache
def _properties() -> dict[str, str]:
    """Return what agents' properties are said to return, by name."""
    found = {}
    for path in sorted((SIM / "agents").glob("*.py")):
        for owner in classes(path):
            for node in owner.body:
                if isinstance(node, ast.FunctionDef) and node.decorator_list:
                    said = flowing(ast.get_docstring(node)).split("\n\n")[0]
                    found.setdefault(node.name, re.sub(r"^(Return|Say) ", "", said).rstrip("."))
    return found


def _said_elsewhere(name: str) -> str:
    """Return a variable's meaning from the agent's property or the outcome of that name, else the name in words."""
    if name in _properties():
        return _properties()[name]
    return OUTCOMES[name].en if name in OUTCOMES else name.replace("_", " ")


def steps() -> list[tuple[str, Step]]:
    """Return the whole schedule: (when, step), in order."""
    return [(when, step) for when, name in PHASES for step in schedule(MODEL, name)]


def _schedule() -> str:
    rows, last = [], ""
    for when, step in steps():
        said = step.comment or _first_sentence(step)
        rows.append([when if when != last else "", f"`{step.name}`", said, f"`{step.module.split('.')[-1]}.py`"])
        last = when
    return table(["when", "step", "what", "file in `sim/mechanisms`"], rows)


def _first_sentence(step: Step) -> str:
    node = function(path_of(step.module), step.name)
    text = ast.get_docstring(node) if node else ast.get_docstring(tree(path_of(step.module)))
    first = flowing(text).split("\n\n")[0]
    return first.split(". ")[0].rstrip(".")


def _luck() -> str:
    path = SIM / "luck.py"
    owner = next(node for node in classes(path) if node.name == "Purpose")
    readers: dict[str, list[str]] = {}
    for file in sorted(SIM.rglob("*.py")):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Purpose":
                readers.setdefault(node.attr, []).append(file.relative_to(SIM).as_posix())
    rows = []
    for node in owner.body:
        if isinstance(node, ast.Assign):
            name = ast.unparse(node.targets[0])
            said = comments(path).get(node.lineno, name.lower().replace("_", " "))
            where = ", ".join(f"`{file}`" for file in dict.fromkeys(readers.get(name, [])))
            rows.append([f"`{name}`", said, where])
    return table(["purpose", "what it decides", "drawn in"], rows)


PARTS: dict[str, Callable[[], str]] = {
    "n_street": lambda: str(counts()["Street"]),
    "n_district": lambda: str(counts()["District"]),
    "population": lambda: f"{counts()['Complainant']:,}",
    "agents": _agents,
    "state": _state,
    "schedule": _schedule,
    "luck": _luck,
}
