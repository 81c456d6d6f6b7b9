"""The contract of reforms, for every one that is found."""

from __future__ import annotations

import dataclasses
import datetime
import importlib
import itertools
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from experiments.compose import settings_of
from experiments.defaults import reform_text
from experiments.orders import order_matters
from sim import Rules, TournamentModel
from sim.declare import DeclarationError, declarations
from sim.outcomes import OUTCOMES
from sim.reforms import Reform, reform_class, reform_names, rules_in_force
from sim.reforms.escalation import HoursFrom

ROOT = Path(__file__).parents[2]
CONF = ROOT / "conf" / "reforms"
CLASSES = {name: reform_class(name) for name in reform_names()}
STRONG = CLASSES["tournament_strength"](strength=3.0)  # its usual strength is today's
USUAL = {name: STRONG if name == "tournament_strength" else cls() for name, cls in CLASSES.items()}


@pytest.mark.parametrize("name", CLASSES)
def test_a_reform_is_a_frozen_dataclass_that_amends_rules(name):
    reform = CLASSES[name]()
    assert isinstance(reform, Reform)
    assert isinstance(reform.amend(Rules()), Rules)
    with pytest.raises(dataclasses.FrozenInstanceError):
        reform.start = "2020-01-01"
    assert reform == CLASSES[name]()


@pytest.mark.parametrize("name", CLASSES)
def test_its_fields_are_declared_and_its_docstring_says_where_it_comes_from_what_it_costs_and_how_it_fails(name):
    own = {field.name for field in dataclasses.fields(CLASSES[name])} - {"start", "end"}
    assert own == set(declarations(CLASSES[name]))
    text = CLASSES[name].__doc__.lower()
    for word in ("report", "works through", "cost", "fail"):
        assert word in text, f"{name} does not say: {word}"


@pytest.mark.parametrize("name", CLASSES)
def test_its_yaml_lists_its_fields_with_their_defaults(name):
    file = CONF / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert text == reform_text(name), "stale: run python -m experiments.defaults"
    assert list(yaml.safe_load(text)) == ["reform", *(field.name for field in dataclasses.fields(CLASSES[name]))]


