"""The report: complete, made of the results alone, in both languages, and nothing else is touched."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments.report import main

ROOT = Path(__file__).parents[2]
WORDS = ["experiment=tournament", "city=small", "months=2", "seeds=2", "scale=0.1", "figures=[forest,hours]"]
ARMS = ["~arms.tournament_half", "labels.tournament_off.en='off_%'"]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    command = [sys.executable, "-m", "experiments.run", *WORDS, *ARMS, f"results_dir={folder}"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return folder


@pytest.fixture(scope="module")
def report(results: Path) -> Path:
    assert main([str(results)]) == 0
    return results / "report"


def chapter(report: Path) -> Path:
    (found,) = (path for path in report.iterdir() if path.is_dir())
    return found


def test_numbers_in_the_text_are_those_of_the_tables(report):
    text = (report / "report.md").read_text(encoding="utf-8")
    table = pd.read_csv(chapter(report) / "tables" / "comparison.csv").set_index(["arm", "outcome"])
    for arm, label in (("tournament_off", "off_%"), ("tournament_double", "tournament doubled")):
        row = table.loc[(arm, "documentation_share")]
        said = f"{100 * row['difference']:+,.2f} [{100 * row['ci_low']:+,.2f}, {100 * row['ci_high']:+,.2f}]"
        assert said in text
        assert f"**{label}** against baseline" in text


def test_every_figure_and_file_named_is_there_and_the_command_is_the_one_given(report):
    text = (report / "report.md").read_text(encoding="utf-8")
    page = (report / "report.html").read_text(encoding="utf-8")
    paths = re.findall(r"\(([^()\s]+/figures/[^()\s]+)\)", text)
    assert len(paths) == 4
    for path in paths:
        assert (report / path).stat().st_size > 1000
        assert path in page
    assert "uv run python -m experiments.run experiment=tournament city=small" in text
    assert "labels.tournament_off.en=" in text
    manifest = json.loads((chapter(report) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["code"][:10] in text
    assert chapter(report).name.rpartition("_")[2] in text
    assert "<script" not in page
    assert not re.search(r"https?://", page)
    latex = (report / "report.tex").read_text(encoding="utf-8")
    for path in re.findall(r"\\(?:input|includegraphics\[[^]]*\])\{([^}]+)\}", latex):
        assert (report / path).is_file()
    assert "off\\_\\%" in latex


def test_a_caption_names_intervals_only_where_they_are_drawn(report):
    text = (report / "report.md").read_text(encoding="utf-8")
    captions = [line for line in text.splitlines() if line.startswith("Figure ")]
    forest, hours = captions
    assert "n = 2 seeds; 95 % t intervals; uncalibrated" in forest
    assert "n = 2 seeds; uncalibrated" in hours


def test_a_comparison_that_is_gone_is_no_comparison_of_one_arm(results, tmp_path, capsys):
    (folder,) = (path.parent for path in results.glob("*/*/runs.csv") if "report" not in path.parts)
    torn = tmp_path / "tournament" / "torn"
    shutil.copytree(folder, torn)
    (torn / "comparison.parquet").unlink()
    assert main([str(torn)]) == 2
    (error,) = (line for line in capsys.readouterr().err.splitlines() if line.startswith("error"))
    assert f"{torn}: a table is missing (comparison.parquet)" in error
    assert not torn.with_name("torn_report").exists()
    monthly = pd.read_parquet(torn / "monthly.parquet")
    monthly[monthly["arm"] == "baseline"].to_parquet(torn / "monthly.parquet")
    assert main([str(torn)]) == 0  # the runs of all other arms failed
    assert "only one arm with finished runs" in (torn.with_name("torn_report") / "report.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("language", "wide", "said"),
    [
        ("en", 0.003, "The 2 seeds are not enough"),
        ("zh", 0.003, "2 个随机种子未达到所要求的精度"),
        ("en", 0.0004, ""),
    ],
)
def test_a_precision_that_was_asked_for_and_missed_is_said(results, tmp_path, language, wide, said):
    (folder,) = (path.parent for path in results.glob("tournament/*/manifest.json"))
    copy = tmp_path / "tournament" / folder.name
    shutil.copytree(folder, copy)
    rows = [
        ("tournament_off", "real_resolution", 0.02, 0.05, 2, True),
        ("tournament_double", "morale", wide, 0.0005, 2, wide < 0.0005),
    ]
    names = ["arm", "outcome", "half_width", "wanted", "n", "reached"]
    pd.DataFrame(rows, columns=names).to_csv(copy / "precision.csv", index=False)
    assert main([str(tmp_path), "--language", language]) == 0
    text = next(tmp_path.glob("report*/report.md")).read_text(encoding="utf-8")
    assert said in text
    assert ("± 0.003" in text and "0.0005" in text) == bool(said)


def test_a_report_is_not_taken_for_a_result_and_is_made_again_the_same(results, report):
    before = {path: path.read_bytes() for path in sorted(report.rglob("*")) if path.is_file()}
    assert main([str(results)]) == 0
    assert {path: path.read_bytes() for path in sorted(report.rglob("*")) if path.is_file()} == before


def test_another_language_needs_no_runs(results, tmp_path):
    out = tmp_path / "zh"
    assert main([str(results), "--language", "zh", "--out", str(out)]) == 0
    text = (out / "report.md").read_text(encoding="utf-8")
    assert "与现状相比" in text
    assert "配对差异" in text
    assert "ctexart" in (out / "report.tex").read_text(encoding="utf-8")


def test_results_of_other_code_are_not_mixed_in_silence(results, tmp_path, capsys):
    (folder,) = (path.parent for path in results.glob("*/*/runs.csv") if "report" not in path.parts)
    older = tmp_path / "tournament" / "older"
    shutil.copytree(folder, older)
    manifest = json.loads((older / "manifest.json").read_text(encoding="utf-8"))
    (older / "manifest.json").write_text(json.dumps(manifest | {"code": "f" * 64}))
    assert main([str(folder), str(older), "--out", str(tmp_path / "both")]) == 0
    said = f"2 versions of the model ({manifest['code'][:10]}, ffffffffff)"
    assert said in capsys.readouterr().err
    for name in ("report.md", "report.html", "report.tex"):
        assert said in (tmp_path / "both" / name).read_text(encoding="utf-8")
    (older / "streets.parquet").unlink()
    assert main([str(older), "--out", str(tmp_path / "both")]) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert f"{older}: a run or table is missing" in error
    assert "streets.parquet" in error


def test_bad_input_is_one_line_and_nothing_is_written(results, tmp_path, capsys):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    begun = tmp_path / "begun"
    begun.mkdir()
    (begun / "runs.csv").write_text("arm,seed,digest\n")
    (begun / "manifest.json").write_text('{"format": 3, "state": "begun"}')
    old = tmp_path / "old"
    old.mkdir()
    (old / "runs.csv").write_text("arm,seed,digest\n")
    (old / "manifest.json").write_text('{"format": 1, "state": "finished"}')
    before = sorted(tmp_path.rglob("*"))
    for words, said in (
        ([str(tmp_path / "nowhere")], "no result folder"),
        ([str(begun)], "no tables yet"),
        ([str(old)], "older format"),
        ([str(results), "--out", str(tmp_path / "own")], "other things in it"),
        ([str(results), "--out", str(tmp_path / "file")], "is a file"),
        ([str(results), "--out", str(tmp_path / "no" / "where")], "no folder"),
    ):
        assert main(words) == 2
        error = capsys.readouterr().err
        assert said in error
        assert len([line for line in error.splitlines() if line.startswith("error")]) == 1
    assert sorted(tmp_path.rglob("*")) == before
