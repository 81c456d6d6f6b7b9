"""Who was changed between two runs of one seed: the very problems with whole logs, an estimate from the panel else."""

from __future__ import annotations

import pytest

from sim import TournamentModel
from sim.reforms.escalation import Escalation
from sim.ticket_log import PANEL

EARLY = Escalation(after=1, start="2019-02-01")


def run(*reforms, log=True, seed=4, scale=0.1, months=3):
    model = TournamentModel("small", reforms=reforms, seed=seed, scale=scale, log_tickets=log)
    record = model.run(months)
    model.close()
    return record


@pytest.fixture(scope="module")
def whole():
    return run(), run(EARLY)


@pytest.fixture(scope="module")
def panel():
    return run(log=False), run(EARLY, log=False)


def fates(record):
    """Return each problem's fate by plain loops: attempts, resolved, last unit and day, answers, exclusions."""
    out = {}
    for row in sorted(record.tickets().to_dict("records"), key=lambda row: (row["problem"], row["attempt"])):
        one = out.setdefault(row["problem"], [0, False, None, None, 0, 0])
        one[0], one[2], one[3] = row["attempt"], row["unit"], row["closed"]
        one[1] |= row["resolved"]
        one[4] += row["said_satisfied"]
        one[5] += row["excluded"]
    return out


def differing(here, there):
    a, b = fates(here), fates(there)
    return {key for key in a.keys() | b.keys() if a.get(key) != b.get(key)}


def test_whole_logs_give_the_very_problems_and_streets(whole):
    found = whole[0].changed(whole[1])
    assert found.exact
    assert set(found.problems["problem"]) == differing(*whole)
    assert found.n_problems == len(found.problems) > 10
    assert f"{found.n_problems} problems (exactly)" in str(found)
    later = ["solved", "problems_resolved", "branching_ratio"]
    a, b = (record.streets().set_index(["street", "month"]).drop(columns=later, errors="ignore") for record in whole)
    months = {}
    for place in a.index:
        if not a.loc[place].equals(b.loc[place]):
            months[place[0]] = months.get(place[0], 0) + 1
    assert found.streets.set_index("street")["months"].to_dict() == months


def test_the_panel_gives_its_problems_and_says_that_it_estimates(whole, panel):
    found = panel[0].changed(panel[1])
    assert not found.exact
    assert set(found.problems["problem"]) == {key for key in differing(*whole) if key & PANEL == 0}
    assert found.n_problems == (PANEL + 1) * len(found.problems)
    assert "about, estimated from the panel of 1 problem in 64" in str(found)
    for here, there in ((whole[0], panel[1]), (panel[0], whole[1])):  # a whole log beside a panel is a panel
        mixed = here.changed(there)
        assert not mixed.exact
        assert set(mixed.problems["problem"]) == set(found.problems["problem"])


def test_nothing_differs_between_a_run_and_itself_and_other_luck_is_refused(whole):
    same = whole[0].changed(whole[0])
    assert (same.n_problems, len(same.streets)) == (0, 0)
    with pytest.raises(ValueError, match="another seed"):
        whole[0].changed(run(seed=5))


def test_runs_of_other_scale_or_length_are_refused_instead_of_counting_what_only_one_of_them_has(panel):
    with pytest.raises(ValueError, match=r"another scale \(0.1 and 0.05\)"):
        panel[0].changed(run(log=False, scale=0.05))
    with pytest.raises(ValueError, match=r"another number of months \(3 and 2\)"):
        panel[0].changed(run(log=False, months=2))


def test_no_month_before_a_reform_counts_as_changed(whole):
    assert whole[0].changed(whole[1]).streets["months"].max() <= 2
