"""Status and collect over two result folders."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments import collect, report, status
from experiments.errors import BadInput
from experiments.reread import settings_of_folder
from experiments.status import default_place

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    words = ["-m", "experiment=tournament", "~arms.tournament_half", "city=small", "months=1", "seeds=1", "scale=0.05"]
    words += ["rules.tournament.strength=1,2", "figures=[]"]
    command = [sys.executable, "-m", "experiments.run", *words, f"results_dir={folder}"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return folder


def test_collect_makes_the_swept_setting_a_column(results):
    assert collect.main([str(results)]) == 0
    table = pd.read_parquet(results / "collected.parquet")
    assert set(table["rules.tournament.strength"]) == {1.0, 2.0}
    assert len(table) == 2 * 3
    assert "results_dir" not in table


def test_status_finds_a_lost_run(results, capsys):
    assert status.main([str(results)]) == 0
    assert "3 done, 0 failed, 0 missing" in capsys.readouterr().out
    victim = next((results / "runs").rglob("hours.parquet"))
    kept = victim.read_bytes()
    victim.write_bytes(b"")
    assert status.main([str(results)]) == 1
    victim.write_bytes(kept)


def test_an_experiments_folder_and_a_single_results_are_taken_too(results, capsys):
    single = sorted((results / "tournament").iterdir())[0]
    for folder, lines in ((results / "tournament", 2), (single, 1)):
        assert status.main([str(folder)]) == 0
        assert capsys.readouterr().out.count("3 done") == lines
        assert collect.main([str(folder)]) == 0
        out = default_place(folder, "collected.parquet")
        assert out.parent == (folder if lines == 2 else folder.parent)  # a result folder is replaced as a whole
        assert pd.read_parquet(out)["digest"].nunique() == lines
        out.unlink()
        capsys.readouterr()


@pytest.mark.parametrize(
    ("name", "content", "codes"),  # of status, collect and report
    [
        ("monthly.parquet", b"PAR1 cut off", (1, 2, 2)),
        ("monthly.parquet", b"", (1, 2, 2)),
        ("manifest.json", b"[]", (1, 2, 2)),
        ("config.json", b"[]", (0, 2, 0)),
        ("config.yaml", b"labels: [", (0, 0, 2)),
        ("runs.csv", b"garbage\n1\n", (1, 0, 2)),
        ("runs.csv", b"\xff\xfe", (1, 0, 2)),
        ("runs.csv", b"", (1, 0, 2)),
    ],
)
def test_a_damaged_file_of_a_folder_is_said_in_one_line(results, tmp_path, capsys, name, content, codes):
    folder = tmp_path / "tournament" / "damaged"
    shutil.copytree(sorted((results / "tournament").iterdir())[0], folder)
    (tmp_path / "runs").symlink_to(results / "runs")
    (folder / name).write_bytes(content)
    assert tuple(main([str(folder)]) for main in (status.main, collect.main, report.main)) == codes
    said = capsys.readouterr()
    assert [line for line in said.err.splitlines() if line.startswith("error: ")] == [
        line for line in said.err.splitlines() if not line.startswith(("left out: ", str(folder)))
    ]
    if codes[0]:
        assert "cannot be read" in said.out or "tables are damaged" in said.out


def test_a_damaged_page_inside_a_table_stops_collect_with_its_folder_named(results, tmp_path, capsys):
    folder = tmp_path / "tournament" / "damaged"
    shutil.copytree(sorted((results / "tournament").iterdir())[0], folder)
    path = folder / "monthly.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(200) + whole[204:])
    assert collect.main([str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: {folder}: monthly.parquet is damaged")
    assert error.count("\n") == 1
    assert not (tmp_path / "collected.parquet").exists()
    assert collect.main([str(results), "--out", str(tmp_path)]) == 2
    assert "is a folder, not a file" in capsys.readouterr().err


@pytest.mark.parametrize("module", [collect, status])
def test_a_folder_without_results_is_bad_input(module, tmp_path, capsys):
    assert module.main([str(tmp_path)]) == 2
    assert "error: " in capsys.readouterr().err
    assert module.main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert module.main(["--help"]) == 0


@pytest.mark.parametrize(
    ("manifest", "said", "codes"),
    [
        ({"format": 1}, "older format", (1, 2, 2)),
        ({"state": "begun"}, "no tables yet", (1, 2, 2)),
        (None, "manifest", (1, 2, 2)),
        ({"code": "f" * 64}, "of other code than now", (0, 0, 0)),
    ],
)
def test_exit_codes_tell_whether_a_folder_can_be_used(results, tmp_path, capsys, manifest, said, codes):
    folder = tmp_path / "tournament" / "other"
    shutil.copytree(sorted((results / "tournament").iterdir())[0], folder)
    (tmp_path / "runs").symlink_to(results / "runs")  # every run is done
    path = folder / "manifest.json"
    path.write_text("" if manifest is None else json.dumps(json.loads(path.read_text()) | manifest))
    if said == "no tables yet":
        (folder / "monthly.parquet").unlink()
    assert status.main([str(tmp_path)]) == codes[0]
    assert said in (out := capsys.readouterr().out)
    assert "3 done, 0 failed, 0 missing" in out
    assert collect.main([str(tmp_path)]) == codes[1]
    assert report.main([str(folder)]) == codes[2]
    errors = capsys.readouterr().err
    assert errors.count("error: ") == 2 * (codes[1] == 2)
    assert "Traceback" not in errors


def test_a_single_folder_of_other_code_is_said(results, tmp_path, capsys):
    folder = tmp_path / "tournament" / "other"
    shutil.copytree(sorted((results / "tournament").iterdir())[0], folder)
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"code": "f" * 64}))
    assert collect.main([str(tmp_path)]) == 0
    assert "note: made by another version of the model than now: ffffffffff" in capsys.readouterr().err


def test_settings_reread_have_all_seeds_of_the_folder_and_need_no_right_to_write(results, tmp_path, monkeypatch):
    folder = tmp_path / "tournament" / "auto"
    shutil.copytree(sorted((results / "tournament").iterdir())[0], folder)
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"seeds": list(range(9))}))
    config = (folder / "config.yaml").read_text()
    (folder / "config.yaml").write_text(re.sub(r"(?m)^seeds: .*(\n- .*)*", "seeds: auto", config))

    def denied(value, key="results_dir"):
        raise BadInput(f"{key}: {value} cannot be written to")

    monkeypatch.setattr("experiments.settings.writable", denied)
    settings = settings_of_folder(folder)
    assert settings.auto
    assert list(settings.seeds) == list(range(9))


def test_a_reader_that_leaves_early_is_no_error(results):
    command = [sys.executable, "-m", "experiments.status", str(results)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 1
    assert said == b""
