"""The figure of a surge: six panels with every arm, its months shaded, in both languages."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from experiments.analysis import _surged
from experiments.compose import settings_of
from experiments.figures import surge
from experiments.findings import Findings

MONTHS = [f"2020-{month:02d}" for month in range(1, 13)]
NAMES = ("problems", "backlog", "real_resolution", "repeats", "effort", "morale")


def findings(language, surged):
    """Return findings of two arms and three seeds, of which only the months are looked at."""
    rows = [
        {"arm": arm, "seed": seed, "month": month, **dict.fromkeys(NAMES, 0.5 + 0.01 * seed)}
        for arm in ("baseline", "other")
        for seed in (1, 2, 3)
        for month in MONTHS
    ]
    given = {
        "monthly": pd.DataFrame(rows),
        "arms": {"baseline": "baseline", "other": "other"},
        "surged": surged,
        "language": language,
        "scale": 1.0,
        "digest": "0123456789",
    }
    rest = {field.name: pd.DataFrame() for field in dataclasses.fields(Findings)}
    return Findings(**rest | given)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("surged", [[], MONTHS[2:5]])
def test_every_panel_shows_every_arm_and_shades_the_months_of_the_surge(language, surged):
    figure = surge.draw(findings(language, surged))
    assert len(figure.axes) == len(NAMES)
    for axes in figure.axes:
        lines = [line for line in axes.lines if len(line.get_xdata()) == len(MONTHS)]
        assert len(lines) == 2
        assert len(axes.patches) == len(surged)
        assert axes.get_ylim()[0] == 0.0
    assert np.allclose(figure.axes[2].lines[0].get_ydata(), 52.0)  # per cent
    words = surge._WORDS[language]
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [f"{letter}  {words[name]}" for letter, name in zip("abcdef", NAMES, strict=True)]
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["baseline", "other", *([words["surge"]] if surged else [])]


def test_the_experiment_surges_in_the_first_quarter_of_its_second_year():
    settings = settings_of(["experiment=surge", "city=small"])
    assert _surged(settings) == ["2020-01", "2020-02", "2020-03"]
    assert settings.parameters.surge == 3.0
    assert "surge" in settings.figures
    assert _surged(settings_of(["city=small"])) == []
