"""The fit: its distance by hand, and that it moves towards what it is given."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments import fit
from experiments.compose import settings_of
from experiments.errors import BadInput
from sim.declare import declarations
from sim.parameters import Parameters

ROOT = Path(__file__).parents[2]


def test_the_distance_is_the_weighted_mean_square_in_points():
    rows = [("m", "2019-01", 0.50, 0.53, 1.0), ("m", "2019-12", 0.50, 0.44, 0.5)]
    assert fit.mean_square(rows) == pytest.approx((9.0 + 0.5 * 36.0) / 1.5)
    with pytest.raises(BadInput, match="no published figure"):
        fit.mean_square([])


def test_places_and_values_of_a_range_are_inverse_and_stay_inside():
    declared = declarations(Parameters)["effort_cost"]
    assert fit.value_at(declared, fit.place(declared, 1.5)) == 1.5
    assert fit.value_at(declared, -1.0) == declared.low
    assert fit.value_at(declared, 2.0) == declared.high


def test_it_finds_a_value_that_it_is_given_back():
    """The published points are those of a run; from another value the search comes nearer to the run's own."""
    settings = settings_of(["city=small", "months=5", "scale=0.02", "seeds=1"])
    told = fit.simulate(settings, {"satisfied_resolved": 0.6}).monthly.set_index("month")["satisfaction"]
    points = [
        {"metric": "satisfaction_rate", "year": 2019, "month": m, "value": 100 * told[f"2019-{m:02d}"]}
        for m in (3, 4, 5)
    ]
    published = pd.DataFrame(points).assign(confidence="published", unit="percent", source="a run")
    city = dataclasses.replace(settings.city, published=published)
    start = dataclasses.replace(settings.parameters, satisfied_resolved=0.9)
    there = dataclasses.replace(settings, city=city, parameters=start)
    values, loss = fit.fit(there, ("satisfied_resolved",), 14)
    assert values["satisfied_resolved"] == pytest.approx(0.6, abs=0.05)
    assert loss < fit.mean_square(fit.misses(fit.simulate(there, {})))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--free", "lerning"], "did you mean 'learning'?"),
        (["--tries", "0"], "whole number"),
        (["months=0"], "months"),
        (["start=2030-01-01", "months=1", "--tries", "1", "scale=0.02"], "no published figure"),
    ],
)
def test_bad_input_is_one_line(words, said, capsys):
    assert fit.main(["city=small", *words]) == 2
    found = capsys.readouterr().err
    assert said in found
    assert found.startswith("error: ")
    assert found.count("\n") == 1


def test_it_is_a_command():
    command = [sys.executable, "-m", "experiments.fit", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0
    assert "--free" in done.stdout
