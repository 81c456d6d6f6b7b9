"""The public face of the model: arguments, Mesa's habits, the guard, and a model that is freed."""

from __future__ import annotations

import gc
import weakref

import mesa
import numpy as np
import pytest

import sim
from sim import Parameters, Rules, Street, TournamentModel, UnitDecision
from sim.rules import Handling

PLACE = (110114007, "noise")


def small(**asked):
    return TournamentModel(**{"city": "small", "scale": 0.02, "seed": 1, **asked})


@pytest.mark.parametrize("name", sim.__all__)
def test_every_public_name_resolves_and_is_documented(name):
    assert getattr(sim, name).__doc__


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"rng": 1}, TypeError, "pass seed="),
        ({"seed": -1}, ValueError, "seed"),
        ({"seed": 1.5}, ValueError, "seed"),
        ({"scale": 0.0}, ValueError, "scale"),
        ({"scale": 1.5}, ValueError, "scale"),
        ({"start": "2019-01-02"}, ValueError, "first"),
        ({"start": "soon"}, ValueError, "soon"),
        ({"city": "atlantis"}, ValueError, "atlantis"),
        ({"agents": {"stret": Street}}, ValueError, "street"),
        ({"agents": {"street": int}}, ValueError, "street"),
        ({"extra_problems": [sim.ExtraProblem("2019-01-03", 1, "noise")]}, ValueError, "1"),
        ({"extra_problems": [sim.ExtraProblem("2019-13-01", *PLACE)]}, ValueError, "extra_problems: date '2019-13-01'"),
        (
            {"extra_problems": [sim.ExtraProblem("2018-12-31", *PLACE)]},
            ValueError,
            "before the run's start, 2019-01-01",
        ),
        ({"extra_problems": [("2019-01-03", *PLACE)]}, ValueError, "extra_problems: .* must be a ExtraProblem"),
        ({"scale": "a"}, ValueError, "scale: 'a' must be above 0"),
        ({"scale": None}, ValueError, "scale: None must be above 0"),
        ({"rules": {}}, ValueError, "rules: .* must be a Rules"),
        ({"parameters": {}}, ValueError, "parameters: .* must be a Parameters"),
        ({"reforms": [1]}, ValueError, "reforms: 1 must be a Reform"),
        ({"reforms": None}, ValueError, "reforms: None must be a list of Reform"),
        ({"extra_problems": sim.ExtraProblem("2019-01-03", *PLACE)}, ValueError, "must be a list of ExtraProblem"),
        ({"city": 3}, ValueError, "city: 3 must be a City"),
        ({"start": "9999-12-01"}, ValueError, "1990 to 2100"),
        ({"log_tickets": "no"}, ValueError, "log_tickets: 'no' must be a bool"),
        ({"agents": 5}, ValueError, "agents: 5 must be a Mapping"),
    ],
)
def test_a_bad_argument_is_refused_in_words(asked, error, said):
    with pytest.raises(error, match=said):
        small(**asked)


@pytest.mark.parametrize("months", [0, -1, 1.0, True])
def test_months_are_whole_and_at_least_one(months):
    model = small()
    with pytest.raises(ValueError, match="months"):
        model.run(months)
    model.close()


def test_a_run_ends_with_what_residents_can_remember():
    model = small()
    model.state.month = 250
    with pytest.raises(ValueError, match="months: 250 run and 7 to come are more than 256 in all"):
        model.run(7)
    model.close()


def test_a_drawn_seed_is_shown_and_repeats_the_run():
    first = small(seed=None)
    again = small(seed=first.seed)
    a, b = first.run(2).monthly(), again.run(2).monthly()
    assert a.equals(b)
    first.close()
    again.close()


def test_it_is_a_mesa_model_whose_step_is_a_day():
    model = small(start="2020-02-01")
    assert isinstance(model, mesa.Model)
    for _ in range(29):
        model.step()
    assert model.date.isoformat() == "2020-03-01"
    assert model.steps == 29
    assert len(model.record.monthly()) == 1
    months = []
    model.run(2, on_month=months.append)
    assert months == [1, 2]
    assert list(model.record.monthly()["month"]) == ["2020-02", "2020-03", "2020-04"]
    model.close()


