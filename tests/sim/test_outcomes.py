"""Outcomes, each against a count made from the ticket log by other means."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from sim import Parameters, Rules, TournamentModel
from sim.outcomes import OUTCOMES
from sim.reforms.escalation import Escalation
from sim.reforms.tournament_strength import TournamentStrength
from sim.rules import Casework, Dispatch, Dispute, Exclusion, JointReview, Tournament
from sim.sums import BESIDE
from sim.tickets import CASE, FILES_AGAIN, GIVES_UP, RELAPSES, RESTS

MONTHS = ["2021-01", "2021-02", "2021-03", "2021-04", "2021-05"]
START = datetime.date(2021, 1, 1)


@pytest.fixture(scope="module")
def run():
    model = TournamentModel(
        "small",
        rules=Rules(
            tournament=Tournament(strength=4.0), exclusion=Exclusion(district_minutes=6000.0, city_minutes=6000.0)
        ),
        parameters=Parameters(strategic_share=0.05, capacity_to_need=1.2, file_minutes=15, step=0.3),
        seed=5,
        scale=0.3,
        start="2021-01-01",
        log_tickets=True,
    )
    record = model.run(5)
    model.close()
    return record


@pytest.fixture(scope="module")
def log(run):
    out = run.tickets()
    for name in ("filed", "closed", "first_day"):
        days = out[name].map(lambda day: (START + datetime.timedelta(int(day))).isoformat()[:7])
        out[f"{name}_month"] = days
    called = out["closed"].map(lambda day: (START + datetime.timedelta(int(day) + 1)).isoformat()[:7])
    out = out.assign(called_month=called)
    return out.loc[out.index.repeat(out["copies"] + 1)]  # a row for every ticket, unrecognised duplicates too


def of(run, name, months=MONTHS):
    table = run.monthly().set_index("month")
    return table.loc[months, name]


FIRST = MONTHS[:4]  # months of which every ticket closed has been called back


def test_every_outcome_is_declared_whole_and_computed():
    for name, outcome in OUTCOMES.items():
        assert name == outcome.name
        assert outcome.better in (-1, 0, 1)
        assert outcome.unit
        assert outcome.en
        assert outcome.zh
    for label in ("en", "zh"):
        assert len({getattr(outcome, label) for outcome in OUTCOMES.values()}) == len(OUTCOMES)


def test_real_resolution_is_of_all_tickets_closed(run, log):
    expected = log.groupby("closed_month")["resolved"].mean()[FIRST]
    assert of(run, "real_resolution", FIRST).tolist() == pytest.approx(expected.tolist(), abs=1e-12)


def test_what_is_reported_is_of_those_reached_and_not_excluded(run, log):
    counted = log[log["reached"] & ~log["excluded"]].groupby("called_month")
    for outcome, answer in (
        ("reported_resolution", "said_resolved"),
        ("satisfaction", "said_satisfied"),
        ("response", "said_responded"),
    ):
        assert of(run, outcome).tolist() == pytest.approx(counted[answer].mean()[MONTHS].tolist(), abs=1e-12)
    parts = counted[["said_responded", "said_resolved", "said_satisfied"]].mean() @ [0.2, 0.4, 0.4]
    assert of(run, "composite").tolist() == pytest.approx(parts[MONTHS].tolist(), abs=1e-12)


def test_the_gap_is_the_sum_of_its_parts(run):
    table = run.monthly()
    parts = table["gap_excluded"] + table["gap_misreported"] + table["gap_not_reached"]
    assert parts.tolist() == pytest.approx(table["reporting_gap"].tolist(), abs=1e-12)
    expected = table["reported_resolution"] - table["real_resolution"]
    assert table["reporting_gap"].tolist() == pytest.approx(expected.tolist(), abs=1e-15)


def test_repeats_are_tickets_after_a_problems_first(run, log):
    early = log[log["filed_month"].isin(MONTHS[:3])].drop_duplicates(["problem", "attempt"])
    for name, chosen in (
        ("problems", early["attempt"] == 1),
        ("repeats", (early["attempt"] > 1) & (early["casework"] == 0)),
    ):
        closed = early[chosen].groupby("filed_month").size()
        found = of(run, name, MONTHS[:3])
        assert (closed <= found).all()
        assert (closed >= 0.97 * found).all()  # the rest was still open when the run ended
    table = run.monthly()
    unmerged = table["duplicates"] * (1.0 - table["merged_share"])
    assert table["tickets"].tolist() == pytest.approx((table["problems"] + table["repeats"] + unmerged).tolist())
    assert table["repeat_share"].tolist() == pytest.approx((table["repeats"] / table["tickets"]).tolist())


def test_what_follows_a_call_back_is_what_the_problem_does_next(run):
    log = run.tickets()
    early = log[log["closed"] < 40]
    later = set(zip(log["problem"], log["attempt"], strict=True))
    next_one = np.array([(p, a + 1) in later for p, a in zip(early["problem"], early["attempt"], strict=True)])
    ends = early["follows"].isin((RESTS, GIVES_UP)).to_numpy()
    assert not next_one[ends].any()
    assert next_one[~ends].mean() > 0.99  # the rest was still open when the run ended
    assert not early.loc[early["follows"] == GIVES_UP, "resolved"].any()
    assert early.loc[early["follows"] == RELAPSES, "resolved"].all()
    assert set(early["follows"]) == {RESTS, GIVES_UP, FILES_AGAIN, CASE, RELAPSES}
    gave_up = log[(log["follows"] == GIVES_UP) & (log["closed"] < 30)]  # called back in January
    assert len(gave_up) == of(run, "gave_up", MONTHS[0])
    first = log[log["attempt"] == 1]
    assert first["grievance"].mean() < log.loc[log["attempt"] == 3, "grievance"].mean()


@pytest.mark.parametrize("requests", [0.0, 1.0])
def test_hours_asked_for_are_the_standard_minutes_of_the_tickets_filed(requests):
    """Where nothing waits for a review and minutes do not fall with skill, every ticket enters the day it is filed."""
    rules = Rules(
        dispatch=Dispatch(by_district=0.0),
        joint_review=JointReview(allowed=False),
        dispute=Dispute(allowed=False),
        casework=Casework(district_hours=5000.0, city_hours=5000.0),
    )
    parameters = Parameters(minutes_by_skill=0.0, casework_request=requests, casework_minutes=3.0)
    model = TournamentModel("small", rules, parameters, seed=5, scale=0.1, start="2021-01-01", log_tickets=True)
    record = model.run(3)
    model.close()
    log, table = record.tickets(), record.monthly()
    january = log[log["filed"] < 31]  # all are closed by the end of March
    fresh = january[january["attempt"] == 1]
    assert 0 < len(fresh) < len(january)
    asked = january["minutes"] * np.where(january["casework"] > 0, 3, 1)
    assert (january["casework"] > 0).any() == (requests > 0.0)
    assert table["work_hours"].iloc[0] == pytest.approx(asked.sum() / 60.0, rel=1e-12)
    assert table["fresh_hours"].iloc[0] == pytest.approx(fresh["minutes"].sum() / 60.0, rel=1e-12)


def test_days_to_closing(run, log):
    for name, share in (("resolution_days_p50", 0.5), ("resolution_days_p90", 0.9)):
        days = (log["closed"] - log["filed"]).groupby(log["closed_month"])
        expected = days.apply(_within(share))
        assert of(run, name, FIRST).tolist() == expected[FIRST].tolist()


def _within(share):
    return lambda days: float(np.sort(days)[int(np.ceil(share * len(days))) - 1])


def test_late_is_closed_after_the_deadline(run, log):
    expected = (log["closed"] > log["due"]).groupby(log["closed_month"]).mean()[FIRST]
    assert of(run, "overdue_share", FIRST).tolist() == pytest.approx(expected.tolist(), abs=1e-12)


def test_exclusions(run, log):
    reached = log[log["reached"]].groupby("called_month")
    assert of(run, "excluded_share").tolist() == pytest.approx(reached["excluded"].mean()[MONTHS].tolist(), abs=2e-3)
    right = of(run, "excluded_rightly").dropna()
    assert ((right >= 0) & (right <= 1)).all()
    assert log["excluded"].sum() > 50


def test_hours_add_up_and_cost_is_hours_over_resolutions(run):
    hours = run.hours().pivot_table(index="month", columns="use", values="hours")
    uses = ["contact", "handling", "documentation", "dispute", "whistles", "duplicates", "refusals", "patrol"]
    uses += ["themes", "prevention", "idle", "low_morale", "meetings", "talks"]
    sums = run.sums()
    paid = pd.Series(sums.paid(), index=MONTHS)
    assert (hours[uses].sum(axis=1).loc[MONTHS] / paid - 1.0).abs().max() < 0.02  # what is carried over the month's end
    resolved, table = sums.count("resolved"), run.monthly()
    beside = [
        "joint_review_hours",
        "duty_hours",
        "label_hours",
        "exclusion_review_hours",
        "key_hours",
        "settling_hours",
    ]
    whole = paid + table.set_index("month")[[*beside, "casework_hours"]].sum(axis=1) + sums.count("centre_minutes") / 60
    assert (whole > paid).all()
    assert of(run, "staff_hours").tolist() == pytest.approx(whole.tolist())
    assert of(run, "cost_per_resolved").tolist() == pytest.approx((whole.to_numpy() / resolved).tolist())
    shares = table[["handling_share", "documentation_share", "prevention_share"]].sum(axis=1)
    assert shares.tolist() == pytest.approx([1.0] * 5, abs=1e-9)


def test_staff_hours_differ_by_what_streets_work_departments_work_and_others_beside():
    """Streets' hours: up to the resting effort, of seconded staff above it, withdrawn from other duties, overtime."""
    rest, totals = 0.9, []  # streets come above normal time within four months
    parameters = Parameters(step=1.0, effort_rest=rest)
    for reforms in ((), (TournamentStrength(strength=6.0), Escalation())):
        model = TournamentModel("small", parameters=parameters, reforms=reforms, seed=5, scale=0.1)
        record = model.run(4)
        model.close()
        n, columns, table = len(record.city.streets), record.columns, record.monthly()
        normal, effort = np.array(columns["normal_hours"]), np.array(columns["effort"])
        added = normal - np.array(columns["own_hours"])
        parts = {
            "rest": (normal * np.minimum(effort, rest))[:, :n].sum(),
            "added": (added * (np.minimum(effort, 1.0) - np.minimum(effort, rest)))[:, :n].sum(),
            "withdrawn": table["withdrawn"].sum(),
            "overtime": table["overtime"].sum(),
            "departments": (normal * effort)[:, n:].sum(),
            **{use: np.sum(columns[minutes], dtype=np.int64) / 60.0 for use, minutes in BESIDE.items()},
        }
        totals.append((table["staff_hours"].sum(), pd.Series(parts)))
    (base, base_parts), (here, here_parts) = totals
    more = here_parts - base_parts
    assert more[["withdrawn", "overtime", "departments", "caseworkers"]].abs().min() > 1.0
    assert here - base == pytest.approx(more.sum(), rel=1e-9)


