"""Discover: a planted box of worlds is found and tried on worlds held out; none is made up where there is none."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from experiments.compose import checked, settings_of
from experiments.design_run import design_plan
from experiments.errors import BadInput
from experiments.figures.panels import WORSE as ORANGE
from experiments.run import main
from experiments.studies import discover
from experiments.studies.discover.prim import Box, quasi_p
from experiments.studies.discover.worlds import judged
from experiments.studies.ran import Ran

WORDS = [
    *("experiment=discover", "scale=0.1", "months=1", "seeds=2", "design.points=160"),
    "design.over=[parameters.demand:0:1,parameters.reach:0:1,parameters.relapse:0:1]",
]


def runs_with(gain, noise=0.01, words=()):
    """Return runs in which escalation gains `gain` of a world's values (demand, reach, relapse) in every seed."""
    settings = settings_of([*WORDS, *words])
    plan, luck, rows = design_plan(settings), np.random.default_rng(3), []
    for point in plan.points:
        for arm in settings.arms:
            for seed in settings.seeds:
                value = 0.5 + (gain(*point.values.values()) if arm == "escalation" else 0.0)
                keys = {"point": point.number, **point.values, "arm": arm, "seed": seed, "month": "2019-01"}
                rows.append(keys | {"real_resolution": value + noise * luck.standard_normal()})
    return Ran(settings, plan.runs, pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame())


def test_a_planted_box_is_found_and_holds_in_worlds_held_out(monkeypatch):
    monkeypatch.setattr(discover.prim, "FOLDS", 2)  # the library is slow
    ran = runs_with(lambda demand, reach, relapse: 0.3 if demand > 0.5 and reach < 0.6 else -0.1)
    answer = discover.find(ran)
    limits = answer.tables["box"].set_index("parameter")
    assert set(limits.index) == {"parameters.demand", "parameters.reach"}
    assert limits.loc["parameters.demand", "low"] == pytest.approx(0.5, abs=0.05)
    assert limits.loc["parameters.reach", "high"] == pytest.approx(0.6, abs=0.05)
    assert np.isinf(limits.loc["parameters.demand", "high"])
    assert (limits[["p_low", "p_high"]].min(axis=1) < 1e-3).all()
    (holdout,) = answer.tables["holdout"].to_dict("records")
    assert holdout["density"] > 0.9
    assert holdout["coverage"] > 0.8
    assert answer.tables["trajectory"]["chosen"].sum() == 1
    assert (answer.tables["worlds"]["says"] == "better").mean() == pytest.approx(0.3, abs=0.02)
    text = "\n".join(answer.sentences)
    assert "In worlds where “actual demand over the base rate” is above" in text
    assert "So such a box tells something of worlds not seen" in text
    assert set(answer.figures) == set(answer.captions) == {"worlds", "box"}
    assert "960 runs of 1 month (160 points of settings × 3 arms × 2 seeds)" in answer.captions["box"]
    assert answer.sheets["box"].caption.endswith(f"n = 2 seeds; uncalibrated; {ran.digest}.")


def test_where_nothing_wins_or_all_win_or_luck_decides_it_is_said_and_no_box_is_made_up():
    for gain, said in (
        (-0.1, "no world here in which escalation"),
        (0.1, "Escalation beats resource tilting in ev"),
    ):
        answer = discover.find(runs_with(lambda *_, gain=gain: gain, words=["design.points=32"]))
        assert said in answer.sentences[2]
        assert set(answer.figures) == {"worlds"}
        assert not answer.sheets
    assert len(answer.sentences) == 3
    answer = discover.find(runs_with(lambda *_: 0.0, words=["design.points=32"]))
    assert (answer.tables["worlds"]["says"] == "undecided").sum() >= 28  # 5 % would be told by chance
    assert "which counts as not beating" in answer.sentences[1]


