"""Arms: by name lists, from the command line, a reform twice, all pairs, and orders that matter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from experiments.compose import settings_of
from experiments.effects import dials
from experiments.errors import BadInput
from experiments.orders import clashes, never_in_force
from experiments.pairs import with_pairs
from experiments.result import rules_table
from experiments.rules_sheet import differing, rules_sheet
from sim.reforms import Reform
from sim.rules import Rules

STRENGTHS = ["experiment=tournament", "city=small", "~arms.tournament_half"]
SECOND = ["+reforms@reforms.late=tournament_strength", "reforms.late.start=2019-03-01", "reforms.late.strength=3"]


def test_a_reform_can_stand_twice_with_other_values_and_another_start():
    settings = settings_of([*STRENGTHS, "months=4", *SECOND, "arms.late=[late]", "arms.both=[tournament_off,late]"])
    assert list(settings.arms) == ["baseline", "tournament_off", "tournament_double", "late", "both"]
    assert settings.labels["late"] == "late"
    rules = rules_table(settings).set_index(["arm", "month"])["tournament.strength"].unstack("month")
    assert rules.loc["late"].tolist() == [1.0, 1.0, 3.0, 3.0]
    assert rules.loc["both"].tolist() == [0.0, 0.0, 3.0, 3.0]
    assert rules.loc["baseline"].tolist() == [1.0] * 4


def test_the_sheet_of_rules_has_what_differs_from_the_baseline_and_when():
    dates = ["reforms.late.end=2019-04-01", "reforms.duty_list.start=2019-02-01"]
    arms = ["arms.late=[late]", "arms.both=[tournament_off,late,duty_list]"]
    settings = settings_of([*STRENGTHS, "months=4", "language=zh", *SECOND, *dates, *arms])
    rules = rules_table(settings)
    found = [tuple(row)[1:] for row in differing(rules[~rules["arm"].str.startswith("tournament")]).itertuples()]
    assert found == [
        ("late", "tournament.strength", "2019-03", "2019-03", 1.0, 3.0),
        ("both", "tournament.strength", "2019-01", "2019-02", 1.0, 0.0),
        ("both", "tournament.strength", "2019-03", "2019-03", 1.0, 3.0),
        ("both", "tournament.strength", "2019-04", "2019-04", 1.0, 0.0),
        ("both", "duty_list.in_force", "2019-02", "2019-04", False, True),
    ]
    sheet = rules_sheet(rules, settings.labels, "zh", "abc")
    assert sheet.caption == "与现状不同的现行规则及其起止月份，其余规则相同；abc。"
    assert sheet.rows[-1] == ["", "按职责清单剔除", "", "2019-02", "2019-04", "否", "是"]
    assert rules_sheet(rules[rules["arm"] == "baseline"], settings.labels, "zh", "abc") is None


def test_an_arm_can_be_dropped_and_another_become_the_baseline():
    assert settings_of(["city=small", "~arms.baseline"]).baseline == "escalation"


def test_an_order_that_matters_is_said_with_reforms_month_and_rule():
    settings = settings_of([*STRENGTHS, "months=4", *SECOND, "arms.both=[tournament_off,late]"])
    (clash,) = clashes(settings)
    assert (clash.arm, clash.month, clash.reforms) == ("both", "2019-03", ("tournament_off", "late"))
    assert clash.rules == ("tournament.strength",)
    assert "order of tournament_off and late matters from 2019-03 on" in str(clash)
    table = rules_table(settings).set_index(["arm", "month"])["order_matters"].unstack("month")
    assert table.loc["both"].tolist() == ["", "", "tournament.strength", "tournament.strength"]
    assert (table.drop(index="both") == "").all(axis=None)


def test_a_reform_that_the_run_never_sees_is_said():
    dates = ["reforms.late.start=2019-05-01", "reforms.escalation.end=2018-12-01"]
    settings = settings_of(["city=small", "months=4", *SECOND[:1], *dates, "arms.late=[late]"])
    assert never_in_force(settings) == [
        "reform escalation is never in force: it ends on 2018-12-01, the run is from 2019-01-01 to 2019-04",
        "reform late is never in force: it starts on 2019-05-01, the run is from 2019-01-01 to 2019-04",
    ]
    assert never_in_force(settings_of(["city=small", "months=5", *SECOND[:1], dates[0], "arms.late=[late]"])) == []


@dataclass(frozen=True)
class Close(Reform):
    """Close after some days, if objections are taken or not, or never mind."""

    days: int = 20
    only_if: bool | None = None
    dispute: bool | None = None

    def amend(self, rules: Rules) -> Rules:
        if self.dispute is not None:
            rules = replace(rules, dispute=replace(rules.dispute, allowed=self.dispute))
        if self.only_if in (None, rules.dispute.allowed):
            rules = replace(rules, handling=replace(rules.handling, close_after=self.days))
        return rules


def made(reforms, arm):
    settings = settings_of(["city=small", "months=2"])
    return replace(settings, reforms=reforms, arms={"baseline": [], "new": arm})


def test_reforms_that_touch_different_rules_or_agree_commute():
    agree = made({"a": Close(days=20), "b": Close(days=20)}, ["a", "b"])
    assert clashes(agree) == []


def test_six_reforms_are_tried_by_exchanges():
    reforms = {f"r{k}": Close(days=20) for k in range(5)} | {"last": Close(days=9)}
    found = clashes(made(reforms, list(reforms)))
    assert {clash.reforms for clash in found} == {(f"r{k}", "last") for k in range(5)}


def test_a_clash_of_three_that_no_two_have_is_found():
    # any two of them agree on 15 days; only where `off` has come between the others does 20 stand in the end
    reforms = {"off": Close(days=15, dispute=False), "if_off": Close(days=15, only_if=False), "on": Close(days=15)}
    assert clashes(made(reforms, list(reforms))) == []
    reforms["if_off"] = Close(days=20, only_if=False)
    reforms["on"] = Close(days=15, only_if=True)
    found = clashes(made(reforms, list(reforms)))
    assert found and all("handling.close_after" in clash.rules for clash in found)


def test_pairs_become_arms_on_top_of_the_baseline():
    arms = with_pairs({"today": ["x"], "b": ["x", "b"]}, ["a", "b", "c"])
    assert list(arms) == ["today", "b", "a", "c", "a+b", "a+c", "b+c"]
    assert arms["b+c"] == ["x", "b", "c"]
    with pytest.raises(BadInput, match="rename the arm"):
        with_pairs({"today": [], "a": ["c"]}, ["a", "b"])


def test_a_pairs_label_is_made_of_its_parts():
    settings = settings_of(["city=small", "language=zh", "pairs=[escalation,resource_tilting]"])
    assert settings.labels["escalation+resource_tilting"] == "提级派单 + 资源倾斜"


def test_arms_that_differ_in_one_number_make_a_dial():
    settings = settings_of([*STRENGTHS, *SECOND, "reforms.late.start=''", "arms.late=[late]"])
    (dial,) = dials(settings.arms, settings.reforms, settings.rules)
    assert dial.reform == "TournamentStrength"
    assert (dial.field.name, dial.field.unit) == ("strength", "β")
    assert list(dial.values.items()) == [("tournament_off", 0.0), ("tournament_double", 2.0), ("late", 3.0)]
    assert dial.today == 1.0  # at its default the reform changes nothing
    other = settings_of([*STRENGTHS, *SECOND, "arms.late=[late]"])  # starts later: apart in two fields
    (dial,) = dials(other.arms, other.reforms, other.rules)
    assert list(dial.values) == ["tournament_off", "tournament_double"]
    shifted = settings_of([*STRENGTHS, "rules.tournament.strength=1.5"])
    assert dials(shifted.arms, shifted.reforms, shifted.rules)[0].today is None


def test_a_reform_may_have_several_dials_and_a_choice_is_one_from_three_values_on():
    settings = settings_of(["experiment=resource_tilting", "city=small"])
    found = {dial.field.name: dial for dial in dials(settings.arms, settings.reforms, settings.rules)}
    assert list(found) == ["share", "money", "by", "receivers"]
    assert found["share"].today == 0.0  # nothing is moved
    assert found["money"].values == {"money_5": 5.0, "money_20": 20.0}  # instead of staff that is moved
    assert found["by"].chosen and list(found["by"].values) == ["need", "load", "index", "governance", "weak", "random"]
    assert found["receivers"].today is None
    settings = settings_of(["experiment=escalation", "city=small"])
    fields = {dial.field.name for dial in dials(settings.arms, settings.reforms, settings.rules)}
    assert fields == {"after", "queue_days", "street_share", "district_hours"}  # hours from streets: just another arm
