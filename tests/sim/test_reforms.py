"""The contract of reforms, for every one that is found."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import yaml

from sim import Rules
from sim.declare import DeclarationError, declarations
from sim.reforms import Reform, reform_class, reform_names, rules_in_force

CONF = Path(__file__).parents[2] / "conf" / "reforms"
CLASSES = {name: reform_class(name) for name in reform_names()}


@pytest.mark.parametrize("name", CLASSES)
def test_a_reform_is_a_frozen_dataclass_that_amends_rules(name):
    reform = CLASSES[name]()
    assert isinstance(reform, Reform)
    assert isinstance(reform.amend(Rules()), Rules)
    with pytest.raises(dataclasses.FrozenInstanceError):
        reform.start = "2020-01-01"
    assert reform == CLASSES[name]()


@pytest.mark.parametrize("name", CLASSES)
def test_its_fields_are_declared_and_its_docstring_says_what_it_costs(name):
    own = {field.name for field in dataclasses.fields(CLASSES[name])} - {"start", "end"}
    assert own == set(declarations(CLASSES[name]))
    assert "cost" in CLASSES[name].__doc__.lower()
    assert "report" in CLASSES[name].__doc__.lower()


def test_there_is_one_yaml_of_the_same_name_and_fields_for_each():
    files = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in CONF.rglob("*.yaml")}
    for name, cls in CLASSES.items():
        found = files[name]
        found = found.get(name, found)
        assert {field.name for field in dataclasses.fields(cls)} <= set(found)


@pytest.mark.parametrize("name", CLASSES)
def test_it_is_in_force_from_its_start_until_its_end(name):
    reform = dataclasses.replace(CLASSES[name](), start="2020-03-01", end="2020-06-01")
    inside = reform.amend(Rules())
    for month, expected in (("2020-02-01", Rules()), ("2020-03-01", inside), ("2020-05-01", inside)):
        assert rules_in_force(Rules(), [reform], month) == expected
    assert rules_in_force(Rules(), [reform], "2020-06-01") == Rules()


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"start": "2020-03-02"}, "first of a month"),
        ({"end": "March"}, "first of a month"),
        ({"start": "2020-03-01", "end": "2020-03-01"}, "must come after"),
    ],
)
def test_a_date_that_cannot_be_is_refused(dates, said):
    with pytest.raises(DeclarationError, match=said):
        next(iter(CLASSES.values()))(**dates)


def test_an_unknown_reform_is_a_key_error():
    with pytest.raises(KeyError):
        reform_class("paradise")
