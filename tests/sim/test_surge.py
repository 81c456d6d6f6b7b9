"""A surge: so many times the problems in its months, the same ones among them, and nothing before."""

from __future__ import annotations

import math

import pytest

from sim import Parameters, TournamentModel

MONTHS = ["2019-01", "2019-02", "2019-03", "2019-04", "2019-05"]
AHEAD = ("problems_resolved", "branching_ratio", "solved")  # of a month, but by what happens later


def run(scale=0.1, **parameters):
    """Return the record of five months."""
    model = TournamentModel("small", parameters=Parameters(**parameters), seed=6, scale=scale, log_tickets=True)
    record = model.run(5)
    model.close()
    return record


@pytest.fixture(scope="module")
def plain():
    return run()


@pytest.fixture(scope="module")
def surged():
    return run(surge=3.0, surge_from=3, surge_months=2)


def test_before_the_surge_nothing_differs(plain, surged):
    for name in ("monthly", "streets"):
        a, b = (getattr(record, name)().drop(columns=list(AHEAD)) for record in (plain, surged))
        early = a["month"] < "2019-03"
        assert early.any()
        assert a[early].equals(b[early])
    a, b = (record.tickets() for record in (plain, surged))
    assert a[a["closed"] < 58].reset_index(drop=True).equals(b[b["closed"] < 58].reset_index(drop=True))


def test_in_its_months_there_are_so_many_times_as_many_problems(plain, surged):
    a, b = (record.monthly().set_index("month") for record in (plain, surged))
    for month in MONTHS:
        found = b.loc[month, "problems"] + b.loc[month, "patrol_solved"]
        expected = (a.loc[month, "problems"] + a.loc[month, "patrol_solved"]) * (
            3.0 if month in ("2019-03", "2019-04") else 1.0
        )
        assert abs(found - expected) < 5.0 * math.sqrt(3.0 * expected)


def test_what_arises_without_it_arises_with_it(plain, surged):
    """But for what patrols find or residents let pass, which may depend on what came before."""
    problems = [set(record.tickets().query("59 <= first_day < 110")["problem"].tolist()) for record in (plain, surged)]
    lost = problems[0] - problems[1]
    assert len(problems[1]) > 2.5 * len(problems[0])
    assert len(lost) < 0.05 * len(problems[0])


@pytest.mark.parametrize("parameters", [{"surge": 6.0}, {"surge_from": 2}, {"surge_from": 2, "surge_months": 0}])
def test_it_is_off_at_month_0_at_one_and_at_no_months(plain, parameters):
    other = run(**{"surge": 6.0 if parameters.get("surge_months") == 0 else 1.0} | parameters)
    assert plain.monthly().equals(other.monthly())
    assert plain.tickets().equals(other.tickets())


def test_its_months_are_counted_from_the_runs_first():
    p = Parameters(surge=2.0, surge_from=13, surge_months=3)
    assert [p.surge_in(month) for month in range(11, 16)] == [1.0, 2.0, 2.0, 2.0, 1.0]
    assert Parameters(surge=2.0, surge_from=1, surge_months=1).surge_in(0) == 2.0
