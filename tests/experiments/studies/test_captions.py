"""Captions: every figure of a study and of a comparison has one in both languages, and its numbers are the runs'."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import pandas as pd
import pytest

import experiments.figures
from experiments.checks import figures_of, study_of
from experiments.compose import settings_of
from experiments.errors import BadInput
from experiments.figures import figure_of
from experiments.studies.captions import Of, captioned
from experiments.studies.diminishing_returns.captions import captions_of
from experiments.studies.ran import Ran


@pytest.fixture(scope="module")
def settings():
    return settings_of(["experiment=diminishing_returns", "city=small"])


def ran_of(settings, language):
    rows = [
        {"stage": stage, "point": point, "arm": arm, "seed": seed, "month": month}
        for stage, points, seeds in (("curve", 1, (1, 2, 3)), ("without", 2, (1, 2)))
        for point in range(points)
        for arm in ("a", "b")
        for seed in seeds
        for month in ("2019-01", "2019-02")
    ]
    said = dataclasses.replace(settings, language=language)
    return Ran(said, {}, pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame())


def test_a_caption_has_the_runs_their_seeds_the_interval_and_the_digest(settings):
    ran = ran_of(settings, "en")
    text = captioned(ran, "A.", Of(("curve", "without", "not there")))
    assert text == (
        "A. Runs: 6 runs of 2 months in stage “curve” (1 point of settings × 2 arms × 3 seeds), 8 runs of 2 months in "
        "stage “without” (2 points of settings × 2 arms × 2 seeds); Small Beijing, from 2019-01-01; n = 2–3 seeds; "
        f"95 % t intervals; uncalibrated; {ran.digest}."
    )
    assert captioned(ran, "A.", Of(("curve",), over_seeds=False)).endswith(
        f"; n = 3 seeds; uncalibrated; {ran.digest}."
    )
    failed = dataclasses.replace(ran, monthly=ran.monthly[2:])
    assert "5 runs of 2 months in stage “curve”; " in captioned(failed, "A.", Of(("curve",)))
    text = captioned(ran_of(settings, "zh"), "甲。", Of(("curve",)))
    assert "运行：阶段“curve”6 个运行，各 2 个月（1 组设置 × 2 个方案 × 3 个种子）" in text


@pytest.mark.parametrize("study", ["diminishing_returns", "repeat_loop", "sensitivity", "discover"])
def test_both_languages_caption_the_same_figures(study):
    texts = importlib.import_module(f"experiments.studies.{study}.captions").TEXTS
    assert list(texts["en"]) == list(texts["zh"])


def test_every_figure_of_a_comparison_has_a_caption_and_what_is_none_cannot_be_asked_for():
    for module in pkgutil.iter_modules(experiments.figures.__path__):
        try:
            figures_of([module.name])
        except BadInput:
            continue
        assert set(figure_of(module.name).CAPTION) == {"en", "zh"}, module.name
    with pytest.raises(BadInput, match="unknown figure"):
        figures_of(["street_month"])
    with pytest.raises(BadInput, match="unknown study"):
        study_of("captions")


def test_runs_as_it_is_that_are_drawn_from_the_curve_are_not_counted_twice(settings):
    ran = ran_of(settings, "en")
    without = ran.monthly["point"].where(ran.monthly["stage"] == "without", 0).map({0: "", 1: "morale"})
    ran = dataclasses.replace(ran, monthly=ran.monthly.assign(without=without))
    months = pd.DataFrame({"settled": True, "month": ["2019-01", "2019-02"], "strength": [0.0, 1.0]})
    said = captions_of(ran, ["curve", "why"], {"maxima": pd.DataFrame({"top": [1.0]})}, months)
    both = "6 runs of 2 months in stage “curve” (1 point of settings × 2 arms × 3 seeds)"
    assert f"Runs: {both}; " in said["curve"]
    assert (
        f"Runs: {both}, 4 runs of 2 months in stage “without” (1 point of settings × 2 arms × 2 seeds); " in said["why"]
    )