def test_problems_solved_so_far_leave_no_month_out(run, log):
    problems = log.groupby("problem")
    solved = problems["first_day_month"].first()[problems["resolved"].any()].value_counts()
    assert of(run, "solved").tolist() == solved[MONTHS].tolist()


def test_streets_carry_the_counts_behind_their_shares(run):
    streets = run.streets()
    for share, over, under in (
        ("real_resolution", "resolved", "closed"),
        ("reported_resolution", "said_resolved", "counted"),
    ):
        known = streets[streets[under] > 0]
        assert (known[over] / known[under]).tolist() == pytest.approx(known[share].tolist(), abs=1e-15)


def test_by_street_and_for_the_city_are_the_same_tickets(run, log):
    streets = run.streets()
    at_streets = log[log["unit"] < 12].groupby("closed_month")["resolved"].mean()
    each = streets.assign(code=streets["street"]).groupby("month")["real_resolution"].mean()
    assert (each[FIRST] - at_streets[FIRST]).abs().max() < 0.05
    tickets = log[(log["unit"] < 12) & (log["closed_month"] == MONTHS[1])].groupby("unit")["resolved"].mean()
    here = streets[streets["month"] == MONTHS[1]]["real_resolution"]
    assert here.tolist() == pytest.approx(tickets.tolist(), abs=1e-12)