def test_offices_are_agents_in_agent_sets():
    model = small(scale=0.3)
    model.run(1)
    assert len(model.streets) == 12
    best = model.streets.select(lambda street: street.rank <= 3)
    assert sorted(street.rank for street in best) == [1, 2, 3]
    assert model.streets.agg("effort", max) <= 1.4
    assert {street.name for district in model.districts for street in district.streets} == set(
        model.streets.get("name")
    )
    assert len(model.departments) == len(model.city.departments)
    model.close()


def test_complainants_are_those_who_complained():
    model = small(scale=0.2)
    model.run(1)
    people = model.complainants
    assert len(people) == np.count_nonzero(model.state.residents.requests)
    often = people.select(lambda person: person.requests >= 2)
    assert all(person.requests >= 2 for person in often)
    assert sum(len(group) for group in people.groupby("gave_up").groups.values()) == len(people)
    assert people[0] == people.by_id(people[0].unique_id)
    assert people.sort("requests")[0].requests == max(people.get("requests"))
    assert [p.row for p in people[2:5]] == [people[i].row for i in (2, 3, 4)]
    assert sorted(p.row for p in people.shuffle()) == sorted(p.row for p in people)
    silent = np.flatnonzero(model.state.residents.requests == 0)[:200]
    before = [(person.grievance, person.trust) for person in map(people.by_id, silent.tolist())]
    model.state.residents.register(silent, silent.astype(np.uint64), model.state.month)
    after = [(person.grievance, person.trust) for person in map(people.by_id, silent.tolist())]
    assert np.array(before) == pytest.approx(np.array(after), abs=0.5 / 255)
    assert {grievance > 0.0 for grievance, _ in before} == {True, False}
    with pytest.raises(TypeError, match="cannot be removed"):
        people[0].remove()
    with pytest.raises(IndexError, match="no resident"):
        people.by_id(10**9)
    model.close()


class Idle(Street):
    """A street that does as little as it may."""

    def decide(self, view):
        """Fall back to the least effort."""
        return UnitDecision(0.0, 1.0, 0.0, 0.0)


class Unsound(Street):
    """A street whose shares do not add to one."""

    def decide(self, view):
        """Return shares that add to two."""
        return UnitDecision(1.0, 1.0, 1.0, 0.0)


def test_a_subclass_decides_for_its_streets_within_the_limits():
    model = small(agents={"street": Idle})
    model.run(1)
    assert set(model.streets.get("effort")) == {0.2}
    model.close()


def test_a_decision_that_cannot_be_is_refused():
    model = small(agents={"street": Unsound})
    with pytest.raises(ValueError, match="add to 1"):
        model.run(1)
    model.close()


def test_a_run_whose_backlog_passes_the_guard_stops_and_says_so():
    slow = Rules(handling=Handling(close_after=60))
    model = small(rules=slow, parameters=Parameters(capacity_to_need=0.3, runaway_months=1.0))
    record = model.run(24)
    assert record.runaway is not None
    assert not model.running
    assert record.monthly()["month"].iloc[-1] == record.runaway
    model.close()


def test_an_ordinary_run_does_not_trip_the_guard():
    model = small()
    assert model.run(3).runaway is None
    model.close()


@pytest.mark.parametrize(("kind", "method"), [("street", "decide"), ("district", "lean")])
def test_a_rule_of_ones_own_that_decides_nothing_is_named(kind, method):
    base = {"street": Street, "district": sim.agents.district.District}[kind]
    model = small(agents={kind: type("Idle", (base,), {method: lambda self, view: None})}, scale=0.05)
    with pytest.raises(ValueError, match=rf"<Idle .*>\.{method} must return a \w+Decision, not None"):
        model.run(1)


def test_a_closed_model_says_so():
    model = small(scale=0.05)
    model.close()
    with pytest.raises(ValueError, match="the model is closed"):
        model.run(1)


class Friends(Street):
    """Streets that know one another: a circle that only the garbage collector would find."""

    def __init__(self, model, row, name):
        super().__init__(model, row, name)
        self.friends = [self]


@pytest.mark.parametrize("agents", [{}, {"street": Friends}])
def test_a_closed_model_is_freed_at_once(agents):
    model = small(agents=agents)
    model.run(1)
    record, gone = model.record, weakref.ref(model)
    assert len(model.complainants.shuffle()) > 0
    gc.disable()  # nobody has to wait for it to look for circles
    try:
        model.close()
        del model
        assert gone() is None
    finally:
        gc.enable()
    assert len(record.monthly()) == 1
