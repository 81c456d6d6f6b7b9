"""Departments and enterprises: ranked among themselves, deciding by the rule of streets."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim import Department, Parameters, Rules, TournamentModel, UnitDecision
from sim.mechanisms.decide import view
from sim.mechanisms.score import rank, score
from sim.mechanisms.worth import worth
from sim.rules import Tournament
from sim.tables import density

ON, OFF = (Rules(tournament=Tournament(departments_ranked=on, strength=3.0)) for on in (True, False))
EAGER = Parameters(step=0.3, capacity_to_need=1.2)


@pytest.fixture
def state():
    model = TournamentModel("small", ON, seed=1, scale=0.02)
    yield model.state
    model.close()


def kinds(state):
    return state.city.departments["kind"].to_numpy(dtype=str)


def test_departments_and_enterprises_are_ranked_each_among_themselves(state):
    n, kind = state.units.n_streets, kinds(state)
    state.tally.answers[n:, 7] = np.arange(1, len(kind) + 1) * 10
    state.tally.answers[n:, 0] = 100  # so that the later in the table the better
    score(state)
    rank(state)
    for name in ("department", "enterprise"):
        ranks = state.standing.rank[n:][kind == name]
        assert ranks.tolist() == list(range(len(ranks), 0, -1))


def test_a_point_between_two_departments_is_worth_what_the_density_says(state):
    n, standing = state.units.n_streets, state.standing
    departments = n + np.flatnonzero(kinds(state) == "department")
    standing.compared[:], standing.error2[:], standing.assessed = np.nan, 0.05 * 0.05, True
    standing.compared[departments[:2]] = 0.8, 0.75
    standing.worth[:] = 9.0  # of a month before
    worth(state)
    sigma = 0.05 * math.sqrt(2.0)
    assert standing.worth[departments[:2]] == pytest.approx(3.0 * float(density(0.05 / sigma)) / sigma, rel=1e-5)
    assert (standing.worth[departments[2:]] == 0.0).all()


def test_they_follow_the_rule_of_streets_and_prevent_nothing_on_ground_of_their_own(state):
    model, n = state.centre.model, state.units.n_streets
    state.standing.worth[:] = 5.0
    seen = view(state)
    assert (seen.prevented[:n] > 0.0).all()
    assert (seen.prevented[n:] == 0.0).all()
    seen = replace(seen, prevented=seen.prevented * 0.0)
    ours, theirs = model.streets[0].decide(seen), model.departments[0].decide(seen)
    assert np.array_equal(ours.effort, theirs.effort)
    assert np.array_equal(ours.handling, theirs.handling)


def run(rules, months=5, **asked):
    model = TournamentModel("small", rules, EAGER, seed=3, scale=0.05, log_tickets=True, **asked)
    record = model.run(months)
    model.close()
    return record


def test_unranked_they_work_on_as_before():
    table = run(OFF).departments()
    assert table["rank"].isna().all()
    assert (table["worth"] == 0.0).all()
    for name, same in (("effort", 0.6), ("handling", 1.0), ("documentation", 0.0), ("prevention", 0.0)):
        assert (table[name] == same).all()


def test_ranked_they_move_and_their_resolution_is_an_outcome():
    record = run(ON)
    table = record.departments()
    assert table["effort"].iloc[-21:].gt(0.6).all()
    assert table["effort"].iloc[-21:].nunique() > 3
    last = table[(table["month"] == record.months[-1]) & (table["closed"] > 0)]
    whole = (last["real_resolution"] * last["closed"]).sum() / last["closed"].sum()
    assert record.monthly()["department_resolution"].iloc[-1] == pytest.approx(whole, abs=1e-12)
    log = record.tickets()
    log = log.loc[log.index.repeat(log["copies"] + 1)]
    first = log[(log["unit"] >= len(record.city.streets)) & (log["closed"] < 31)]
    assert record.monthly()["department_resolution"].iloc[0] == pytest.approx(first["resolved"].mean(), abs=1e-12)


class Idle(Department):
    def decide(self, view):
        return UnitDecision(0.25, 1.0, 0.0, 0.0)


def test_a_department_of_ones_own_decides_for_itself_ranked_or_not():
    for rules in (ON, OFF):
        table = run(rules, months=2, agents={"department": Idle}).departments()
        assert (table["effort"].iloc[-len(table) // 2 :] == 0.25).all()
