"""The search for patterns as users call it."""

from __future__ import annotations

import subprocess
import sys
from operator import attrgetter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import patterns, pool
from experiments.compose import settings_of
from experiments.switches import SWITCHES
from sim.patterns import PATTERNS

ROOT = Path(__file__).parents[2]


def call(*arguments):
    command = [sys.executable, "-m", "experiments.patterns", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def test_it_says_of_each_measure_whether_it_comes_out(tmp_path):
    said = call("city=small", "months=14", "seeds=2", "scale=0.02", f"results_dir={tmp_path}", "--without", "morale")
    assert said.returncode == 0, said.stderr
    table = pd.read_csv(tmp_path / "patterns" / "patterns_without_morale.csv")
    assert set(table["verdict"]) <= {"comes out", "fails", "undecided"}
    assert {"P1", "P2", "P3", "P4", "P7", "P8", "P9"} <= set(table["pattern"])
    assert (table["low"] <= table["mean"])[table["n"] > 1].all()
    assert len(said.stdout.splitlines()) == len(table) + 1


def test_one_seed_is_printed_without_an_interval():
    pattern = next(one for one in PATTERNS.values() if one.measures[0].unit == "share")
    lines = patterns.text_of(patterns.judged({(pattern.name, 0): {0: 0.25}}))
    assert "undecided" in lines and "25.00 %" in lines
    assert "nan" not in lines and "[" not in lines.partition(pattern.measures[0].en)[0]
    assert "20.00 [-43.53, 83.53] %" in patterns.text_of(patterns.judged({(pattern.name, 0): {0: 0.15, 1: 0.25}}))


def test_several_mechanisms_stand_side_by_side_each_switched_off_alone(tmp_path, capsys):
    quick = ["city=small", "months=2", "seeds=2", "scale=0.02", f"results_dir={tmp_path}"]
    pool_calls = []
    real = pool.run_all
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "run_all", lambda jobs, *rest: pool_calls.append(len(jobs)) or real(jobs, *rest))
        assert patterns.main(["--patterns", "P3", "--without", "documentation", "decisions", *quick]) == 0
        assert patterns.main(["--without", "documentation", "--patterns", "P3", *quick]) == 0
    assert pool_calls == [3 * 2 * 2]  # 2 strengths, 2 seeds, in one pool; the second command finds its runs
    folder = tmp_path / "patterns"
    table = pd.read_csv(folder / "mechanisms_P3.csv", keep_default_na=False, na_values=[""]).fillna({"without": ""})
    assert table["without"].unique().tolist() == ["", "documentation", "decisions"]
    assert set(table["pattern"]) == {"P3"}
    alone = pd.read_csv(folder / "patterns_P3_without_documentation.csv")
    same = table[table["without"] == "documentation"].reset_index(drop=True)
    pd.testing.assert_frame_equal(same[alone.columns], alone)
    as_it_is = table[table["without"] == ""]
    assert (as_it_is["change"] == 0.0).all()
    assert np.allclose(same["change"], same["mean"].to_numpy() - as_it_is["mean"].to_numpy())
    held = table[(table["without"] == "decisions") & table["measure"].str.contains("β = 2 minus β = 1")]
    assert (held["mean"] == 0.0).all()  # offices whose decisions do not move answer to no strength
    page = (folder / "mechanisms_P3.md").read_text(encoding="utf-8")
    assert "| measure | as it is | exclusion and its documents | offices' decisions move |" in page
    assert page.strip() in capsys.readouterr().out


def test_an_unknown_mechanism_pattern_or_key_is_one_line(capsys):
    for words, hint in (
        (["--without", "moral"], "did you mean 'morale'?"),
        (["--without", "morale", "whistle"], "did you mean 'whistles'?"),
        (["--without", "morale", "--patterns", "P11"], "unknown pattern 'P11'"),
        (["parameters.stpe=1"], "parameters.step"),
    ):
        assert patterns.main(["city=small", *words]) == 2
        said = capsys.readouterr()
        assert hint in said.err
        assert len(said.err.strip().splitlines()) == 1
        assert not said.out


def test_every_switch_is_made_of_settings_that_exist():
    words = dict.fromkeys(word for switch in SWITCHES.values() for word in switch.words)
    off = settings_of(["experiment=patterns", "city=small", *words])  # all at once: no two contradict each other
    for name, value in (item for switch in SWITCHES.values() for item in switch.values().items()):
        assert attrgetter(name)(off) == value
