"""Diminishing returns: on tables with known answers, marginal gains, where they end, and the best strength."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.compose import settings_of
from experiments.errors import BadInput
from experiments.studies.diminishing_returns.curve import LESS, MORE, UNSURE, best_of, ends_of, marginal_table
from experiments.studies.diminishing_returns.curve_words import Found, sentences

LUCK = np.array([-0.02, 0.0, 0.02, 0.01])  # of four seeds, the same at every strength


def levels(values, jitter=0.0005):
    """Return levels of four seeds over strengths: given means, common luck, and a little luck of each run's own."""
    rows = [
        {"strength": b, "seed": seed, "real": value + LUCK[seed] + jitter * (-1) ** (seed + int(b))}
        for b, value in values.items()
        for seed in range(4)
    ]
    return pd.DataFrame(rows)


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


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("n", [1, 4])
def test_sentences_say_what_the_tables_say_with_one_seed_too(language, n):
    table = levels(RISES_AND_FALLS)
    table = table[table["seed"] < n].assign(reported=lambda t: t["real"] + 0.01, gap=0.01)
    steps = marginal_table(table, ("real", "reported", "gap"))
    rows = [
        {"strength": b, "measure": name, "mean": part[name].mean()}
        for b, part in table.groupby("strength")
        for name in ("real", "reported", "gap")
    ]
    found = Found(pd.DataFrame(rows), steps, ends_of(steps[steps["measure"] == "real"]), best_of(table, "real"))
    said = " ".join(sentences(found, language))
    assert "β = 2" in said
    assert ("[" in said) == (n > 1)
    assert "nan" not in said
    if n > 1:
        assert {"en": "There is a maximum below β = 4", "zh": "最高点低于 β = 4"}[language] in said


@pytest.mark.parametrize(
    ("word", "said"),
    [("~stages.curve", "needs a stage 'curve'"), ("stages.curve.arms=[beta_1]", "at least two strengths")],
)
def test_a_study_without_the_runs_it_needs_is_refused_before_any_work(word, said):
    with pytest.raises(BadInput, match=said):
        settings_of(["experiment=diminishing_returns", "city=small", "+stages.curve={}", word])
