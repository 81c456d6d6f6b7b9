"""Diminishing returns: on tables with known answers, marginal gains, where they end, and the best strength."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.compose import settings_of
from experiments.errors import BadInput
from experiments.report import main as report
from experiments.run import main
from experiments.studies.diminishing_returns.curve import (
    LESS,
    MORE,
    UNSURE,
    best_of,
    curve_table,
    ends_of,
    marginal_table,
)
from experiments.studies.diminishing_returns.curve_words import Found, sentences
from experiments.studies.diminishing_returns.factors import (
    FACTORS,
    WHY_GROUPS,
    factors_of,
    resolution,
    spans_of,
    split,
    split_table,
)
from experiments.studies.diminishing_returns.groups import groups_table, members
from experiments.studies.diminishing_returns.hours import hours_table, left_table
from experiments.studies.diminishing_returns.ledger import KINDS, PAID, by_kind, summed, with_years
from experiments.studies.diminishing_returns.years import fade_table, gains, maxima_table, shown_strength, years_table
from sim.city import City

LUCK = np.array([-0.02, 0.0, 0.02, 0.01])  # of four seeds, the same at every strength


def levels(values, jitter=0.0005):
    """Return levels of four seeds over strengths: given means, common luck, and a little luck of each run's own."""
    rows = [
        {"strength": b, "seed": seed, "real": value + LUCK[seed] + jitter * (-1) ** (seed + int(b))}
        for b, value in values.items()
        for seed in range(4)
    ]
    return pd.DataFrame(rows)


NAMES = ("real", "reported", "gap", "streets", "departments")
RISES_AND_FALLS = {0.0: 0.5, 1.0: 0.6, 2.0: 0.7, 4.0: 0.6}


def test_marginal_gains_are_per_unit_and_paired_so_that_common_luck_cancels():
    steps = marginal_table(levels(RISES_AND_FALLS, jitter=0.0), ("real",))
    assert np.allclose(steps["mean"], [0.1, 0.1, -0.05])
    assert np.allclose(steps["gain"], [0.1, 0.1, -0.1])
    assert np.allclose(steps["high"] - steps["low"], 0.0)
    assert list(steps["says"]) == [MORE, MORE, LESS]


def test_gains_end_where_no_later_step_gains_and_fall_where_one_surely_loses():
    ends = ends_of(marginal_table(levels(RISES_AND_FALLS), ("real",)))
    assert (ends.fades, ends.falls) == (2.0, 2.0)
    flat = ends_of(marginal_table(levels({0.0: 0.5, 1.0: 0.6, 2.0: 0.6, 3.0: 0.6}), ("real",)))
    assert (flat.fades, flat.falls) == (1.0, None)
    rising = ends_of(marginal_table(levels({0.0: 0.5, 1.0: 0.6, 2.0: 0.7}), ("real",)))
    assert (rising.fades, rising.falls) == (None, None)


@pytest.mark.parametrize(
    ("values", "best", "alike", "verdict"),
    [
        (RISES_AND_FALLS, 2.0, [], LESS),
        ({0.0: 0.5, 1.0: 0.6, 2.0: 0.7}, 2.0, [], MORE),
        ({0.0: 0.5, 1.0: 0.6, 2.0: 0.6 + 1e-5}, None, None, UNSURE),
    ],
)
def test_the_best_strength_has_an_interval_and_a_verdict(values, best, alike, verdict):
    found = best_of(levels(values), "real")
    assert found.says == verdict
    assert found.low <= found.strength <= found.high
    if best is not None:
        assert (found.strength, found.low, found.high, found.alike) == (best, best, best, alike)
    else:
        assert (found.low, found.high) == (1.0, 2.0)
        assert found.alike == [3.0 - found.strength]


