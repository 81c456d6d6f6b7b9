"""Limits with known answers: the model must give them where theory knows them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import brentq

from sim import City, Parameters, Rules, TournamentModel, UnitView
from sim.mechanisms import handle as handling
from sim.mechanisms.prevent import prevent
from sim.mechanisms.score import rank, score
from sim.mechanisms.worth import worth
from sim.points import mean_points, points
from sim.reforms.tournament_strength import TournamentStrength
from sim.rules import (
    Dispatch,
    Dispute,
    Escalation,
    Exclusion,
    Handling,
    JointReview,
    Lists,
    Patrol,
    Reserves,
    Targets,
    Theme,
    Tournament,
    Whistle,
)
from sim.spread import tau_b, variance

NO_INSTITUTIONS = Rules(
    tournament=Tournament(strength=0.0, pool_below=0),
    dispatch=Dispatch(by_district=0.0),
    joint_review=JointReview(allowed=False),
    whistle=Whistle(allowed=False),
    dispute=Dispute(allowed=False),
    exclusion=Exclusion(allowed=False),
    patrol=Patrol(coverage=0.0),
    handling=Handling(close_after=90),
    theme=Theme(kinds_a_month=0),
    reserves=Reserves(staff_share=0.0),
    targets=Targets(worth=0.0, meeting_minutes=0),
    lists=Lists(talk_minutes=0, project_staff=0.0, project_relief=0.0),
)
STILL = {  # nothing but chance: no learning, no decisions, no memory
    **{"casework_request": 0.0, "stake_power": 0.0, "relapse": 0.0, "duplicate_hazard": 0.0},
    **{"learning": 0.0, "diffusion": 0.0, "skill_spread": 0.0, "minutes_by_skill": 0.0, "step": 0.0},
    **{"accuracy_start": 0.995, "accuracy_decay": 0.0, "strategic_share": 0.0, "grievance_share": 0.0},
    **{"grievance_gain": 0.0, "give_up": 0.0, "refusal": 0.0, "return_dissatisfied": 0.0, "return_grievance": 0.0},
    **{"morale_recovery": 0.0, "morale_overwork": 0.0, "morale_pressure": 0.0, "morale_files": 0.0},
    **{"praise_diffusion": 0.0, "leaving_base": 0.0, "leaving_by_morale": 0.0},
    **{"staff_growth": 0.0, "expectation": 0.0, "misreport": 0.0, "ceiling_district": 0.95, "ceiling_city": 0.95},
}


@pytest.mark.parametrize(("skill", "again"), [(0.3, 0.3), (0.7, 0.6), (0.2, 0.9)])
def test_tickets_per_problem_are_those_of_a_branching_process(skill, again):
    """With constant p and π a problem makes 1 ÷ (1 − (1 − p)π) tickets."""
    parameters = Parameters(
        **STILL
        | {"skill_start": skill, "capacity_to_need": 10.0, "care_min": 1.0, "care_max": 1.0, "return_days": 1.0}
        | {"return_street": again, "return_district": again, "return_city": again, "ceiling_district": 0.95}
    )
    model = TournamentModel("small", NO_INSTITUTIONS, parameters, seed=2, scale=0.3, log_tickets=True)
    log = model.run(8).tickets()
    model.close()
    first = log[(log["first_day"] < 60) & (log["level"] == 0) & (log["right"] == log["unit"])]
    problems = log[log["problem"].isin(first["problem"])].groupby("problem").size()
    p = first["resolved"].mean()
    assert p == pytest.approx(1.0 - math.exp(-skill), abs=0.01)
    b = (1.0 - p) * again
    expected, error = 1.0 / (1.0 - b), math.sqrt(b) / (1.0 - b) / math.sqrt(len(problems))
    assert len(problems) > 1000
    assert abs(problems.mean() - expected) < 5 * error + 0.01


def one_class(load, **more):
    """Return a model of fixed care and one deadline, whose streets have `load` times the work they can do."""
    city = City.load("small")
    same = city.categories.assign(deadline_days=5)
    return TournamentModel(
        replace(city, categories=same),
        NO_INSTITUTIONS,
        Parameters(
            **STILL
            | {"skill_start": 0.9, "care_min": 1.0, "care_max": 1.0, "contact_minutes": 0, "return_street": 0.0}
            | {"return_district": 0.0, "return_city": 0.0, "exposure_log_sd": 0.0, "staff_log_sd": 0.0}
            | {"capacity_to_need": 1.0 / load, "staff_elasticity": 1.0, "accuracy_start": 1.0}
            | more
        ),
        seed=3,
        start="2019-03-01",
        log_tickets=True,
    )


def test_light_load_leaves_no_backlog_and_heavy_load_grows_linearly():
    light, heavy = one_class(0.25), one_class(1.3)
    n = light.state.units.n_streets
    for model in (light, heavy):
        waiting = []
        for _ in range(60):
            model.step()
            waiting.append(int(model.state.units.backlog[:n].sum()))
        model.waiting = np.array(waiting, dtype=float)
    assert light.waiting[-30:].max() < 0.02 * heavy.waiting[-1]
    days = np.arange(20, 60)
    slope, start = np.polyfit(days, heavy.waiting[20:], 1)
    rest = heavy.waiting[20:] - (slope * days + start)
    assert slope > 0
    assert 1.0 - rest.var() / heavy.waiting[20:].var() > 0.9  # weekdays and the season remain
    light.close()
    heavy.close()


def test_a_queue_obeys_lindleys_recursion_exactly(monkeypatch):
    """Minutes waiting = max(0, minutes waiting + arrived − capacity), but for the minutes before the next ticket."""
    model, capacity = one_class(1.0), []
    real = handling._capacity

    def noted(state):
        capacity.append(real(state))
        return capacity[-1]

    monkeypatch.setattr(handling, "_capacity", noted)
    units, unfinished = model.state.units, np.zeros(model.state.units.n, dtype=np.int64)
    for _ in range(120):
        model.step()
        unfinished = np.maximum(0, unfinished + model.state.today.arrived - capacity[-1])
        assert (np.maximum(0, units.backlog - units.carry) == unfinished).all()
    assert (unfinished > 0).any()
    model.close()


def one_server(arrivals, minutes, capacity):
    """Return the day on which each ticket of one first-in-first-out queue is finished, computed one by one."""
    free, out = 0.0, []
    for day, work in zip(arrivals, minutes, strict=True):
        free = max(free, day * capacity) + work
        out.append(math.ceil(free / capacity) - 1)
    return out


def test_one_unit_agrees_with_a_queue_simulated_by_ciw():
    """The last ticket of each day leaves within a day of a Ciw queue with the same arrivals and service times."""
    import ciw

    model = one_class(0.97)
    log = model.run(3).tickets()
    row = int(np.argmax(np.bincount(log["unit"], minlength=1)[: model.state.units.n_streets]))
    staff = model.state.units
    daily = float(
        staff.staff[row] * model.parameters.working_minutes * staff.effort[row] * (0.5 + 0.5 * staff.morale[row])
    )
    model.close()
    mine = log[log["unit"] == row].sort_values(["filed", "problem"])
    gaps = np.diff(mine["filed"].to_numpy() * 1.0, prepend=0.0)
    gaps[0] = max(gaps[0], 1e-9)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*np.maximum(gaps, 0.0).tolist(), 1e9])],
        service_distributions=[ciw.dists.Sequential((mine["minutes"].to_numpy() / daily).tolist())],
        number_of_servers=[1],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(400.0)
    leaves = sorted(math.ceil(record.exit_date) - 1 for record in simulation.get_all_records())[: len(mine)]
    closed = np.sort(mine["closed"].to_numpy())
    days = min(len(leaves), len(closed))
    assert days > 1000
    assert np.abs(np.array(leaves[:days]) - closed[:days]).max() <= 1
    assert np.abs(np.array(one_server(mine["filed"], mine["minutes"], daily)) - np.array(leaves[:days])).max() <= 1


KAPPA, BETA, K_CARE, NOISE = 1.5, 1.0, 1.3, 0.05


def effort_at_rest(noise, care=K_CARE, strength=BETA):
    """Iterate one street's decision between two equal streets until it no longer moves."""
    model = TournamentModel(
        "small", scale=0.02, seed=1, parameters=Parameters(effort_cost=KAPPA, step=0.2, effort_rest=0.2)
    )
    street, e = next(iter(model.streets)), 0.6
    v = strength / (2.0 * noise * math.sqrt(math.pi))
    rest = KAPPA * 0.2 * 0.2
    for _ in range(4000):
        resolution = 1.0 - math.exp(-care * e)
        phi = (1.0 - resolution) * -math.log(1.0 - resolution)
        # the intrinsic worth, γ, is taken out of the response so that the score alone moves effort
        view = UnitView(
            **{"score": 0.8, "worth": v, "response": 1.0 - rest / (v * phi), "resolution": resolution},
            **{"fail_points": 0.2, "reached": 1e9, "failed": 0.0, "hours": e * 1.0, "ticket_hours": 0.0},
            **{"accepted": 0.0, "prevented": 0.0, "effort": e, "handling": 1.0, "documentation": 0.0},
            **{"prevention": 0.0, "morale": 1.0, "normal_hours": 1.0},
        )
        e = float(street.decide(view).effort)
    model.close()
    return e


