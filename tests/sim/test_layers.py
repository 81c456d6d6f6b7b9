"""Layers: who may import whom, so that a reader can follow the model from luck up to the experiments."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOUNDATION = {"sim.cells", "sim.declare", "sim.luck", "sim.orders", "sim.tables"}
INPUTS = FOUNDATION | {"sim.rules", "sim.parameters", "sim.city", "sim.points", "sim.kinds", "sim.base_rate"}
MAY = {  # a package or module, and what of the project it may import; the longest name that fits counts
    "sim.cells": set(),
    "sim.declare": set(),
    "sim.luck": set(),
    "sim.orders": set(),
    "sim.tables": set(),
    "sim.rules": {"sim.rules", "sim.declare"},
    "sim.parameters": {"sim.parameters", "sim.declare"},
    "sim.city": {"sim.city", "sim.tables", "sim.declare"},
    "sim.city_": {"sim.city"},
    "sim.patterns": {"sim.patterns", "sim.city"},
    "sim.reforms": {"sim.reforms", "sim.rules", "sim.declare"},
    "sim.agents": INPUTS | {"sim.agents", "sim.state", "sim.asking"},
    "sim.mechanisms": INPUTS | {"sim.agents", "sim.books", "sim.state", "sim.tickets"},
    "sim": {"sim"},
    "experiments": {"sim", "experiments"},
    "benchmarks": {"sim", "experiments", "benchmarks", "oracle"},
}


def name_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(file):
    """Return the project's modules that a file imports, those for type checking too."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] in ("sim", "experiments", "benchmarks", "tests", "oracle")}


FILES = sorted(file for top in ("sim", "experiments", "benchmarks") for file in (ROOT / top).rglob("*.py"))


def within(name, layer):
    return name == layer or name.startswith(layer if layer.endswith("_") else layer + ".")


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_module_imports_from_its_own_layer_and_those_below(file):
    name = name_of(file)
    layer = max((layer for layer in MAY if within(name, layer)), key=len)
    for other in imported(file):
        assert any(within(other, allowed) or other.startswith(allowed + "_") for allowed in MAY[layer]), (
            f"{name} imports {other}"
        )


@pytest.mark.parametrize("file", [f for f in FILES if f.parent.name == "mechanisms"], ids=name_of)
def test_a_mechanism_imports_no_other(file):
    assert not {name for name in imported(file) if name.startswith("sim.mechanisms")}


def test_numpy_is_the_only_source_of_arrays_and_no_one_draws_from_it():
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert "np.random" not in text, name_of(file)
        assert "import random" not in text, name_of(file)


def test_naming_the_package_loads_nothing_heavy():
    code = "import sim, sys; print([m for m in ('numpy', 'mesa', 'pandas', 'networkx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