def test_where_the_second_arm_never_wins_the_question_is_turned_round(monkeypatch):
    monkeypatch.setattr(discover.prim, "FOLDS", 2)
    ran = runs_with(lambda demand, *_: -0.3 if demand > 0.5 else 0.0, noise=0.01, words=["design.points=64"])
    answer = discover.find(ran)
    assert answer.sentences[3] == "The other way round: where does resource tilting beat escalation?"
    assert "is above 0.481, resource tilting beats escalation in 97 % of cases" in answer.sentences[4]
    assert list(answer.tables["box"]["arm"]) == ["resource_tilting"]
    worlds, box = (answer.figures[name].axes[0] for name in ("worlds", "box"))
    assert worlds.get_ylabel() == box.get_ylabel()  # the same difference, with the same sign, …
    legends = [axes.get_legend().legend_handles for axes in (worlds, box)]
    assert [(h.get_label(), h.get_color()) for h in legends[0]] == [(h.get_label(), h.get_color()) for h in legends[1]]
    won = [line for line in box.lines if line.get_color() == ORANGE]
    assert max(y for line in won for y in line.get_ydata()) < 0.0  # … and the third arm's worlds below zero


def test_a_difference_is_told_by_the_spread_between_seeds_pooled_over_worlds():
    difference = np.array([[0.10, 0.10], [0.02, -0.02], [-0.10, -0.14], [0.5, -0.3], [np.nan, 0.1]])
    table = judged(difference, 1)
    # variances 0, 0.0008, 0.0008, 0.32: pooled 0.0804, so at first nothing is told
    assert list(table["says"]) == ["undecided", "undecided", "undecided", "undecided", "undefined"]
    table = judged(difference[:3], 1)  # pooled 0.000533, half-width 3.182 × 0.01633 = 0.0520; of the noisier two 0.0636
    assert list(table["says"]) == ["better", "undecided", "worse"]
    assert table["high"][0] == pytest.approx(0.10 + 3.18245 * np.sqrt(0.0016 / 3 / 2), rel=1e-4)
    assert table["high"][2] == pytest.approx(-0.12 + 3.18245 * np.sqrt(0.0008 / 2), rel=1e-4)
    assert list(judged(difference[:3], -1)["says"]) == ["worse", "undecided", "better"]


def test_quasi_p_is_the_chance_of_a_box_as_dense_if_a_limit_told_nothing():
    x = pd.DataFrame({"a": [0.1, 0.2, 0.8, 0.9]})
    y = np.array([False, False, True, True])
    box = Box({"a": (0.5, np.inf)}, 2, 2, 1.0, 1.0, pd.DataFrame())
    assert quasi_p(box, x, y) == [("a", 0, pytest.approx(0.25))]


def test_what_cannot_be_answered_is_refused_and_a_missing_library_said(monkeypatch):
    settings = settings_of(WORDS)

    def refused(what, design=(), **other):
        with pytest.raises(BadInput, match=what):
            discover.check(dataclasses.replace(settings, design=settings.design | dict(design), **other))

    refused("a baseline and two arms", arms=dict(list(settings.arms.items())[:2]))
    refused("seeds: discover needs two", seeds=[0])
    refused("neither more nor less is better", outcomes=["tickets"])
    refused("32 worlds", {"points": 31})
    refused("fill the space", {"method": "morris"})
    refused("two numbers", {"over": ["parameters.demand"]})
    refused("is no number", {"over": ["parameters.demand", "rules.exclusion.allowed"]})
    refused("give one stage", stages={"a": settings, "b": settings})
    monkeypatch.setattr(discover, "installed", lambda: False)
    with pytest.raises(BadInput, match="pip install 'ema-workbench"):
        checked(WORDS)


@pytest.mark.slow
def test_the_study_end_to_end_in_both_languages(tmp_path, capsys):
    words = [*WORDS, f"results_dir={tmp_path}", "design.points=32"]
    for language, said in (("en", "beats resource tilting"), ("zh", "优于“资源倾斜”")):
        assert main([*words, f"language={language}"]) == 0
        assert said in capsys.readouterr().out
    assert len(list((tmp_path / "discover").glob("*/figures/worlds.png"))) == 2
