"""The page on how streets decide: its streets, its numbers, its errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import street_month
from experiments.compose import settings_of
from experiments.figures.street_month import draw
from experiments.figures.style import use_style
from experiments.street_month import StreetMonth, choose, page

ROOT = Path(__file__).parents[2]


def call(*words):
    command = [sys.executable, "-m", "experiments.street_month", "city=small", "months=4", "scale=0.05", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)


def test_the_streets_stand_in_different_places():
    table = pd.DataFrame({"score": [0.9 - 0.01 * i for i in range(30)], "tickets": [100.0 + i for i in range(30)]})
    table.loc[[0, 7], "tickets"] = [900.0, 800.0]
    table["rectification"] = table["score"] < 0.65  # four are listed: the street just above them is the fifth last
    picked = choose(table)
    assert list(picked.values()) == [0, 7, 15, 25, 29]  # the first has most tickets, but stands there already


def test_the_page_has_a_paragraph_and_a_figure_for_each_street(tmp_path):
    said = call("--month", "2019-02", "--folder", str(tmp_path))
    assert said.returncode == 0, said.stderr
    page = (tmp_path / "decisions.md").read_text(encoding="utf-8")
    assert page.count("\n## ") == 5
    for number in range(1, 6):
        assert (tmp_path / "figures" / f"street_month_{number}.png").stat().st_size > 10_000
        assert f"street_month_{number}.png" in page
    assert "nan" not in page


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([], "to 20.0 %."),
        ([0.7], "to 20.0 %. In the month after, its score was 70.0 and it really resolved 70.0 % of what it closed."),
        ([0.7, 0.8], "In the 2 months after, its mean score was 75.0 and it really resolved 75.0 % of what it closed."),
    ],
)
def test_the_page_tells_of_the_months_after_if_there_are_any(after, said):
    months = [f"2019-{number:02d}" for number in range(4, 5 + len(after))]
    path = pd.DataFrame({"month": months, "score": [0.6, *after], "real_resolution": [0.5, *after]})
    shares = [1.0, 0.7, 0.1, 0.2]
    one = StreetMonth("why", "street", "2019-04", np.full(3, 0.6), 0.6, 0.02, 2.0, 1.0, [1.0] * 3, shares, shares, path)
    text = page([one], "command")
    assert f"{said}\n\n" in text
    assert "nan" not in text
    for language, unit in (("en", "score, of 100"), ("zh", "得分（满分 100）")):
        use_style()
        figure = draw(one, settings_of(["city=small", "scale=0.5", f"language={language}"]))
        figure.draw_without_rendering()
        assert figure.axes[3].get_legend().get_texts()[0].get_text() == unit
        assert ("uncalibrated · 1 seed · scale 0.5" if language == "en" else "未校准 · 1 个") in figure.texts[
            0
        ].get_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--month", "2023-02"], "error: --month: 2023-02 is not among the months of the run, 2019-01 to 2019-04"),
        (["--folder", "/proc/nowhere"], "error: --folder: /proc cannot be written to"),
        (["--folder", str(ROOT / "pyproject.toml")], "error: --folder: "),
    ],
)
def test_bad_input_is_one_line_before_the_run(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(street_month, "TournamentModel", None)  # no run is begun
    assert street_month.main(["city=small", "months=4", "--folder", str(tmp_path), *words]) == 2
    line = capsys.readouterr().err
    assert line.startswith(said)
    assert line.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
