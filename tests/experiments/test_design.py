"""Designs: points, their ranges, what is refused, and the runs they ask for."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from experiments.arms import config_digest, plan
from experiments.compose import checked, settings_of
from experiments.design import METHODS, points
from experiments.design_run import design_plan, run_design
from experiments.errors import BadInput
from experiments.factors import factor, known, settings_at, spelled_out
from sim.declare import declarations
from sim.parameters import Parameters
from sim.rules import League

SMALL = ["city=small", "months=1", "seeds=2", "scale=0.05"]
OVER = (
    "design.over=[parameters.demand:0.8:1.2,rules.dispute.review_days,rules.exclusion.allowed,rules.tournament.league]"
)


@pytest.fixture(scope="module")
def settings():
    return settings_of(["experiment=tournament", *SMALL, "design=latin_hypercube", OVER, "design.points=8"])


def test_a_latin_hypercube_has_one_point_in_every_nth_of_each_range(settings):
    found = points(settings)
    assert [one.number for one in found] == list(range(8))
    strata = sorted(int((one.values["parameters.demand"] - 0.8) / 0.05) for one in found)
    assert strata == list(range(8))
    assert all(1 <= one.values["rules.dispute.review_days"] <= 30 for one in found)
    assert sum(one.values["rules.exclusion.allowed"] for one in found) == 4
    assert {one.values["rules.tournament.league"] for one in found} == set(League)
    assert points(settings) == found
    other = dataclasses.replace(settings, design=settings.design | {"seed": 1})
    assert points(other) != found


def test_sizes_of_designs():
    assert METHODS["latin_hypercube"](7, 3, 0).shape == (7, 3)
    assert METHODS["sobol"](8, 3, 0).shape == (8, 3)
    assert METHODS["saltelli"](8, 3, 0).shape == (8 * (3 + 2), 3)
    morris = METHODS["morris"](5, 3, 0)
    assert morris.shape == (5 * (3 + 1), 3)
    steps = np.diff(morris.reshape(5, 4, 3), axis=1)
    assert ((np.abs(steps) > 1e-9).sum(axis=2) == 1).all()  # one thing at a time
    for method in METHODS.values():
        cube = method(8, 2, 3)
        assert ((cube >= 0.0) & (cube <= 1.0)).all()
        assert np.array_equal(cube, method(8, 2, 3))


def test_more_points_of_a_sobol_sequence_keep_the_first(settings):
    small = dataclasses.replace(settings, design=settings.design | {"method": "sobol"})
    large = dataclasses.replace(settings, design=small.design | {"points": 16})
    assert points(large)[:8] == points(small)
    assert set(design_plan(small).jobs) < set(design_plan(large).jobs)


def test_ends_of_a_range_are_reached_and_whole_numbers_get_equal_shares(settings):
    days = factor("rules.dispute.review_days:2:4", settings)
    assert [days.at(u) for u in (0.0, 0.3, 0.34, 0.66, 0.67, 1.0)] == [2, 2, 3, 3, 4, 4]
    demand = factor("parameters.demand", settings)
    assert (demand.at(0.0), demand.at(1.0)) == (demand.said.low, demand.said.high)


def test_a_pattern_stands_for_all_numbers_it_fits(settings):
    names = [f"parameters.{name}" for name, one in declarations(Parameters).items() if one.low is not None]
    assert spelled_out(["parameters.*"], settings) == names
    over = ["parameters.*:25%", "-parameters.surge*", "parameters.demand:0.8:1.2", "rules.exclusion.allowed"]
    found = spelled_out(over, settings)
    assert len(found) == len(names) - 3 + 1
    assert "parameters.reach:25%" in found
    assert [one for one in found if "demand" in one] == ["parameters.demand:0.8:1.2"]
    reach = factor("parameters.reach:25%", settings)  # 0.8, from 0 to 1
    assert (reach.low, reach.high) == (pytest.approx(0.6), pytest.approx(0.85))
    whole = factor("parameters.reach:100%", settings)
    assert (whole.low, whole.high) == (whole.said.low, whole.said.high)


def test_only_what_a_point_names_is_changed(settings):
    values = {"parameters.demand": 1.1, "rules.tournament.league": League.ZONE}
    values |= {"reforms.tournament_double.strength": 3.0}
    there = settings_at(settings, values)
    assert there.parameters == dataclasses.replace(settings.parameters, demand=1.1)
    assert there.rules.tournament == dataclasses.replace(settings.rules.tournament, league=League.ZONE)
    assert there.rules.exclusion == settings.rules.exclusion
    assert there.reforms["tournament_double"].strength == 3.0
    assert there.reforms["tournament_off"] == settings.reforms["tournament_off"]


def test_a_grid_has_every_combination_of_the_levels_named(settings):
    over = ["parameters.demand:0.9:1", "rules.dispute.review_days:3:5", "rules.exclusion.allowed"]
    grid = dataclasses.replace(settings, design=settings.design | {"method": "grid", "over": over})
    found = points(grid)
    assert [one.number for one in found] == list(range(8))
    assert [tuple(one.values.values()) for one in found[:3]] == [(0.9, 3, False), (0.9, 3, True), (0.9, 5, False)]
    assert tuple(found[-1].values.values()) == (1.0, 5, True)


def test_switches_are_the_settings_as_they_are_and_without_one_mechanism_each(settings):
    over = ["documentation", "targets"]
    found = points(dataclasses.replace(settings, design=settings.design | {"method": "switches", "over": over}))
    assert [one.without for one in found] == ["", "documentation", "targets"]
    both = [*over, "parameters.demand:0.9:1.1"]
    places = points(dataclasses.replace(settings, design=settings.design | {"method": "switches", "over": both}))
    assert [one.number for one in places] == list(range(6))
    assert [one.without for one in places] == 2 * ["", "documentation", "targets"]
    assert [one.values["parameters.demand"] for one in places] == 3 * [0.9] + 3 * [1.1]
    assert places[1].values.items() >= found[1].values.items()
    assert settings_at(settings, found[0].values).rules == settings.rules
    off = settings_at(settings, found[1].values).rules
    assert not off.exclusion.allowed
    assert off.targets == settings.rules.targets
    assert settings_at(settings, found[2].values).rules.targets.worth == 0.0


def test_stages_of_a_study_have_arms_and_designs_of_their_own_and_share_their_runs():
    words = ["experiment=diminishing_returns", "city=small", "months=1", "seeds=2", "scale=0.05"]
    words += ["stages.without.design.over=[documentation]", "stages.without.arms=[beta_0,beta_1]"]
    settings = settings_of(words)
    found = design_plan(settings)
    assert [one.number for one in found.points] == [0, 1, 2]
    assert [(one.stage, one.without) for one in found.points] == [
        ("curve", ""),
        ("without", ""),
        ("without", "documentation"),
    ]
    assert all(one.values.keys() == found.points[0].values.keys() for one in found.points)
    assert found.runs[0, "beta_1", 1] == found.runs[1, "beta_1", 1] != found.runs[2, "beta_1", 1]
    assert len(found.jobs) == (len(settings.arms) + 2) * 2


def test_what_can_be_varied_is_what_is_declared(settings):
    names = set(known(settings))
    assert {"rules.tournament.strength", "parameters.demand", "reforms.tournament_double.strength"} <= names


def test_a_point_at_the_defaults_is_the_run_that_is_in_the_store_already(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("parameters.demand, rules.tournament.league\n1.0,city\n1.1,zone\n")
    settings = settings_of([*SMALL, "design=csv", f"design.file={path}"])
    found = design_plan(settings)
    arms = plan(settings_of(SMALL))
    assert {found.runs[0, arm, seed] for arm, seed in arms.runs} == set(arms.jobs)
    assert not {found.runs[1, arm, seed] for arm, seed in arms.runs} & set(arms.jobs)
    before = config_digest(settings)
    path.write_text("parameters.demand\n1.2\n")
    assert config_digest(settings) != before


def test_switches_without_a_study_are_run_and_written(tmp_path):
    words = ["experiment=tournament", *SMALL, "design=switches", "design.over=[documentation,targets]"]
    said = []
    assert run_design(settings_of([*words, f"results_dir={tmp_path}", "figures=[]"]), said.append) == 0
    (folder,) = (path.parent for path in tmp_path.glob("*/*/points.parquet"))
    for name in ("points", "monthly", "effects"):
        table = pd.read_parquet(folder / f"{name}.parquet")
        assert list(dict.fromkeys(table["without"])) == ["", "documentation", "targets"]
        assert "stage" not in table
    listed = pd.read_csv(folder / "design.csv", keep_default_na=False)
    assert listed["without"].tolist() == ["", "documentation", "targets"]


DIMINISHING = "experiment=diminishing_returns"
BAD = [
    (["design=nonsense"], "latin_hypercube"),
    (["design=sobol"], "design.over"),
    (["design=sobol", "design.over=[parameters.demnd]"], "did you mean 'parameters.demand'"),
    (["design=sobol", "design.over=[parameters.demand,parameters.demand]"], "twice"),
    (["design=sobol", "design.over=[parameters.demand:1:1]"], "empty range"),
    (["design=sobol", "design.over=[parameters.demand:2:1]"], "empty range"),
    (["design=sobol", "design.over=[rules.dispute.review_days:2.2:2.8]"], "empty range"),
    (["design=sobol", "design.over=[parameters.demand:1:99]"], "outside"),
    (["design=sobol", "design.over=[parameters.demand:1]"], "name:low:high"),
    (["design=sobol", "design.over=[rules.exclusion.allowed:0:1]"], "takes no range"),
    (["design=sobol", "design.over=[parametres.*]"], "fits no number"),
    (["design=sobol", "design.over=[parameters.demand,-parameters.d*]"], "takes out everything"),
    (["design=sobol", "design.over=[parameters.demand:150%]"], "at most 100 %"),
    (["design=sobol", "design.over=[parameters.demand:a%]"], "name:25%"),
    (["design=sobol", "design.over=[parameters.demand]", "design.points=10"], "power of two"),
    (["design=saltelli", "design.over=[parameters.demand]", "design.points=12"], "power of two"),
    (["design=morris", "design.over=[parameters.demand]", "design.points=0"], "design.points"),
    (["design=latin_hypercube", "design.over=[parameters.demand]", "seeds=auto"], "seeds"),
    (["design=csv"], "design.file"),
    (["design=csv", "design.file=nowhere.csv"], "nowhere.csv"),
    (["design.method=sbol", "design.over=[parameters.demand]", "design.points=4"], "did you mean 'sobol'"),
    (["design=grid", "design.over=[parameters.demand]"], "name levels"),
    (["design=grid", "design.over=[parameters.demand:1:1]"], "a level twice"),
    (["design=grid", "design.over=[parameters.demand:1:a]"], "must be"),
    (["design=grid", "design.over=[parameters.demand:1:2,parameters.demand:3]"], "twice"),
    (["design=switches", "design.over=[moral]"], "did you mean 'morale'"),
    (["study=nonsense"], "unknown study"),
    (["study=diminishing_returns"], "needs stages"),
    (["stages.a.arms=[baseline]"], "belong to a study"),
    ([DIMINISHING, "stages.curve.arm=[beta_0]"], "stages.curve.arm: unknown key; did you mean 'arms'"),
    ([DIMINISHING, "stages.curve.arms=[beta0]"], "did you mean 'beta_0'"),
    ([DIMINISHING, "stages.curve.arms=[]"], "at least one arm"),
    ([DIMINISHING, "stages.curve.design.metod=grid"], "did you mean 'method'"),
    ([DIMINISHING, "stages.without.design.over=[moral]"], "stages.without.design.over: unknown mechanism"),
    ([DIMINISHING, "stages.curve.months=0"], "stages.curve.months"),
    (["part=3", "parts=3"], "part"),
    (["parts=0"], "parts"),
    (["parts=2", "seeds=auto"], "seeds: auto"),
    (["hydra/launcher=slurm"], "-m"),
]


@pytest.mark.parametrize(("words", "what"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_bad_designs_are_refused_in_one_line(words, what):
    with pytest.raises(BadInput) as caught:
        checked([*SMALL, *words])
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("parameters.demand\n", "no row"),
        ("parameters.demnd\n1\n", "parameters.demand"),
        ("parameters.demand\nmany\n", "line 2"),
        ("parameters.demand\n1\n77\n", "line 3"),
        ("parameters.demand,parameters.reach\n1\n", "line 2"),
        ("rules.exclusion.allowed\nperhaps\n", "true or false"),
    ],
)
def test_a_bad_table_of_points_is_refused_with_its_line(tmp_path, text, what):
    path = tmp_path / "points.csv"
    path.write_text(text)
    with pytest.raises(BadInput, match=what):
        checked([*SMALL, "design=csv", f"design.file={path}"])


def test_a_launcher_that_is_not_there_says_what_to_install(monkeypatch):
    from experiments import launchers

    monkeypatch.setattr(launchers.importlib.util, "find_spec", lambda name: None)
    for name, extra in (("slurm", "slurm"), ("ray", "ray"), ("ray_cluster", "ray")):
        with pytest.raises(BadInput, match=rf"pip install '\.\[{extra}\]'"):
            checked(["-m", *SMALL, f"hydra/launcher={name}"])
    monkeypatch.setattr(launchers.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(launchers.shutil, "which", lambda name: None)
    with pytest.raises(BadInput, match="no SLURM found"):
        checked(["-m", *SMALL, "hydra/launcher=slurm"])