def test_no_maximum_is_said_only_if_every_lower_strength_is_surely_lower():
    table = levels({0.0: 0.5, 1.0: 0.6, 2.0: 0.7})
    wild = (table["strength"] == 0.0) * np.array([-0.3, 0.3, 0.25, -0.25])[table["seed"]]  # told apart from nothing
    assert best_of(table, "real").below == 1.0
    found = best_of(table.assign(real=table["real"] + wild), "real")
    assert (found.strength, found.alike, found.below, found.says) == (2.0, [0.0], 1.0, UNSURE)
    assert found.drop_low > 0.0


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("n", [1, 4])
def test_sentences_say_what_the_tables_say_with_one_seed_too(language, n):
    table = levels(RISES_AND_FALLS)
    table = table[table["seed"] < n].assign(reported=lambda t: t["real"] + 0.01, gap=0.01)
    table = table.assign(streets=table["real"], departments=table["real"])
    steps = marginal_table(table, NAMES)
    ends, best = ends_of(steps[steps["measure"] == "real"]), best_of(table, "real")
    found = Found(curve_table(table, NAMES), steps, ends, best, ends, best)
    said = " ".join(sentences(found, language))
    assert "β = 2" in said
    assert ("[" in said) == (n > 1)
    assert "nan" not in said
    if n > 1:
        assert {"en": "There is a maximum below β = 4", "zh": "最高点低于 β = 4"}[language] in said


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("~stages.curve", "needs a stage 'curve'"),
        ("stages.curve.arms=[beta_1]", "at least two strengths"),
        ("stages.without.arms=[beta_1,beta_5]", "lowest strength of stage 'curve', β = 0,"),
        ("~stages.without.design", "must be the design 'switches'"),
    ],
)
def test_a_study_without_the_runs_it_needs_is_refused_before_any_work(word, said):
    with pytest.raises(BadInput, match=said):
        settings_of(["experiment=diminishing_returns", "city=small", "+stages.curve={}", word])


def sums(seed=0, strength=0.0, **changed):
    """Return a row of sums over twelve months of a city that is easily reckoned with, some of it changed."""
    row = dict.fromkeys(PAID, 0.0) | {"handling": 600.0, "idle": 200.0, "low_morale": 100.0, "documentation": 50.0}
    row |= {"prevention": 30.0, "contact": 20.0, "officers": 10.0, "months": 12, "skill": 6.0, "problems": 80.0}
    row |= {"closed": 100.0, "resolved": 70.0, "n_reach": 89, "done_reach": 71, "withdrawn": 9.0, "overtime": 3.0}
    return row | {"strength": strength, "seed": seed} | changed


def test_factors_give_real_resolution_back_and_say_what_the_hours_say():
    of = factors_of(pd.DataFrame([sums(), sums(handling=500.0, resolved=65.0)]), theta=1.0)
    assert np.allclose(resolution(of.to_numpy()), [0.70, 0.65], rtol=1e-14)
    first = of.iloc[0]
    assert np.allclose(first[["effort", "idle", "morale", "documentation", "prevention", "other"]],
                       [100.0, 0.2, 0.1, 0.05, 0.03, 0.02])  # fmt: skip
    assert first["rounds"] == 1.25
    assert first["skill"] == 0.25  # (6 / 12) to the power 1 + 1
    assert first["reach"] == 0.7 / (71.5 / 90.0)


def test_a_split_adds_up_and_gives_each_factor_its_mean_over_all_orders():
    before = factors_of(pd.DataFrame([sums()]), theta=1.0).to_numpy()[0]
    rng = np.random.default_rng(1)
    after = before * rng.uniform(0.8, 1.2, len(FACTORS))
    parts = split(before, after)
    assert np.isclose(parts.sum(), resolution(after) - resolution(before), rtol=0.0, atol=1e-14)
    one = before.copy()
    one[FACTORS.index("reach")] *= 0.9  # alone: all of the difference is its own
    parts = split(before, one)
    assert np.isclose(parts[FACTORS.index("reach")], -0.07)
    assert np.allclose(np.delete(parts, FACTORS.index("reach")), 0.0, atol=1e-15)
    two = one.copy()
    two[FACTORS.index("effort")] *= 1.5  # two: the mean of coming first and coming second
    more = before.copy()
    more[FACTORS.index("effort")] *= 1.5
    r = {name: resolution(x) for name, x in (("0", before), ("r", one), ("e", more), ("re", two))}
    by_hand = 0.5 * (r["r"] - r["0"]) + 0.5 * (r["re"] - r["e"])
    assert np.isclose(split(before, two)[FACTORS.index("reach")], by_hand)
    assert sorted(name for group in WHY_GROUPS.values() for name in group) == sorted(FACTORS)


