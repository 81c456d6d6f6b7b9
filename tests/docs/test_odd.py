"""The ODD page says what the code says, and the reader of the code reads it rightly."""

from __future__ import annotations

import re

import pytest

from experiments import source
from experiments.odd import MODULE, PAGE, page
from experiments.odd_overview import agent_classes, steps
from experiments.pages import stale, table
from sim.luck import Purpose
from sim.model import DAY

CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing"),
    *("Interaction", "Stochasticity", "Collectives", "Observation"),
)


@pytest.fixture(scope="module")
def text() -> str:
    return page()


def test_the_page_is_up_to_date(text):
    said = stale(PAGE, MODULE, text)
    assert not said, said


def test_it_has_the_seven_elements_and_the_eleven_concepts(text):
    assert re.findall(r"^## (\d)\. ", text, re.M) == list("1234567")
    assert [name for name in CONCEPTS if f"**{name}.**" not in text] == []


def test_the_schedule_is_the_models(text):
    found = steps()
    assert [step.name for when, step in found if when == "every day"] == [mechanism.__name__ for mechanism in DAY]
    ends = [step.name for when, step in found if when == "a month's end"]
    assert ends.index("score") < ends.index("worth") < ends.index("morale") < ends.index("decide")
    files = {path.stem for path in (source.SIM / "mechanisms").glob("*.py")} - {"__init__"}
    assert files == {step.module.rpartition(".")[2] for _, step in found}, "a mechanism that is never called"


def test_every_purpose_and_agent_is_on_it(text):
    assert [one.name for one in Purpose if f"| `{one.name}` |" not in text] == []
    assert {"Street", "Department", "District", "DispatchCenter", "Complainant"} <= {
        node.name for _, node in agent_classes()
    }


def test_every_pattern_of_the_list_is_on_it_with_what_decides_it(text):
    rows = re.findall(r"^\| (P\d) \| (.+?) \| (.+?) \|", text, re.M)
    assert [name for name, _, _ in rows] == [f"P{number}" for number in range(1, 10)]
    said = {name: bound for name, _, bound in rows}
    assert "mean distance to published resolution (< 3 %)" in said["P1"]
    assert said["P7"] == "highest over lowest district (> 1.5 and < 3)"
    assert "experiments.loop_gain" in said["P6"]


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "thing.py"
    path.write_text(
        """
from sim.mechanisms.arise import arise, other
from sim.mechanisms.score import score

DAY = (
    other,  # what it does
    arise,
)

def end_month(state, decide):
    score(state)
    if state.month == 3:
        arise(state)  # now and then
    decide(state)
    print(state)

class Held:
    def __init__(self, n):
        self.a, self.b = n, 0  # both
        self.money = np.full(n, p.start)
        self._hidden = 1
        if n:
            self.rows: Ints = np.zeros(
                n,
            )  # at the end

class Fields:
    one: int  # first
    two: float = 3.0
"""
    )
    return path


def test_schedules_are_read_from_tuples_and_from_calls(module):
    assert source.schedule(module, "DAY") == [
        source.Step("other", "sim.mechanisms.arise", "what it does"),
        source.Step("arise", "sim.mechanisms.arise", ""),
    ]
    assert source.schedule(module, "end_month") == [
        source.Step("score", "sim.mechanisms.score", ""),
        source.Step("arise", "sim.mechanisms.arise", "now and then"),
        source.Step("decide", "sim.mechanisms.decide", ""),
    ]
    with pytest.raises(LookupError, match="no tuple or function end_week"):
        source.schedule(module, "end_week")


def test_variables_are_read_with_their_comments(module):
    held, fields = source.classes(module)
    assert [(one.name, one.comment) for one in source.variables(module, held)] == [
        *(("a", "both"), ("b", "both"), ("money", ""), ("rows", "at the end"))
    ]
    assert [(one.name, one.comment, one.annotation) for one in source.variables(module, fields)] == [
        *(("one", "first", "int"), ("two", "", "float"))
    ]


def test_what_code_uses_is_read_through_short_names(tmp_path):
    path = tmp_path / "uses.py"
    path.write_text(
        "p, rules = s.parameters, s.rules.dispute\nx = p.reach + units.confirm\nif rules.allowed: Purpose.LEVEL"
    )
    read = source.uses([source.tree(path)], ["confirm", "reach"], ["dispute.allowed", "exclusion.allowed"])
    assert read == source.Uses(["reach"], ["dispute.allowed"], ["LEVEL"])


def test_tables_keep_bars_and_line_ends_inside_a_cell():
    assert table(["a"], [["P(x | y)\n z"]]) == "| a |\n| --- |\n| P(x \\| y) z |\n"