def known_root(noise, care=K_CARE, strength=BETA):
    return brentq(
        lambda e: strength * care * math.exp(-care * e) / (2.0 * noise * math.sqrt(math.pi)) - KAPPA * e, 0.0, 10.0
    )


def test_two_equal_streets_work_as_hard_as_the_theory_of_tournaments_says():
    """Effort is the root of β k c′ e^(−k c′ e) ÷ (2 s √π) = κ e (Lazear & Rosen 1981)."""
    for noise in (0.3, 0.4, 0.6):
        assert effort_at_rest(noise) == pytest.approx(known_root(noise), abs=1e-6)


def test_noise_dilutes_the_incentive():
    efforts = [effort_at_rest(noise) for noise in (0.3, 0.5, 0.8)]
    assert efforts[0] > efforts[1] > efforts[2]


def test_a_point_between_two_equal_streets_is_worth_what_the_density_says():
    """v = β ÷ (2 s √π), for two streets with equal scores and equal errors."""
    city = City.load("small")
    model = TournamentModel(city, Rules(tournament=Tournament(advanced_worth=0.0, rectification_worth=0.0)), scale=0.02)
    standing = model.state.standing
    standing.compared[:], standing.assessed = np.nan, True
    standing.compared[:2] = 0.8
    standing.error2[:] = 0.05**2
    worth(model.state)
    assert standing.worth[:2] == pytest.approx(1.0 / (2.0 * 0.05 * math.sqrt(math.pi)), rel=1e-5)
    assert (standing.worth[2:] == 0.0).all()
    model.close()


