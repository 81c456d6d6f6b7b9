"""Words: in Chinese tables no unit or choice of the rules, and no unit of an outcome, is left in English."""

from __future__ import annotations

import enum
import re

from experiments.words import choice_in, unit_in, unit_of
from sim.declare import declarations
from sim.outcomes import OUTCOMES
from sim.reforms import reform_class, reform_names
from sim.rules import Rules


def english(text):
    """Say whether a text has a Latin word in it; symbols like β, τ_b and % are the same in both languages."""
    return bool(re.search(r"[A-Za-z]{2,}", text))


def test_units_and_choices_are_chinese_in_chinese():
    settings = [said for cls in (Rules, *map(reform_class, reform_names())) for said in declarations(cls).values()]
    assert not [said.unit for said in settings if said.low is not None and english(unit_in(said.unit, "zh"))]
    assert not [name for name in OUTCOMES if english(unit_of(name, "zh"))]
    chosen = [value.value for said in settings if issubclass(said.kind, enum.Enum) for value in said.kind]
    assert chosen and not [value for value in chosen if english(choice_in(value, "zh"))]
    assert choice_in("zone", "en") == "zone"
