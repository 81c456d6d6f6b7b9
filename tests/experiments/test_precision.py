"""Seeds until precise: the next number by hand, and the command that ends by itself or at its cap."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments.precision import COLUMNS, Reached, precision_reached

T2 = 0.95 / math.sqrt(2.0 * 0.975 * 0.025)  # the 97.5 % quantile of Student's t with 2 degrees of freedom

ROOT = Path(__file__).parents[2]


def reached(n, *widths):
    rows = [("new", "trust", width, 0.01, n, not width > 0.01) for width in widths]
    return Reached(pd.DataFrame(rows, columns=COLUMNS), n)


@pytest.mark.parametrize(
    ("widths", "more"),
    [
        ((0.01, 0.005), 0),
        ((0.0101,), 2),  # 6 × 1.0201 asks for 7 seeds: one more, but two at least
        ((0.011, 0.013), 5),  # 6 × 1.69 = 10.14 → 11
        ((0.1,), 6),  # at most a doubling
    ],
)
def test_how_many_more(widths, more):
    assert reached(6, *widths).more(40) == more


def test_the_cap_holds():
    assert reached(38, 0.1).more(40) == 2
    assert reached(40, 0.1).more(40) == 0
    assert "40 seeds are not enough" in str(reached(40, 0.1))
    assert "trust in new, ± 0.1 where 0.01 is wanted" in str(reached(40, 0.1))


def test_half_widths_are_those_of_the_comparison_and_what_is_not_defined_is_not_waited_for():
    rows = [
        {"arm": arm, "seed": seed, "month": "2019-01", "trust": 0.5 + gain * seed, "problems_resolved": float("nan")}
        for arm, gain in (("today", 0.0), ("new", 0.1))
        for seed in range(3)
    ]
    found = precision_reached(pd.DataFrame(rows), "today", {"trust": 0.2, "problems_resolved": 0.01}, 3)
    table = found.table.set_index("outcome")
    assert table.loc["trust", "half_width"] == pytest.approx(T2 * 0.1 / 3.0**0.5)
    assert table["reached"].to_dict() == {"trust": False, "problems_resolved": True}


def test_what_has_no_interval_is_not_said_to_be_as_small_as_wanted():
    assert str(reached(6, 0.01)) == "seeds auto: 6 seeds are enough, all half-widths are as small as wanted"
    assert str(reached(6, 0.01, math.nan)).endswith("as small as wanted, but trust has none in this run")
    assert str(reached(6, math.nan)).endswith("but nothing is known: no interval for trust in this run")


def test_what_has_no_interval_is_named_beside_what_is_too_wide_and_has_reached_nothing():
    mixed = reached(40, 0.1, math.nan)
    assert str(mixed).endswith("is wanted; trust has none in this run")
    assert mixed.written["reached"].isna().tolist() == [False, True]


def call(folder, *words):
    fixed = ["city=small", "months=2", "scale=0.1", "seeds=auto", "figures=[]", f"results_dir={folder}"]
    only_two = ["experiment=tournament", "~arms.tournament_half", "~arms.tournament_double"]
    command = [sys.executable, "-m", "experiments.run", *fixed, *only_two, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.slow
def test_seeds_are_added_until_precise_and_runs_are_used_again(tmp_path):
    loose = call(tmp_path, "precision.real_resolution=0.5", "precision.reported_resolution=0.5")
    assert "seeds auto: 6 seeds are enough" in loose.stdout
    capped = call(tmp_path, "precision.real_resolution=0.000001", "most_seeds=8")
    assert "6 seeds are not enough" in capped.stderr and "; 2 more" in capped.stderr
    assert "seeds auto: 8 seeds are not enough" in capped.stdout
    assert "12 runs, 12 of them already in the store" in capped.stderr
    assert "16 runs, 12 of them already in the store" in capped.stderr
    tables = sorted((tmp_path / "tournament").glob("*/precision.csv"))
    assert len(tables) == 2
    assert {int(pd.read_csv(path)["n"].max()) for path in tables} == {6, 8}
    again = call(tmp_path, "precision.real_resolution=0.000001", "most_seeds=8")
    assert again.stdout.splitlines()[:-1] == capped.stdout.splitlines()[:-1]
    assert sorted((tmp_path / "tournament").glob("*/precision.csv")) == tables
