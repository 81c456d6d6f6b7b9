"""The benchmark of the institutions: what it switches off does nothing, and its table has the budgets."""

from __future__ import annotations

import json

import pytest

from benchmarks import institutions, speed
from benchmarks.child import measure, settings
from sim import Parameters, Rules, TournamentModel

TINY = {"city": "small", "months": 2, "scale": 0.05}
COUNTS = (  # one of each institution that leaves a trace within three months (files come later)
    *("by_district", "joint_reviews", "whistles", "patrol_minutes", "merged", "relapses", "refusal_minutes"),
    *("casework_entered", "meeting_minutes", "talk_minutes", "project_minutes", "theme_minutes", "reserve_minutes"),
)


@pytest.mark.parametrize(("kind", "on"), [("the core loop alone", False), ("all institutions, as today", True)])
def test_off_there_is_no_trace_of_an_institution_and_on_there_is_of_each(kind, on):
    rules, parameters = settings(institutions.KINDS[kind].get("set_to", {}))
    model = TournamentModel("small", rules, parameters, seed=1, scale=0.05)
    sums = model.run(3).sums()
    model.close()
    assert rules.exclusion.allowed == on
    assert {name: int(sums.count(name).sum()) > 0 for name in COUNTS} == dict.fromkeys(COUNTS, on)


def test_settings_by_name_are_the_rules_and_parameters():
    rules, parameters = settings({"rules.exclusion.allowed": False, "parameters.demand": 2.0})
    assert not rules.exclusion.allowed
    assert parameters == Parameters(demand=2.0)
    assert settings({}) == (Rules(), Parameters())


def test_each_kind_is_measured_beside_its_budgets(monkeypatch):
    for module in (institutions, speed):
        monkeypatch.setattr(module, "in_fresh_process", lambda **asked: measure(**json.loads(json.dumps(asked))))
    tickets = measure(**TINY, start=speed.START)["tickets"]
    found = institutions.compare(**TINY, tickets=tickets, repetitions=1)
    assert found["all institutions, as today"]["tickets"] == tickets
    assert len({figures["tickets"] for figures in found.values()}) == len(institutions.KINDS)
    lines = institutions.report(found, 1).splitlines()
    assert len(lines) == 3 + len(institutions.KINDS)
    for line, kind in zip(lines[3:], institutions.KINDS, strict=True):
        assert line.strip().startswith(kind)
        assert line.count("within") + line.count("MISSED") == 2
