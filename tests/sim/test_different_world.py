"""The minimally different world: one more problem in, exactly its consequences out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim import City, ExtraProblem, Parameters, Rules, TournamentModel
from sim.rules import Dispatch, Dispute, Exclusion, JointReview, Lists, Patrol, Targets, Theme, Tournament, Whistle

CITY = City.load("small")
EXTRA = ExtraProblem("2019-03-05", int(CITY.streets["code"][4]), "sanitation")
PLENTY = {"capacity_to_need": 10.0}  # every ticket is worked on its day at the most care
UNCOUPLED = {  # the named couplings: books and decisions, learning, catalogue, morale, memory, expectation
    **{"step": 0.0, "learning": 0.0, "diffusion": 0.0, "accuracy_decay": 0.0, "expectation": 0.0},
    **{"casework_request": 0.0, "stake_power": 0.0},
    "casework_request": 0.0,
    **{"praise_diffusion": 0.0, "leaving_base": 0.0, "leaving_by_morale": 0.0},
    **{"morale_recovery": 0.0, "morale_overwork": 0.0, "morale_pressure": 0.0, "morale_files": 0.0},
    **{"grievance_gain": 0.0, "trust_gain": 0.0, "trust_loss": 0.0, "give_up": 0.0, "refusal": 0.0},
    **{"duplicate_grievance": 0.0},
}
COUPLINGS = {  # each switched on alone, and what it moves
    "what offices learn by doing": ({"learning": 0.1}, lambda state: state.units.skill),
    "methods taken over from neighbours": ({"learning": 0.1, "diffusion": 0.1}, lambda state: state.units.skill),
    "methods of praised streets": ({"learning": 0.1, "praise_diffusion": 0.1}, lambda state: state.units.skill),
    "deficits breed requests": ({"service_deficit_power": 0.5}, lambda state: state.ratio),
    "decisions on own books": ({"step": 0.002}, lambda state: state.units.effort),
    "leaving": (
        {"morale_pressure": 0.02, "leaving_by_morale": 0.5, "leaving_threshold": 1.0},
        lambda s: s.units.filled,
    ),
    "morale": ({"morale_pressure": 0.02}, lambda state: state.units.morale),
}
ALONE = Rules(
    dispatch=Dispatch(learning=0.0, by_district=0.0),
    joint_review=JointReview(allowed=False),
    whistle=Whistle(allowed=False),
    dispute=Dispute(allowed=False),
    exclusion=Exclusion(allowed=False),
    theme=Theme(kinds_a_month=0),
    patrol=Patrol(coverage=0.0),
    targets=Targets(meeting_minutes=0),
    lists=Lists(talk_minutes=0, project_staff=0.0, project_relief=0.0),
)
ENOUGH_REVIEWERS = Rules(joint_review=JointReview(reviewer_minutes=1e5))


def build(parameters, rules, extra, scale=1.0, category=EXTRA.category):
    """Return a model of March 2019 on, with the extra problem so many times, one a day from its day on."""
    return TournamentModel(
        CITY,
        rules,
        Parameters(**parameters),
        seed=9,
        scale=scale,
        start="2019-03-01",
        log_tickets=True,
        extra_problems=[replace(EXTRA, category=category, date=f"2019-03-{5 + i % 25:02d}") for i in range(int(extra))],
    )


def tickets(parameters, rules, extra, months=1, **how):
    """Return the ticket log of a run, one row a ticket."""
    model = build(parameters, rules, extra, **how)
    log = model.run(months).tickets()
    model.close()
    return log.set_index(["problem", "attempt"]).sort_index()


def differing(plain, more):
    """Return the problems of which any ticket differs in any column."""
    both = pd.concat([plain, more]).reset_index()
    single = both.drop_duplicates(keep=False)
    return set(single["problem"])


def test_within_the_month_and_with_ample_capacity_only_its_own_tickets_differ():
    plain, more = (tickets(PLENTY, ENOUGH_REVIEWERS, extra) for extra in (False, True))
    assert len(plain) > 5000
    changed = differing(plain, more)
    own = set(more.index.get_level_values("problem")) - set(plain.index.get_level_values("problem"))
    assert len(own) == 1
    person = more.loc[next(iter(own)), "person"].iloc[0]
    same_person = set(plain[plain["person"] == person].index.get_level_values("problem"))
    assert changed - same_person == own
    mine = more.loc[next(iter(own))]
    assert (CITY.streets["code"].iloc[mine["home"].iloc[0]], mine["first_day"].iloc[0]) == (EXTRA.street, 4)


def test_with_all_couplings_off_only_its_own_tickets_differ_for_good():
    plain, more = (tickets(PLENTY | UNCOUPLED, ALONE, extra, months=8) for extra in (False, True))
    own = set(more.index.get_level_values("problem")) - set(plain.index.get_level_values("problem"))
    assert differing(plain, more) == own
    assert len(own) == 1


@pytest.mark.parametrize("name", COUPLINGS)
def test_each_named_coupling_carries_the_difference_on_and_can_be_switched_off(name):
    switched_on, moved = COUPLINGS[name]
    still = dict.fromkeys(switched_on, 0.0)
    rules = replace(ALONE, tournament=Tournament(strength=8.0, pool_below=0))
    for on in (False, True):
        states = []
        for extra in (False, True):
            model = build(PLENTY | UNCOUPLED | (switched_on if on else still), rules, extra, scale=0.1)
            model.run(1)
            before = moved(model.state).copy()
            model.run(2)
            states.append((before, moved(model.state).copy()))
            model.close()
        (early, late), (early_more, late_more) = states
        assert np.array_equal(late, late_more) != on
        assert on or np.array_equal(early, early_more)


def test_expectation_changes_answers_of_others_only_if_it_matters():
    changed = {}  # one problem more moves the mean of a year's thousands too little to be seen: put in many
    for weight in (0.0, 0.3):
        parameters = PLENTY | UNCOUPLED | {"expectation": weight, "demand": 0.5, "skill_start": 0.9}
        plain, more = (tickets(parameters, ALONE, extra, months=8, category="illegal_building") for extra in (0, 75))
        own = set(more.index.get_level_values("problem")) - set(plain.index.get_level_values("problem"))
        changed[weight] = differing(plain, more) - own
        logs = (
            log[log["closed"] < 30].drop(index=list(own), level="problem", errors="ignore") for log in (plain, more)
        )
        assert next(logs).equals(next(logs))
    assert not changed[0.0]
    assert changed[0.3]


def test_scarce_capacity_is_a_coupling_within_the_month_but_does_not_reach_every_unit():
    scarce = UNCOUPLED | {"capacity_to_need": 0.8}
    plain, more = (tickets(scarce, ALONE, extra) for extra in (False, True))
    changed = differing(plain, more)
    both = pd.concat([plain, more]).reset_index()
    rows = both[both["problem"].isin(changed)]
    assert len(changed) > 1
    assert rows["closed"].min() >= 4
    assert set(rows["unit"]) < set(both["unit"])