@pytest.mark.parametrize("n", [40, 400])
def test_ranks_of_equal_streets_are_exchangeable_and_scores_vary_by_sampling_alone(n):
    model = TournamentModel("small", NO_INSTITUTIONS, scale=0.02)
    state, luck, answered = model.state, np.random.default_rng(n), np.full(8, 0.125)
    ranks, spreads, noises, errors = [], [], [], []
    for _ in range(200):
        state.tally.answers[:] = luck.multinomial(n, answered, size=state.units.n)
        score(state)
        rank(state)
        ranks.append(state.standing.rank[:12].copy())
        spreads.append(variance(state.standing.score[:12]))
        _, _, noise = mean_points(state.tally.answers[:12], points(state.rules))
        noises.append((noise / n).mean())
        errors.append(state.standing.noise2[:12].mean())
    taus = [tau_b(a, b) for a, b in pairwise(ranks)]
    assert abs(np.mean(taus)) < 4 * np.std(taus) / math.sqrt(len(taus))
    assert np.mean(errors) == pytest.approx(np.mean(noises) * n / (n - 1))  # and none of it is taken for signal
    assert np.mean(spreads) / np.mean(noises) == pytest.approx(1.0, abs=4 * np.std(spreads) / np.mean(spreads) / 14)
    model.close()


def test_without_a_tournament_nobody_documents_and_effort_rests():
    model = TournamentModel(
        "small", Rules(tournament=Tournament(strength=0.0)), Parameters(morale_start=1.0, discount=0.0), seed=1
    )
    table = model.run(24).monthly()
    model.close()
    assert (table["documentation_share"] == 0.0).all()
    assert table["effort"].iloc[-1] == pytest.approx(0.6, abs=0.02)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("capacity", [0.6, 2.2])