def test_there_is_a_reform_for_every_yaml():
    assert {file.stem for file in CONF.glob("*.yaml")} == set(CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_neutral_values_change_nothing_and_the_usual_ones_something(name):
    assert CLASSES[name].neutral().amend(Rules()) == Rules()
    assert USUAL[name].amend(Rules()) != Rules()


@pytest.mark.parametrize("name", CLASSES)
def test_it_is_in_force_from_its_start_until_its_end(name):
    reform = dataclasses.replace(CLASSES[name](), start="2020-03-01", end="2020-06-01")
    inside = reform.amend(Rules())
    for month, expected in (("2020-02-01", Rules()), ("2020-03-01", inside), ("2020-05-01", inside)):
        assert rules_in_force(Rules(), [reform], month) == expected
    assert rules_in_force(Rules(), [reform], "2020-06-01") == Rules()


def test_a_reform_that_gives_no_rules_or_has_a_start_that_is_no_text_is_said():
    class Forgets(Reform):
        def amend(self, rules):
            dataclasses.replace(rules)

    with pytest.raises(DeclarationError, match=r"Forgets\.amend: must return Rules, not None"):
        rules_in_force(Rules(), [Forgets()], "2020-01-01")
    with pytest.raises(DeclarationError, match=r"start: datetime\.date"):
        Forgets(start=datetime.date(2020, 1, 1))


def test_only_hours_that_escalation_adds_come_from_streets():
    escalation = CLASSES["escalation"]
    had = Rules().casework.district_hours + Rules().casework.city_hours  # 350, all of them caseworkers' own
    for staffing, share in (("new", 0.0), ("streets", (720.0 - had) / 720.0)):
        assert escalation(staffing=HoursFrom(staffing)).amend(Rules()).casework.from_streets == pytest.approx(share)
    more, most = escalation(staffing=HoursFrom.STREETS), escalation(district_hours=1200.0)
    rules = most.amend(more.amend(Rules()))  # what streets give already, they go on giving
    assert rules.casework.from_streets * 1320.0 == pytest.approx(720.0 - had)
    fewer = escalation(staffing=HoursFrom.STREETS, district_hours=100.0, city_hours=10.0)
    assert fewer.amend(Rules()).casework.from_streets == 0.0
    assert fewer.amend(more.amend(Rules())).casework.from_streets == 1.0
    none = escalation(district_hours=0.0, city_hours=0.0)
    assert none.amend(Rules()).casework.from_streets == 0.0


@pytest.mark.parametrize("name", CLASSES)
def test_its_costs_are_outcomes(name):
    assert CLASSES[name].costs
    assert set(CLASSES[name].costs) <= set(OUTCOMES)


@pytest.mark.parametrize("name", CLASSES)
def test_where_hours_are_withdrawn_those_above_normal_time_and_all_are_named_too(name):
    costs = CLASSES[name].costs
    assert ("withdrawn" in costs) == ("overtime" in costs) == ("staff_hours" in costs)


def test_what_does_not_commute_is_reported_and_nothing_else():
    """All pairs at the defaults, and each reform beside itself with other values."""
    settings = settings_of(["city=small", "months=1"])
    other = {f"{name}_off": CLASSES[name].neutral() for name in CLASSES} | {"tournament_strength_off": STRONG}
    settings = dataclasses.replace(settings, reforms=settings.reforms | other)
    pairs = [*itertools.combinations(CLASSES, 2), *((name, f"{name}_off") for name in CLASSES)]
    clashing = set()
    for pair in pairs:
        there, back = (
            rules_in_force(Rules(), [settings.reforms[label] for label in order], "2019-01-01")
            for order in (pair, pair[::-1])
        )
        assert (there != back) == bool(order_matters(settings, pair)), pair
        clashing |= {pair} if there != back else set()
    assert {(name, f"{name}_off") for name in CLASSES} <= clashing


def run(*reforms):
    model = TournamentModel("small", reforms=reforms, seed=4, scale=0.1, log_tickets=True)
    record = model.run(4)
    model.close()
    return record


@pytest.fixture(scope="module")
def baseline():
    return run()


@pytest.mark.parametrize("name", CLASSES)
def test_nothing_changes_before_its_start(name, baseline):
    record = run(dataclasses.replace(USUAL[name], start="2019-03-01"))
    early, early_too = (r.monthly().query("month < '2019-03'") for r in (record, baseline))
    fate = {"solved", "problems_resolved", "branching_ratio"}  # of a month's problems and tickets, later
    columns = [c for c in early if c not in fate]
    assert early[columns].equals(early_too[columns])
    logs = [r.tickets().query("closed < 59") for r in (record, baseline)]
    same = [log.drop(columns="excluded").reset_index(drop=True) for log in logs]  # rulings may come later
    assert same[0].equals(same[1])


@pytest.mark.parametrize("name", CLASSES)
def test_its_cost_is_booked(name, baseline):
    """In a run under it at least one of the outcomes in which its cost appears moves; all hours nearly always do."""
    here, there = run(USUAL[name]).monthly(), baseline.monthly()
    assert any(not here[cost].equals(there[cost]) for cost in set(USUAL[name].costs) - {"staff_hours"})


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"start": "2020-03-02"}, "first of a month"),
        ({"end": "March"}, "first of a month"),
        ({"start": "20200301"}, "first of a month"),
        ({"start": "2019-W05-5"}, "first of a month"),
        ({"start": "2020-03-01", "end": "2020-03-01"}, "must come after"),
    ],
)
def test_a_date_that_cannot_be_is_refused(dates, said):
    with pytest.raises(DeclarationError, match=said):
        next(iter(CLASSES.values()))(**dates)


def test_an_unknown_reform_is_a_key_error():
    with pytest.raises(KeyError):
        reform_class("paradise")


NEW = '''"""A reform that is only here for a test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class {name}(Reform):
    """Close unfinished tickets later (not in the report). Works through waiting; costs nothing; could fail."""

    costs: ClassVar[tuple[str, ...]] = ("withdrawn",)

    days: int = number(30, "days", 0, 90, "days after the deadline", "逾期天数")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, handling=replace(rules.handling, close_after=self.days))

    @classmethod
    def neutral(cls) -> {name}:
        """Return today's days."""
        return cls(days=15)
'''


def test_a_reform_is_added_with_two_files_and_nothing_else(tmp_path):
    """In a copy of the project: the class and its YAML are enough for the command line to know it."""
    for part in ("sim", "experiments", "conf"):
        subprocess.run(["cp", "-r", str(ROOT / part), str(tmp_path)], check=True)
    (tmp_path / "sim" / "reforms" / "slower_closing.py").write_text(NEW.format(name="SlowerClosing"), encoding="utf-8")
    yaml_text = 'reform: slower_closing\nstart: ""\nend: ""\ndays: 30\n'
    (tmp_path / "conf" / "reforms" / "slower_closing.yaml").write_text(yaml_text, encoding="utf-8")
    words = ["city=small", "months=1", "seeds=1", "scale=0.02", "figures=[]", "results_dir=results"]
    words += ["~arms.both", "~arms.package", "arms.slow=[slower_closing]"]
    command = [sys.executable, "-m", "experiments.run", *words, "reforms.slower_closing.days=40"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    (rules,) = tmp_path.glob("results/first_look/*/rules.csv")
    assert "slow,2019-01" in rules.read_text(encoding="utf-8")
    known = importlib.import_module("sim.reforms").reform_names()
    assert "slower_closing" not in known  # the project itself is as it was
