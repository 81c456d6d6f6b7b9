"""Declarations: complete, within their ranges, and checked with words that help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim import Parameters, Rules
from sim.declare import DeclarationError, declarations
from sim.reforms.graded_assessment import GradedAssessment
from sim.rules import Exclusion, League, Tournament

ALL = {**declarations(Parameters), **declarations(Rules)}


@pytest.mark.parametrize("name", ALL)
def test_a_number_says_what_it_is(name):
    declared = ALL[name]
    assert declared.en
    assert declared.zh
    assert declared.unit
    assert declared.source
    if declared.low is not None:
        assert declared.low <= declared.default <= declared.high
        assert declared.low < declared.high


def test_labels_tell_numbers_apart():
    for owner in (Parameters, Rules):
        found = declarations(owner).values()
        for label in ("en", "zh"):
            words = [getattr(declared, label) for declared in found]
            assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"demand": 7.0}, r"demand: 7.0 is outside 0 to 6 \(× base rate\)"),
        ({"demand": float("nan")}, "demand: nan is outside"),
        ({"demand": "much"}, "demand: .*number"),
        ({"contact_minutes": 2.5}, "contact_minutes: .*whole number"),
        ({"demand": True}, "demand"),
    ],
)
def test_a_wrong_value_is_refused_by_name_range_and_unit(wrong, said):
    with pytest.raises(DeclarationError, match=said):
        Parameters(**wrong)


def test_rules_are_checked_part_by_part():
    with pytest.raises(DeclarationError, match="strength"):
        Tournament(strength=-1.0)
    with pytest.raises(DeclarationError, match="allowed"):
        Exclusion(allowed=1)
    with pytest.raises(DeclarationError, match="league"):
        replace(Tournament(), league="city")


def test_cut_offs_of_grades_are_in_order_wherever_they_are_set():
    said = r"^grade_low: 0.92 must be at most grade_middle: 0.9 \(grade_low ≤ grade_middle ≤ grade_high\)$"
    with pytest.raises(DeclarationError, match=said):
        replace(Tournament(), grade_low=0.92)
    with pytest.raises(DeclarationError, match=r"^middle: 0.9 must be at most high: 0.5 \(low ≤ middle ≤ high\)$"):
        GradedAssessment(high=0.5)
    assert Tournament(grade_low=0.9, grade_high=0.9).grade_low == 0.9  # two grades may share a cut-off


def test_weights_of_one_score_add_to_one():
    said = r"^weight_response \+ weight_resolution \+ weight_satisfaction: 1.1 must be 1$"
    with pytest.raises(DeclarationError, match=said):
        Tournament(weight_response=0.3)
    assert Tournament(weight_response=0.1, weight_satisfaction=0.5).weight_resolution == 0.4


def test_a_whole_number_is_taken_for_a_number():
    assert isinstance(Parameters(demand=2).demand, float)


def test_ranges_in_words():
    assert ALL["tournament.league"].range_text == "city, zone or district"
    assert ALL["exclusion.allowed"].range_text == "true or false"
    assert ALL["tournament.league"].default is League.CITY
