"""The contract of a mechanism: one file, a submodel of the ODD, tests of its own, a value at which it does nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from test_off_values import CASES

ROOT = Path(__file__).parents[3]
NAMES = sorted(path.stem for path in (ROOT / "sim" / "mechanisms").glob("*.py") if path.stem != "__init__")
LOOP = {"handle", "keep_books", "score"}  # without these there is no month: nothing switches them off
ELSEWHERE = {  # where a mechanism's off value is tested bit for bit, if not in its own file or test_off_values.py
    "coordinate": ("test_whistle", "test_without_whistles_coordination_and_its_ceiling_change_nothing"),
    "expect_score": ("test_assessment", "test_what_belongs_to_a_rule_that_is_off_does_nothing_bit_for_bit"),
    "review": (
        "test_exclude",
        "test_where_it_is_not_allowed_reviewers_and_chances_do_nothing_and_no_time_goes_into_files",
    ),
}
OFF = ("nothing", "off", "no_labels", "gives_the_same_run")  # in the name of such a test


def named_in(name):
    """Return the names of the tests in a file of this folder."""
    text = (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    return [node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name[:4] == "test"]


@pytest.mark.parametrize("name", NAMES)
def test_a_mechanism_has_a_submodel_tests_and_an_off_value(name):
    assert f"`sim/mechanisms/{name}.py`" in (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    own = named_in(f"test_{name}")
    assert own
    if name in ELSEWHERE:
        where, test = ELSEWHERE[name]
        assert test in named_in(where)
    elif name not in CASES and name not in LOOP:
        assert any(word in test for test in own for word in OFF)


def test_the_exceptions_are_none_of_the_others():
    assert set(NAMES) >= LOOP | set(ELSEWHERE) | set(CASES)
    assert not LOOP & (set(ELSEWHERE) | set(CASES))