def test_split_table_has_neighbours_and_units_and_its_factors_add_up_to_the_whole():
    assert spans_of([0.0, 0.5, 1.0, 2.0, 5.0]) == [
        *[(0.0, 0.5), (0.5, 1.0), (1.0, 2.0), (2.0, 5.0)],
        *[(0.0, 1.0), (0.0, 5.0)],
    ]
    rows = [
        sums(seed, b, handling=600.0 + 100.0 * b + seed, resolved=70.0 + 5.0 * b) for b in (0.0, 1.0) for seed in (1, 2)
    ]
    table = pd.DataFrame(rows)
    of = factors_of(table, 1.0).assign(strength=table["strength"], seed=table["seed"])
    found = split_table(of, [(0.0, 1.0)]).set_index("factor")["mean"]
    assert np.isclose(found["whole"], 0.05)
    assert np.isclose(found.drop("whole").sum(), 0.05, atol=1e-14)


def test_hours_and_unresolved_tickets_add_up():
    kinds = {f"n_{kind}": 20 for kind in KINDS} | {f"done_{kind}": k for k, kind in enumerate(KINDS)}
    table = pd.DataFrame([sums(seed, **kinds) for seed in (1, 2)])
    hours = hours_table(table).set_index("use")
    assert np.isclose(hours.loc["handling", "mean"], 600.0 / 12)
    assert np.isclose(
        hours.loc[["handling", "prevention", "documentation", "other", "low_morale", "idle"], "share"].sum(), 1
    )
    left = left_table(table).set_index("kind")
    assert np.isclose(left["failed"].sum(), 0.9)  # 10 of 100 resolved
    assert np.isclose(left.loc["above", "resolved"], 1 / 20)
    assert np.isclose(left["of_failed"].sum(), 1.0)


def test_the_panel_is_counted_by_kind_and_month_of_closing():
    panel = pd.DataFrame(
        [  # level, unit, right, strategic, casework, copies, closed, resolved
            (0, 1, 1, False, 0, 0, 30, True),  # January 31st, within reach
            (2, 1, 1, False, 0, 0, 31, False),  # February: above the street's authority
            (2, 7, 7, False, 0, 1, 31, True),  # a department has authority; a copy with it
            (0, 1, 2, False, 0, 0, 31, False),
            (0, 1, 2, True, 0, 0, 31, False),
            (2, 1, 2, True, 1, 0, 31, True),
        ],
        columns=["level", "unit", "right", "strategic", "casework", "copies", "closed", "resolved"],
    )
    found = by_kind(panel, pd.Series(["2019-01", "2019-02"]), "2019-01-01", n_streets=5)
    assert found.loc[0, "n_reach"] == found.loc[0, "done_reach"] == 1
    assert found.loc[1, [f"n_{kind}" for kind in KINDS]].tolist() == [2, 1, 1, 1, 1]
    assert found.loc[1, [f"done_{kind}" for kind in KINDS]].tolist() == [2, 0, 0, 0, 1]


