"""The search for patterns as users call it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd

from experiments.compose import settings_of
from experiments.switches import SWITCHES

ROOT = Path(__file__).parents[2]


def call(*arguments):
    command = [sys.executable, "-m", "experiments.patterns", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def test_it_says_of_each_measure_whether_it_comes_out(tmp_path):
    said = call("city=small", "months=3", "seeds=2", "scale=0.05", f"results_dir={tmp_path}", "--without", "morale")
    assert said.returncode == 0, said.stderr
    table = pd.read_csv(tmp_path / "patterns" / "patterns_without_morale.csv")
    assert set(table["verdict"]) <= {"comes out", "fails", "undecided"}
    assert {"P1", "P2", "P3", "P4", "P7", "P8"} <= set(table["pattern"])
    assert (table["low"] <= table["mean"]).all()
    assert len(said.stdout.splitlines()) == len(table) + 1


def test_an_unknown_mechanism_or_key_is_one_line():
    for words, hint in ((["--without", "moral"], "did you mean 'morale'?"), (["parameters.stpe=1"], "parameters.step")):
        said = call("city=small", *words)
        assert said.returncode == 2
        assert hint in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1


def test_every_switch_is_made_of_settings_that_exist():
    for switch in SWITCHES.values():
        settings_of(["experiment=patterns", "city=small", *switch.words])