def test_tickets_are_conserved_every_day_per_unit_and_in_total(seed, capacity):
    parameters = Parameters(capacity_to_need=capacity, strategic_share=0.05)
    rules = Rules(escalation=Escalation(after=2, queue_days=10.0))
    model = TournamentModel("small", rules, parameters, seed=seed, scale=0.1)
    state = model.state
    filed = np.zeros(state.units.n, dtype=np.int64)
    closed, entered = filed.copy(), 0
    for _ in range(100):
        now = state.tally
        names = (
            "received",
            "disputes_won",
            "closed",
            "problems",
            "repeats",
            "duplicates",
            "merged",
            "casework_entered",
        )
        before = {name: now.unit[name].copy() for name in names}
        model.step()
        tally = now.unit  # the month's tally as it was at the day's end, also on the month's last day
        change = {name: tally[name] - before[name] for name in names}
        filed += change["received"] - change["disputes_won"] + change["casework_entered"]
        closed += change["closed"]
        entered += int((change["problems"] + change["repeats"] + change["duplicates"] - change["merged"]).sum())
        entered += int(change["casework_entered"].sum())
        held = np.zeros(state.units.n, dtype=np.int64)
        for slots in (state.queue, state.disputed, state.casework.slots):
            np.add.at(held, state.tickets.unit[slots], state.tickets.number(slots))
        assert (filed == held + closed).all()
        centres = state.undelivered
        assert entered == int(filed.sum()) + int(state.tickets.number(centres.slots).sum())
        assert (
            state.tickets.in_use
            == len(centres)
            + len(state.queue)
            + len(state.disputed)
            + len(state.casework)
            + len(state.closed)
            + state.waiting.waiting
        )
        assert state.open_tickets == state.tickets.in_use - state.waiting.waiting
        everywhere = np.concatenate([centres.slots, state.queue, state.disputed, state.casework.slots, state.closed])
        assert len(np.unique(everywhere)) == len(everywhere)
    assert closed.sum() > 0
    assert len(state.casework) > 0
    model.close()


def test_arms_are_identical_until_the_reform_starts_and_again_after_a_neutral_one():
    def run(*reforms):
        model = TournamentModel("small", reforms=reforms, seed=4, scale=0.1, log_tickets=True)
        record = model.run(6)
        model.close()
        return record

    plain, late = run(), run(TournamentStrength(start="2019-04-01", strength=3.0))
    neutral, over = run(TournamentStrength(strength=1.0)), run(TournamentStrength(end="2019-02-01", strength=1.0))
    for same in (neutral, over):
        assert plain.streets().equals(same.streets())
        assert not len(plain.changed(same).problems)
    a, b = plain.streets(), late.streets()
    early = a["month"] < "2019-04"
    columns = [name for name in a.columns if name not in ("problems_resolved", "branching_ratio")]
    assert a.loc[early, columns].equals(b.loc[early, columns])
    assert not a.equals(b)


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.01, 0.001])
def test_capacity_to_need_is_the_same_at_every_scale(scale):
    model = TournamentModel("small", parameters=Parameters(capacity_to_need=2.2), scale=scale)
    state, p = model.state, model.parameters
    need = math.fsum(state._need(state.base.year_cells(2019)))
    minutes = math.fsum(state.units.staff_2019) * p.working_minutes * p.effort_rest * (0.5 + 0.5 * p.morale_start)
    assert minutes / need == pytest.approx(2.2, rel=0.01)
    model.close()


def test_what_prevention_is_seen_to_yield_is_the_same_at_every_scale():
    found = []
    for scale in (1.0, 0.1, 0.01):
        model = TournamentModel("small", parameters=Parameters(prevention_focus=0.0), scale=scale)
        model.state.units.prevention[:] = 0.1
        for _ in range(3):
            prevent(model.state)
        found.append(model.state.year_prevented / model.state.year_prevention_minutes)
        model.close()
    assert found == pytest.approx([found[0]] * 3, rel=0.02)