def by_months(gain, months=36):
    """Return a ledger of two seeds, with β = 1 better than β = 0 by `gain[without][year]`."""
    rows = [
        {"without": off, "strength": b, "seed": seed, "month": f"{2019 + m // 12}-{m % 12 + 1:02d}", "closed": 1000,
         "resolved": 600 + 10 * seed + b * (gains_of[m // 12] + seed * (m // 12 == 2)), "said": 0, "counted": 1}
        for off, gains_of in gain.items() for b in (0.0, 1.0) for seed in (1, 2) for m in range(months)
    ]  # fmt: skip
    return with_years(pd.DataFrame(rows), "2019-01-01")


def test_gains_by_year_fade_and_what_goes_without_a_mechanism():
    found = gains(by_months({"": [100, 80, 40], "morale": [100, 90, 80]}))
    years = years_table(found).set_index(["without", "year"])["mean"]
    assert np.allclose(years["", 1], 0.1)
    assert np.allclose(years["", 3], 0.0415)
    fade = fade_table(found).set_index("without")
    assert np.isclose(fade.loc["", "mean"], -0.0585)
    assert fade.loc["", "says"] == LESS
    assert np.isclose(fade.loc["morale", "explained"], 0.04)
    assert fade.loc["morale", "explained_says"] == MORE


def test_the_strength_that_is_told_is_one_of_the_curve():
    assert shown_strength([0.5, 3.0]) == 0.5
    assert shown_strength([0.5, 1.0]) == 1.0


def test_the_first_year_is_left_out_where_there_are_two_and_an_unfinished_last_one_by_year():
    months = pd.DataFrame({"month": [f"{2019 + (m + 3) // 12}-{(m + 3) % 12 + 1:02d}" for m in range(30)]})
    found = with_years(months, "2019-04-01")
    assert found["year"].tolist() == [1] * 12 + [2] * 12 + [0] * 6
    assert found["settled"].tolist() == [False] * 12 + [True] * 18
    short = with_years(months.iloc[:5], "2019-04-01")
    assert set(short["year"]) == {1}
    assert short["settled"].all()


def test_whether_there_is_a_maximum_is_said_for_each_mechanism():
    table = by_months({"": [100, -50, -50], "morale": [0, 50, 50]}).assign(
        street_closed=1, street_resolved=0, reached=1
    )
    found = maxima_table(table).set_index(["measure", "without"])
    assert (found.loc[("real", ""), "best"], found.loc[("real", ""), "says"]) == (0.0, LESS)
    assert (found.loc[("real", "morale"), "best"], found.loc[("real", "morale"), "says"]) == (1.0, MORE)


def test_streets_fall_into_zones_and_equal_quarters():
    city = City.load("small")
    codes = city.streets["code"]
    counts = pd.DataFrame({"street": codes, "strength": 0.0, "closed": np.arange(len(codes))[::-1]})
    found = members(city, counts)
    assert found.groupby(["kind", "of"]).size().loc[["population", "tickets"]].tolist() == [3] * 8
    assert set(found[(found["kind"] == "tickets") & (found["of"] == "4")]["street"]) == set(codes[:3])
    rows = [
        {"kind": kind, "of": of, "strength": b, "seed": seed, "real": 0.5 + b * int(len(of) + seed) / 100}
        for kind, of in found[["kind", "of"]].drop_duplicates().itertuples(index=False)
        for b in (0.0, 1.0) for seed in (1, 2)
    ]  # fmt: skip
    zones = list(dict.fromkeys(city.districts["zone"]))
    table = groups_table(pd.DataFrame(rows), zones)
    top = table[(table["kind"] == "zone") & (table["strength"] == 1.0)]
    assert top["of"].tolist() == [zone for zone in zones if zone in set(found["of"])]
    assert np.allclose(top["mean"], [(len(of) + 1.5) / 100 for of in top["of"]])
    assert np.allclose(top["beyond"], [(len(of) - len("core")) / 100 for of in top["of"]])


def test_sums_over_months_make_ratios_of_sums():
    months = pd.DataFrame({"without": "", "strength": 0.0, "seed": 1, "closed": [10, 30], "resolved": [10, 10],
                           "said": [4, 4], "counted": [8, 8], "reached": [10, 10], "street_closed": [5, 5],
                           "street_resolved": [5, 0]})  # fmt: skip
    row = summed(months, ["without", "strength", "seed"]).iloc[0]
    assert (row["real"], row["reported"], row["gap"], row["streets"]) == (0.5, 0.5, 0.0, 0.5)
    assert np.isclose(row["excluded_gap"], 0.1)
    assert row["departments"] == 0.5


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_study_from_end_to_end(tmp_path, capsys, language):
    words = [
        "experiment=diminishing_returns",
        "city=small",
        "months=2",
        "seeds=2",
        "scale=0.05",
        f"language={language}",
    ]
    words += ["stages.without.design.over=[morale,hard_core]", f"results_dir={tmp_path}", "stages.curve.seeds=2"]
    assert main(words) == 0
    (folder,) = (tmp_path / "diminishing_returns").iterdir()
    said = (folder / "answer.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out.startswith(said.split("\n")[0])
    assert "nan" not in said
    names = {"curve", "steps", "split", "hours", "left", "years", "why", "maxima", "groups", "ranks"}
    assert names <= {path.stem for path in folder.glob("*.csv")}
    split_rows = pd.read_csv(folder / "split.csv")
    for _, part in split_rows.groupby(["from", "to"]):
        parts = part.set_index("factor")["mean"]
        assert np.isclose(parts.drop("whole").sum(), parts["whole"], atol=1e-12)
    steps = pd.read_csv(folder / "steps.csv").query("measure == 'real'")
    curve = pd.read_csv(folder / "curve.csv").query("measure == 'real'")
    assert np.isclose(steps["gain"].sum(), curve["mean"].iloc[-1] - curve["mean"].iloc[0])
    figures = {path.stem for path in (folder / "figures").glob("*.png")}
    assert figures == {"curve", "where_hours_go", "over_years", "why", "by_group", "ranks"}
    assert report([str(tmp_path)]) == 0
    (text,) = tmp_path.glob("report*/report.md")
    assert text.read_text(encoding="utf-8").count(f"{folder.name}。" if language == "zh" else f"{folder.name}.") > 6
