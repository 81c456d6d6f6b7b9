"""Loop gain: arithmetic by hand, the theory of a branching process, and what is refused."""

from __future__ import annotations

import importlib.util
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import loop_gain
from experiments.loop_gain import MEASURES, checked, gain, multiplier, summary, text_of
from sim import City, Parameters, TournamentModel

_LIMITS = Path(__file__).parents[1] / "sim" / "test_limits.py"  # where it is said what switches every mechanism off
LIMITS = importlib.util.module_from_spec(spec := importlib.util.spec_from_file_location("limits", _LIMITS))
spec.loader.exec_module(LIMITS)


def months(values, fresh):
    return pd.DataFrame({"tickets": np.array(values, dtype=float), "problems": np.array(fresh, dtype=float)})


def test_the_multiplier_counts_twelve_months_from_the_surge():
    without = months([10] * 15, [8] * 15)
    extra = np.zeros(15)
    extra[[0, 2, 3, 13, 14]] = [100, 4, 2, 1, 100]  # rows 2 to 13 count
    surged = months(10 + extra, 8 + np.eye(15)[2] * 4)
    assert multiplier(without, surged, 2, "tickets", "problems") == (4 + 2 + 1) / 4
    assert math.isnan(multiplier(without, without, 2, "tickets", "problems"))


def test_gains_and_their_intervals():
    assert gain(1.0) == 0.0
    assert gain(4.0) == 0.75
    assert gain(-1.0) == math.inf
    assert math.isnan(gain(math.nan))
    pairs = pd.DataFrame({"arm": "a", "m_tickets": [1.2, 1.4, 1.6], "m_hours": [1.0, 9.0, math.nan]})
    table = summary(pairs).set_index("measure")
    row = table.loc["tickets"]
    half = 4.302652729911275 * 0.2 / math.sqrt(3)  # t with 2 degrees of freedom, sd 0.2
    assert (row["m"], row["m_low"], row["m_high"]) == pytest.approx((1.4, 1.4 - half, 1.4 + half))
    assert (row["gain"], row["gain_low"]) == pytest.approx((1 - 1 / 1.4, 1 - 1 / (1.4 - half)))
    assert row["n"] == 3
    assert table.loc["hours", "n"] == 2
    assert table.loc["hours", "gain_low"] == -math.inf  # the interval of M reaches below 0


def test_one_seed_is_printed_without_an_interval():
    pairs = pd.DataFrame({"arm": "a", "m_tickets": [1.25], "m_hours": [1.6], "branching_ratio": [0.2]})
    said = text_of(summary(pairs), pairs, {"a": "as it is"}, "en")
    assert "1.250" in said and "0.200" in said
    assert "nan" not in said and "[" not in said and "95 %" not in said
    several = pd.concat([pairs, pairs.assign(m_tickets=1.375)], ignore_index=True)
    said = text_of(summary(several), several, {"a": "as it is"}, "en")
    assert "1.312 [0.518, 2.107]" in said and "95 % intervals over seeds" in said


@pytest.mark.parametrize(("skill", "again"), [(0.4, 0.5), (0.25, 0.8)])
def test_with_constant_chances_and_ample_capacity_m_is_that_of_a_branching_process(skill, again):
    """M → 1 ÷ (1 − (1 − p)π), in tickets and in hours, with p = 1 − e^(−skill) at care 1."""
    city = City.load("small")
    plain = city.categories.assign(level_district=0.0, level_city=0.0)
    parameters = LIMITS.STILL | {"skill_start": skill, "capacity_to_need": 10.0, "care_min": 1.0, "care_max": 1.0}
    parameters |= {"return_street": again, "return_days": 1.0, "accuracy_start": 1.0, "casework_request": 0.0}
    tables = []
    for surge in (1.0, 2.0):
        model = TournamentModel(
            replace(city, categories=plain),
            LIMITS.NO_INSTITUTIONS,
            Parameters(**parameters, surge=surge, surge_from=1, surge_months=1),
            seed=2,
            scale=0.5,
        )
        tables.append(model.run(12).monthly())
        model.close()
    b = math.exp(-skill) * again
    extra = tables[1]["problems"].sum() - tables[0]["problems"].sum()
    assert extra > 1000
    error = math.sqrt(b) / (1.0 - b) / math.sqrt(extra)
    for measure, wide in (("tickets", 5.0), ("hours", 10.0)):  # minutes vary, so hours are noisier
        m = multiplier(tables[0], tables[1], 0, *MEASURES[measure])
        assert abs(m - 1.0 / (1.0 - b)) < wide * error + 0.01
        assert gain(m) == pytest.approx(b, abs=0.04)


BAD = [
    (["parameters.surge=1"], "surge"),
    (["parameters.surge_from=0"], "surge_from"),
    (["parameters.surge_from=14"], "month 25"),
    (["months=23"], "month 24"),
    (["seeds=auto"], "seeds"),
    (["parts=2"], "parts"),
    (["parameters.surg=2"], "parameters.surge"),
]


@pytest.mark.parametrize(("words", "what"), BAD, ids=[words[0] for words, _ in BAD])
def test_bad_input_is_one_line_and_exit_code_2(words, what, capsys):
    assert loop_gain.main(["city=small", *words]) == 2
    said = capsys.readouterr().err
    assert what in said
    assert said.count("\n") == 1


def test_pairs_are_run_once_and_written(tmp_path, capsys):
    words = ["city=small", "scale=0.05", "seeds=2", "months=12", f"results_dir={tmp_path}", "~arms.tournament_off"]
    words += ["parameters.surge=2", "parameters.surge_from=1"]
    assert loop_gain.main(words) == 0
    assert "loop gain" in (said := capsys.readouterr()).out
    assert "4 runs, 0 of them already in the store" in said.err
    (folder,) = (tmp_path / "loop_gain").iterdir()
    pairs = pd.read_csv(folder / "pairs.csv")
    assert (pairs["extra_problems"] > 0).all()
    table = pd.read_csv(folder / "loop_gain.csv").set_index("measure")
    assert table.loc["tickets", "m"] == pytest.approx(pairs["m_tickets"].mean())
    assert pd.read_csv(folder / "runs.csv")["digest"].nunique() == 4
    assert loop_gain.main(words) == 0
    assert "4 runs, 4 of them already in the store" in capsys.readouterr().err


def test_the_configured_pair_is_one_percent_in_one_month_after_a_year():
    from experiments.compose import settings_of

    p = checked(settings_of(["experiment=loop_gain"])).parameters
    assert (p.surge, p.surge_from, p.surge_months) == (1.01, 13, 1)