def test_counts_by_home_are_of_the_tickets_of_a_streets_residents(run, log):
    homes = log.groupby(["closed_month", "home"]).size()
    for month in MONTHS[:3]:
        counted = run.columns["closed_by_home"][MONTHS.index(month)][:12]
        assert counted.tolist() == homes[month].reindex(range(12), fill_value=0).tolist()
    for month in range(5):
        assert run.columns["closed_by_home"][month].sum() == run.columns["closed"][month].sum()
        assert run.columns["disputes_won_by_home"][month].sum() == run.columns["disputes_won"][month].sum()


def test_cohorts_wait_for_their_180_days():
    nothing_goes_up = Parameters(casework_request=0.0)  # a case is a further attempt, but nobody files it
    model = TournamentModel(
        "small", parameters=nothing_goes_up, seed=5, scale=0.05, start="2021-01-01", log_tickets=True
    )
    record = model.run(9)
    log = record.tickets()
    model.close()
    table = record.monthly()
    assert table["problems_resolved"].notna().tolist() == [True] * 3 + [False] * 6
    problems = log[log["first_day"] < 31].groupby("problem")
    done = problems.apply(lambda rows: bool((rows["resolved"] & (rows["closed"] < rows["first_day"] + 180)).any()))
    assert table["problems_resolved"].iloc[0] == pytest.approx(done.mean(), abs=0.003)
    january = log[log["closed"] < 31]
    again = january.apply(
        lambda row: ((log["problem"] == row["problem"]) & (log["attempt"] == row["attempt"] + 1)).any(), axis=1
    )
    closed = (january["copies"] + 1).sum()
    assert table["branching_ratio"].iloc[0] == pytest.approx(again.sum() / closed, abs=0.003)
