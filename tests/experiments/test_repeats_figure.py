"""The figure of repeats: what is drawn beside a mean is its interval, from twenty seeds on on both sides another."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from experiments.figures import repeats
from experiments.findings import Findings
from experiments.intervals import interval


def findings(seeds):
    """Return findings of one arm of which only the attempts are looked at, and each seed's share of repeats."""
    again = 10.0 * np.exp(0.1 * np.arange(seeds))  # skewed
    parts = [pd.DataFrame({"attempt": 1, "tickets": 100.0 - again}), pd.DataFrame({"attempt": 2, "tickets": again})]
    attempts = pd.concat([part.assign(arm="baseline", seed=range(seeds)) for part in parts], ignore_index=True)
    given = {
        "attempts": attempts.assign(hours=attempts["tickets"]),
        "monthly": pd.DataFrame({"arm": "baseline", "seed": range(seeds)}),
        "arms": {"baseline": "baseline"},
        "language": "en",
        "scale": 1.0,
        "digest": "0123456789",
    }
    rest = {field.name: pd.DataFrame() for field in dataclasses.fields(Findings)}
    return Findings(**rest | given), again


def spans(found):
    """Return the ends of what is drawn up and down in the left panel at the second attempt, and along in the right."""
    left, right = repeats.draw(found).axes
    upright = [line.get_ydata() for line in left.lines if list(line.get_xdata()) == [2, 2]]
    lying = [line.get_xdata() for line in right.lines if len(set(line.get_ydata())) == 1 and len(line.get_ydata()) == 2]
    return [*upright, *lying]


@pytest.mark.parametrize("seeds", [3, 20])
def test_what_is_drawn_beside_a_mean_is_its_interval(seeds):
    found, again = findings(seeds)
    low, high = interval(again)
    assert (seeds == 3) == (high - again.mean() == pytest.approx(again.mean() - low))
    assert spans(found) == [pytest.approx([low, high])] * 3  # of tickets twice, and of hours


def test_one_seed_has_no_interval_to_be_drawn():
    assert np.isnan(spans(findings(1)[0])).all()
