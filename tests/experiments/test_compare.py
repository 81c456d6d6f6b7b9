"""Comparison, cost, interaction and effects by month against numbers worked out by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from experiments.compare import COLUMNS, compare
from experiments.cost import costs, in_percent
from experiments.effects import by_month
from experiments.pairs import interactions
from experiments.paper.words import WORDS
from experiments.sheet_words import SHEET_WORDS
from sim.outcomes import OUTCOMES, Outcome

T2 = 0.95 / math.sqrt(2.0 * 0.975 * 0.025)  # the 97.5 % quantile of Student's t with 2 degrees of freedom
T1 = math.tan(0.475 * math.pi)  # with 1 degree of freedom


def table(values, **columns):
    """Make monthly outcomes from {arm: [[value a month] a seed]}; columns multiply the values."""
    rows = []
    for arm, seeds in values.items():
        for seed, months in enumerate(seeds):
            for month, value in enumerate(months):
                row = {"arm": arm, "seed": seed, "month": f"2019-{month + 1:02d}"}
                rows.append(row | {name: value * factor for name, factor in columns.items()})
    return pd.DataFrame(rows)


def test_a_comparison_by_hand():
    monthly = table({"today": [[1.0, 3.0], [2.0, 4.0]], "new": [[2.0, 4.0], [5.0, 7.0]]}, repeat_share=0.1)
    found = compare(monthly, "today")
    assert list(found.columns) == COLUMNS
    assert COLUMNS[:9] == (
        ["arm", "outcome", "baseline", "mean", "difference", "ci_low", "ci_high", "share_better", "n"]
    )
    (row,) = found.to_dict("records")
    # seeds' means are 0.2 and 0.3 today, 0.3 and 0.6 then: differences 0.1 and 0.3
    assert row["baseline"] == pytest.approx(0.25)
    assert row["mean"] == pytest.approx(0.45)
    assert row["difference"] == pytest.approx(0.2)
    assert row["ci_high"] == pytest.approx(0.2 + T1 * 0.1)
    assert row["share_better"] == 0.0  # fewer repeats are better
    assert (row["n"], row["interval"]) == (2, "t")
    assert row["d"] == pytest.approx(0.2 / (0.1 / math.sqrt(2.0)))


def test_a_difference_that_is_only_rounding_is_not_better():
    monthly = table({"today": [[0.1, 0.2, 0.3], [0.1] * 3], "new": [[0.3, 0.2, 0.1], [0.2] * 3]}, trust=1.0)
    (row,) = compare(monthly, "today").to_dict("records")
    assert math.fsum((0.1, 0.2, 0.3)) == math.fsum((0.3, 0.2, 0.1)) and 0.1 + 0.2 + 0.3 > 0.3 + 0.2 + 0.1
    assert row["share_better"] == 0.5
    (back,) = compare(monthly.iloc[::-1], "new").to_dict("records")
    assert back["share_better"] == 0.0


def test_runs_are_compared_over_the_months_that_both_have():
    monthly = table({"today": [[0.2, 0.2, 0.8], [0.4, 0.4, 0.4]], "new": [[0.3, 0.3], [0.6, 0.6]]}, trust=1.0)
    (row,) = compare(monthly, "today").to_dict("records")
    assert row["baseline"] == pytest.approx(0.3)
    assert row["difference"] == pytest.approx(0.15)


def test_a_seed_whose_run_failed_is_left_out_and_one_seed_has_no_interval():
    monthly = table({"today": [[0.2], [0.4]], "new": [[0.3]]}, trust=1.0)
    (row,) = compare(monthly, "today").to_dict("records")
    assert (row["n"], row["interval"]) == (1, "none")
    assert row["difference"] == pytest.approx(0.1)
    assert math.isnan(row["ci_low"]) and math.isnan(row["d"])


def test_from_twenty_seeds_on_the_interval_is_a_bootstrap_and_says_so():
    today = [[0.1 + 0.001 * seed] for seed in range(20)]
    new = [[0.1 + 0.001 * seed + 0.0001 * seed * seed] for seed in range(20)]
    (row,) = compare(table({"today": today, "new": new}, trust=1.0), "today").to_dict("records")
    assert (row["n"], row["interval"]) == (20, "bootstrap")
    assert row["ci_low"] < row["difference"] < row["ci_high"]


def test_no_spread_in_the_baseline_gives_no_standardised_effect():
    (row,) = compare(table({"today": [[0.1], [0.1]], "new": [[0.2], [0.3]]}, trust=1.0), "today").to_dict("records")
    assert math.isnan(row["d"])


def hours_and_problems(hours, problems):
    """Make two arms of three seeds and two months whose totals differ by these hours and problems."""
    rows = []
    for arm, sign in (("today", 0.0), ("new", 1.0)):
        for seed in range(3):
            for month in ("2019-01", "2019-02"):
                spent, solved = 100.0 + sign * hours[seed] / 2.0, 50.0 + sign * problems[seed] / 2.0
                row = {
                    "arm": arm,
                    "seed": seed,
                    "month": month,
                    "staff_hours": spent,
                    "problems": 90.0,
                    "solved": solved,
                }
                rows.append(row)
    return pd.DataFrame(rows)


def test_the_cost_of_one_unresolved_problem_fewer_by_hand():
    (row,) = costs(hours_and_problems([30.0, 40.0, 50.0], [10.0, 10.0, 10.0]), "today").to_dict("records")
    assert row["spent"] == pytest.approx(40.0)
    assert row["gained"] == pytest.approx(10.0)
    assert row["cost"] == pytest.approx(4.0)
    # the denominator is certain, so the interval is that of the hours divided by 10
    assert row["ci_low"] == pytest.approx((40.0 - T2 * 10.0 / math.sqrt(3.0)) / 10.0)
    assert (row["says"], row["interval"], row["n"]) == ("buys", "Fieller", 3)


def test_problems_that_never_arise_are_no_loss():
    monthly = hours_and_problems([30.0, 40.0, 50.0], [-10.0, -10.0, -10.0])
    monthly.loc[monthly["arm"] == "new", "problems"] -= 7.0  # 14 fewer in two months, of which 10 would be resolved
    (row,) = costs(monthly, "today").to_dict("records")
    assert row["gained"] == pytest.approx(4.0)
    assert row["cost"] == pytest.approx(10.0)


def test_costs_in_percent_of_what_the_baseline_spends_and_leaves():
    monthly = hours_and_problems([30.0, 40.0, 50.0], [8.0, 10.0, 12.0])
    cost = costs(monthly, "today")
    row = in_percent(cost, monthly, "today").loc["new"]
    # in two months the baseline spends 200 hours and leaves 180 − 100 problems
    assert row["spent"] == pytest.approx(100.0 * 40.0 / 200.0)
    assert row["gained"] == pytest.approx(100.0 * 10.0 / 80.0)
    assert row["gained_low"] == pytest.approx(100.0 * (10.0 - T2 * 2.0 / math.sqrt(3.0)) / 80.0)


def test_a_run_that_stopped_early_has_no_cost_as_its_problems_had_less_time_to_be_resolved():
    monthly = hours_and_problems([30.0, 40.0, 50.0], [8.0, 10.0, 12.0])
    early = (monthly["arm"] == "new") & (monthly["month"] == "2019-02")
    one = monthly[~(early & (monthly["seed"] == 2))]
    (row,) = costs(one, "today").to_dict("records")
    assert (row["n"], row["gained"]) == (2, pytest.approx(9.0))
    assert in_percent(costs(one, "today"), one, "today").loc["new", "gained"] == pytest.approx(100.0 * 9.0 / 80.0)
    (row,) = costs(monthly[~early], "today").to_dict("records")
    assert (row["n"], row["says"]) == (0, "not defined")
    assert math.isnan(row["gained"]) and math.isnan(row["cost"])
    assert in_percent(costs(monthly[~early], "today"), monthly[~early], "today").loc["new"].isna().all()


@pytest.mark.parametrize(
    ("hours", "problems", "says"),
    [
        ([-30.0, -40.0, -50.0], [10.0, 11.0, 12.0], "better and cheaper"),
        ([30.0, 40.0, 50.0], [-10.0, -11.0, -12.0], "worse and dearer"),
        ([-30.0, -40.0, -50.0], [-10.0, -11.0, -12.0], "saves"),
        ([30.0, 40.0, 50.0], [-10.0, 1.0, 12.0], "not defined"),
        ([-3.0, 1.0, 1.0], [10.0, 11.0, 12.0], "better, cost unsure"),  # on average cheaper, but not for sure
        ([3.0, -1.0, -1.0], [-10.0, -11.0, -12.0], "worse, cost unsure"),
    ],
)
def test_a_cost_says_how_to_read_it(hours, problems, says):
    (row,) = costs(hours_and_problems(hours, problems), "today").to_dict("records")
    assert all(says in words for words in (*SHEET_WORDS.values(), *WORDS.values()))
    assert row["says"] == says
    assert math.isnan(row["cost"]) == (says == "not defined")


def test_money_is_a_second_currency_where_a_run_books_it(monkeypatch):
    monkeypatch.setitem(OUTCOMES, "money", Outcome("money", "yuan", -1, "money", "资金", lambda s: s.paid()))
    monthly = hours_and_problems([30.0, 40.0, 50.0], [10.0, 10.0, 10.0])
    monthly["money"] = 0.0
    assert costs(monthly, "today")["currency"].tolist() == ["staff_hours"]  # none is spent
    monthly["money"] = 200.0 * monthly["staff_hours"]
    found = costs(monthly, "today").set_index("currency")
    assert found.loc["money", "cost"] == pytest.approx(200.0 * found.loc["staff_hours", "cost"])


def test_an_interaction_by_hand():
    arms = {"today": [0.5, 0.6, 0.7], "a": [0.6, 0.7, 0.8], "b": [0.7, 0.8, 0.9], "a+b": [0.75, 0.84, 0.93]}
    monthly = table({arm: [[value] for value in values] for arm, values in arms.items()}, trust=1.0, gini=1.0)
    found = interactions(monthly, "today", ["a", "b"]).set_index("outcome")
    row = found.loc["trust"]
    assert (row["effect_first"], row["effect_second"]) == pytest.approx((0.1, 0.2))
    assert row["effect_both"] == pytest.approx(0.24)
    # seed by seed −0.05, −0.06, −0.07: less than the sum, for trust a loss, for inequality a gain
    assert row["interaction"] == pytest.approx(-0.06)
    assert row["ci_low"] == pytest.approx(-0.06 - T2 * 0.01 / math.sqrt(3.0))
    assert row["says"] == "less"
    assert found.loc["gini", "says"] == "more"


def test_an_interaction_that_may_be_nothing_is_not_told_apart():
    arms = {"today": [0.5, 0.6], "a": [0.6, 0.7], "b": [0.7, 0.8], "a+b": [0.79, 0.92]}
    monthly = table({arm: [[value] for value in values] for arm, values in arms.items()}, trust=1.0)
    (row,) = interactions(monthly, "today", ["a", "b"]).to_dict("records")
    assert row["says"] == "not told apart"
    assert interactions(monthly[monthly["arm"] != "a+b"], "today", ["a", "b"]).empty


def test_effects_by_month_are_paired_month_by_month():
    monthly = table({"today": [[0.1, 0.2], [0.3, 0.4]], "new": [[0.2, 0.5], [0.4, 0.7]]}, real_resolution=1.0)
    found = by_month(monthly, "today")
    assert found["month"].tolist() == ["2019-01", "2019-02"]
    assert found["difference"].tolist() == pytest.approx([0.1, 0.3])
    assert found["ci_high"].tolist() == pytest.approx([0.1, 0.3])
