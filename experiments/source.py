"""Read the model's source: what classes remember, what runs when, and what each submodel uses.

Nothing is listed by hand, so that a mechanism, a state or a purpose that is added appears by itself.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
SIM = ROOT / "sim"


@dataclass(frozen=True)
class Variable:
    """One thing that a class remembers."""

    name: str
    comment: str  # what stands behind it in the code, or ""
    value: ast.expr | None  # what it starts from
    annotation: str = ""


@dataclass(frozen=True)
class Step:
    """One line of the schedule: a function of a module, and the comment behind it, or ""."""

    name: str
    module: str  # "sim.mechanisms.arise", or "" for what is defined in the schedule's own file
    comment: str


@dataclass(frozen=True)
class Uses:
    """What the code of a submodel reads."""

    parameters: list[str]
    rules: list[str]
    purposes: list[str]


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def comments(path: Path) -> dict[int, str]:
    """Return the comments that stand behind code, by line."""
    text = path.read_text(encoding="utf-8")
    lines, found = text.splitlines(), {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and lines[token.start[0] - 1][: token.start[1]].strip():
            found[token.start[0]] = token.string.lstrip("# ").strip()
    return found


def _behind(path: Path, node: ast.stmt | ast.expr) -> str:
    said = comments(path)
    lines = range(node.end_lineno or node.lineno, node.lineno - 1, -1)
    return next((said[line] for line in lines if line in said), "")


def path_of(module: str) -> Path:
    """Return the file of a module of the project, "sim.mechanisms.arise"."""
    whole = ROOT.joinpath(*module.split("."))
    return whole / "__init__.py" if whole.is_dir() else whole.with_suffix(".py")


def classes(path: Path) -> list[ast.ClassDef]:
    """Return the classes of a file, in order."""
    return [node for node in tree(path).body if isinstance(node, ast.ClassDef)]


def variables(path: Path, owner: ast.ClassDef) -> list[Variable]:
    """Return what instances of a class remember: fields of a dataclass, or what __init__ sets on self.

    A class whose columns stand in a table of the file (`_COLUMNS`, a dict of literals) remembers these.
    """
    columns = [node for node in tree(path).body if _is_table(node)]
    fields = [node for node in owner.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)]
    init = next((node for node in owner.body if isinstance(node, ast.FunctionDef) and node.name == "__init__"), None)
    found: dict[str, Variable] = {}
    if columns and fields:
        table = columns[0].value  # type: ignore[attr-defined]
        for key, value in zip(table.keys, table.values, strict=True):
            found[key.value] = Variable(key.value, _behind(path, key), value)
        return list(found.values())
    for field in fields:
        name = field.target.id  # type: ignore[union-attr]
        found[name] = Variable(name, _behind(path, field), field.value, ast.unparse(field.annotation))
    for node in ast.walk(init) if init else ():
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            for target in targets:
                for name, value in _self_names(target, node.value):
                    said = _behind(path, node) or _of_record(path, value)
                    found.setdefault(name, Variable(name, said, value, kind))
    return [one for one in found.values() if not one.name.startswith("_")]


def _of_record(path: Path, value: ast.expr | None) -> str:
    """Return the comment behind a field ("grievance", dtype) of the record that `value`, memory["grievance"], reads."""
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Tuple) and node.elts and ast.unparse(node.elts[0]) == repr(value.slice.value):
                return _behind(path, node)
    return ""


def _is_table(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict) and len(node.value.keys) > 5


def _self_names(target: ast.expr, value: ast.expr | None) -> list[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Tuple):
        values = value.elts if isinstance(value, ast.Tuple) else [None] * len(target.elts)
        pairs = zip(target.elts, values, strict=False)
        return [pair for one, its in pairs for pair in _self_names(one, its)]
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
        return [(target.attr, value)]
    return []


def schedule(path: Path, name: str) -> list[Step]:
    """Return what a tuple of functions, or a function or method of calls, named `name` does, in order.

    Only what comes from another file of `sim` counts, and what is passed in (`decide`).
    """
    came = _imported(path)
    nodes = [node for node in ast.walk(tree(path)) if _is_named(node, name)]
    if not nodes:
        raise LookupError(f"{path}: no tuple or function {name}")
    node, steps = nodes[0], []
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        elements = node.value.elts if isinstance(node.value, ast.Tuple) else []
        names = [(one.id, one) for one in elements if isinstance(one, ast.Name)]
    else:
        calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
        calls.sort(key=lambda call: (call.lineno, call.col_offset))
        names = [(call.func.id, call) for call in calls]  # type: ignore[attr-defined]
    for called, at in names:
        if called in came:
            steps.append(Step(called, came[called], _behind(path, at)))
        elif called == "decide":
            steps.append(Step(called, "sim.mechanisms.decide", _behind(path, at)))
    return steps


def _imported(path: Path) -> dict[str, str]:
    nodes = [node for node in tree(path).body if isinstance(node, ast.ImportFrom)]
    return {a.asname or a.name: str(n.module) for n in nodes for a in n.names if "mechanisms" in str(n.module)}


def _is_named(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.FunctionDef):
        return node.name == name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def function(path: Path, name: str) -> ast.FunctionDef | None:
    """Return a function of a file, or None."""
    found = [node for node in tree(path).body if isinstance(node, ast.FunctionDef) and node.name == name]
    return found[0] if found else None


def uses(nodes: list[ast.AST], parameters: list[str], rules: list[str]) -> Uses:
    """Return which parameters, rules ("exclusion.allowed") and purposes of luck some code reads, in declared order."""
    reads = {node.attr: node for top in nodes for node in ast.walk(top) if isinstance(node, ast.Attribute)}
    mine = {
        node.attr
        for top in nodes
        for node in ast.walk(top)
        if isinstance(node, ast.Attribute) and re.fullmatch(r"(.*\.)?(p|parameters)", ast.unparse(node.value))
    }
    purposes = [node for node in reads.values() if ast.unparse(node.value) == "Purpose"]
    purposes.sort(key=lambda node: (node.lineno, node.col_offset))
    return Uses(
        [name for name in parameters if name in mine],
        [name for name in rules if all(part in reads for part in name.split("."))],
        [node.attr for node in purposes],
    )


def flowing(text: str | None) -> str:
    """Return a docstring as Markdown paragraphs without its indentation."""
    if not text:
        return ""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
