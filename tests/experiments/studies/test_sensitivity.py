"""Sensitivity: known effects and indices come out of the study; luck is told from effects."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from experiments.compose import checked, settings_of
from experiments.design import METHODS
from experiments.design_run import design_plan
from experiments.errors import BadInput
from experiments.factors import Factor
from experiments.run import main
from experiments.studies.ran import Ran
from experiments.studies.responses import LEVEL, Response
from experiments.studies.sensitivity import check, find
from experiments.studies.sensitivity.figures import _limits
from experiments.studies.sensitivity.indices import indexed, luck_share
from experiments.studies.sensitivity.screening import screened
from sim.declare import declarations
from sim.parameters import Parameters

NAMES = ["demand", "reach", "relapse"]
OVER = "[parameters.demand:0.8:1.3,parameters.reach:25%,parameters.relapse:25%]"
WORDS = [
    *("experiment=sensitivity", "scale=0.1", "months=2", "seeds=2"),
    *("stages.screening.design.points=8", f"stages.screening.design.over={OVER}"),
    *("stages.indices.design.points=64", f"stages.indices.design.over={OVER}"),
    "outcomes=[real_resolution,repeat_share]",
]


def factors():
    said = declarations(Parameters)
    return [Factor(f"parameters.{name}", said[name], 0.0, 1.0) for name in NAMES]


def with_noise(y, size, seeds=2):
    return y[:, None] + size * np.random.default_rng(5).standard_normal((len(y), seeds))


def test_a_linear_function_has_its_slopes_as_effects_and_a_factor_that_only_stirs_luck_is_not_told_apart():
    x = METHODS["morris"](10, 3, 0)
    y = 3.0 * x[:, 0] - 1.0 * x[:, 1]
    table = screened(Response("real_resolution", LEVEL, with_noise(y, 0.0)), factors(), x).set_index("parameter")
    assert list(table["mu"]) == pytest.approx([3.0, -1.0, 0.0], abs=1e-12)
    assert list(table["mu_star"]) == pytest.approx([3.0, 1.0, 0.0], abs=1e-12)
    assert list(table["sigma"]) == pytest.approx([0.0] * 3, abs=1e-12)
    table = screened(Response("real_resolution", LEVEL, with_noise(y, 0.1)), factors(), x)
    assert list(table["told_apart"]) == [True, True, False]
    # an effect is the difference of two means of two seeds over 2/3: sd 0.15, of which the mean size is 0.8
    assert list(table["noise"]) == pytest.approx([0.15 * math.sqrt(2.0 / math.pi)] * 3, rel=0.5)
    alone = screened(Response("real_resolution", LEVEL, y[:, None]), factors(), x)
    assert alone["noise"].isna().all()
    assert not alone["told_apart"].any()


def test_a_trajectory_with_an_undefined_point_is_left_out_whole():
    x = METHODS["morris"](4, 3, 0)
    values = with_noise(3.0 * x[:, 0], 0.0)
    values[5, 1] = np.nan
    table = screened(Response("real_resolution", LEVEL, values), factors(), x)
    assert (table["trajectories"].iloc[0], table["left_out"].iloc[0]) == (3, 1)
    assert table["mu"].max() == pytest.approx(3.0)
    values[::4] = np.nan
    assert not len(screened(Response("real_resolution", LEVEL, values), factors(), x))


def test_indices_of_ishigami_s_function():
    x = METHODS["saltelli"](1024, 3, 0)
    a, b, c = (2.0 * math.pi * (x.T - 0.5)).tolist()
    y = np.sin(a) + 7.0 * np.sin(b) ** 2 + 0.1 * np.array(c) ** 4 * np.sin(a)
    table, variance = indexed(
        Response("real_resolution", LEVEL, with_noise(y, 0.0)),
        factors(),
    )
    table = table.set_index("parameter").loc[[f"parameters.{name}" for name in NAMES]]
    assert list(table["S1"]) == pytest.approx([0.3139, 0.4424, 0.0], abs=0.1)
    assert list(table["ST"]) == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.1)
    assert variance["interactions"].iloc[0] == pytest.approx(0.2437, abs=0.08)
    assert variance["luck"].iloc[0] == pytest.approx(0.0, abs=1e-12)


def test_the_share_of_luck_is_noise_over_variance_and_what_a_seed_does_to_all_points_is_none():
    y = np.random.default_rng(1).standard_normal(4000)
    shifted = with_noise(y, 1.0) + np.array([0.0, 50.0])
    assert luck_share(shifted) == pytest.approx(0.5 / 1.5, abs=0.03)  # half the variance of one seed's noise
    assert math.isnan(luck_share(y[:, None]))


@pytest.fixture(scope="module")
def ran():
    """Make the runs of a study whose outcomes are a known function of its points."""
    settings = settings_of(WORDS)
    plan = design_plan(settings)
    rows = []
    for point in plan.points:
        u = [(point.values["parameters.demand"] - 0.8) / 0.5, point.values["parameters.reach"]]
        for arm, gain in (("baseline", 0.0), ("escalation", 0.1 * u[1]), ("resource_tilting", 0.0)):
            for seed in settings.seeds:
                value = 0.5 + 0.3 * u[0] + gain
                for month in ("2019-01", "2019-02"):
                    keys = {"point": point.number, "stage": point.stage, "arm": arm, "seed": seed, "month": month}
                    rows.append(keys | {"real_resolution": value, "repeat_share": 0.1})
    monthly = pd.DataFrame(rows).drop(index=1)  # one run stopped after its first month
    return Ran(settings, plan.runs, monthly, pd.DataFrame(), pd.DataFrame())


def test_what_is_put_into_runs_is_said_of_levels_and_of_effects(ran):
    answer = find(ran)
    screening, indices = answer.tables["screening"], answer.tables["indices"]
    first = screening[screening["rank"] == 1].set_index(["arm", "outcome"])
    assert first.loc[(LEVEL, "real_resolution"), "parameter"] == "parameters.demand"
    assert first.loc[(LEVEL, "real_resolution"), "mu"] == pytest.approx(0.3)
    assert first.loc[("escalation", "real_resolution"), "parameter"] == "parameters.reach"
    reach = first.loc[("escalation", "real_resolution")]
    assert reach["mu"] == pytest.approx(0.1 * (reach["high"] - reach["low"]))
    shares = indices.set_index(["arm", "parameter"])
    assert shares.loc[(LEVEL, "parameters.demand"), "ST"] == pytest.approx(1.0, abs=0.1)
    assert shares.loc[("escalation", "parameters.reach"), "S1"] == pytest.approx(1.0, abs=0.1)
    assert set(indices["outcome"]) == {"real_resolution"}  # the other is the same everywhere
    text = "\n".join(answer.sentences)
    assert "Real resolution hangs most on actual demand over the base rate (↑ μ* 30.0" in text
    assert "over the worlds) hangs most on the resident is reached" in text
    assert (
        "tilting on real resolution (mean +0.000 over the worlds): none of 3 parameters is told apart from luck" in text
    )
    assert "1 of 192 runs ran away" in text
    assert (
        "The analysis of variance leaves out what is undefined or the same at too many points: repeats among tickets"
        in text
    )
    assert set(answer.figures) == set(answer.captions) == {"screening", "screening_effects", "indices"}
    for shown in (answer.captions["indices"], answer.sheets["indices"].caption):
        assert "in stage “indices” (" in shown
        assert shown.endswith(f"n = 2 seeds; uncalibrated; {ran.digest}.")


def test_no_index_lies_off_its_axis_and_an_interval_that_does_is_told_of():
    drawn = pd.DataFrame({"S1": [-0.9, 0.4], "S1_conf": [0.02, 0.1], "ST": [2.3, 0.5], "ST_conf": [0.05, 0.1]})
    low, high, cut = _limits(drawn)
    assert low < -0.9 and high > 2.3 and not cut
    assert _limits(drawn.assign(ST_conf=0.5)) == (low, high, True)
    assert _limits(drawn.clip(0.1, 0.4)) == (-0.12, 1.08, False)


BAD = [
    ("screening", {"method": "sobol"}, "stages.screening.design.method: sensitivity needs"),
    ("screening", {"points": 1}, "at least 2"),
    ("indices", {"points": 4}, "at least 8"),
    ("indices", {"over": ["parameters.demand"]}, "at least two"),
]


@pytest.mark.parametrize(("stage", "asked", "what"), BAD, ids=[what for _, _, what in BAD])
def test_a_design_that_cannot_answer_is_refused(ran, stage, asked, what):
    there = ran.settings.stages[stage]
    stages = ran.settings.stages | {stage: dataclasses.replace(there, design=there.design | asked)}
    with pytest.raises(BadInput, match=what):
        check(dataclasses.replace(ran.settings, stages=stages))


def test_the_check_and_the_outcomes_are_looked_at_before_any_work():
    with pytest.raises(BadInput, match="points: saltelli needs"):
        checked([*WORDS, "stages.indices.design.points=4"])
    with pytest.raises(BadInput, match="did you mean 'real_resolution'"):
        checked([*WORDS, "outcomes=[real_resolutio]"])


@pytest.mark.slow
def test_the_study_end_to_end_in_both_languages(tmp_path, capsys):
    words = [*WORDS, f"results_dir={tmp_path}", "months=1"]
    words += ["stages.screening.design.points=2", "stages.indices.design.points=8", "seeds=1", "~arms.resource_tilting"]
    for language, said in (("en", "hangs most on"), ("zh", "主要取决于")):
        assert main([*words, f"language={language}"]) == 0
        assert said in capsys.readouterr().out
    (folder, _) = sorted((tmp_path / "sensitivity").glob("*/figures"))
    assert {path.stem for path in folder.glob("*.png")} == {"screening", "screening_effects", "indices"}
