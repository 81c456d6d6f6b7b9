"""Sweeps that are killed, shared out, run twice at once, and joined."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from experiments import collect, status
from experiments.arms import plan
from experiments.compose import settings_of
from experiments.missing import run_missing
from experiments.pool import run_all
from experiments.store import Store

ROOT = Path(__file__).parents[2]
ARMS = ["experiment=tournament", "~arms.tournament_half"]
TINY = [*ARMS, "city=small", "months=1", "seeds=1", "scale=0.05", "figures=[]"]
DESIGN = ["design=sobol", "design.over=[parameters.demand:0.8:1.2,rules.tournament.league]", "design.points=2"]
COMMAND = [sys.executable, "-m", "experiments.run"]


def call(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=500)


def only(folder: Path) -> Path:
    (found,) = (path for path in (folder / "tournament").iterdir() if path.is_dir())
    return found


def tables(folder: Path) -> dict[str, bytes]:
    names = [path.name for path in folder.iterdir() if path.suffix in (".csv", ".parquet")]
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.slow
def test_after_a_kill_the_same_command_goes_on(tmp_path, capsys):
    words = [*ARMS, "city=small", "months=4", "seeds=4", "scale=0.1", "figures=[]", "n_jobs=1"]
    words += [f"results_dir={tmp_path}"]
    process = subprocess.Popen([*COMMAND, *words], cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 300
    while not list(tmp_path.glob("runs/??/*/DONE")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    there = len(list(tmp_path.glob("runs/??/*/DONE")))
    assert 1 <= there < 12
    assert status.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert f"{there} done, 0 failed, {12 - there} missing" in said
    assert "no tables yet" in said
    assert collect.main([str(tmp_path)]) == 2
    again = call(*words)
    assert again.returncode == 0, again.stderr
    assert f"12 runs, {there} of them already in the store" in again.stderr
    assert not list(tmp_path.rglob(".tmp-*"))
    assert not list((tmp_path / "runs" / ".claims").iterdir())
    assert status.main([str(tmp_path)]) == 0


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    folder = tmp_path_factory.mktemp("design")
    done = call(*TINY, *DESIGN, f"results_dir={folder}")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_a_design_shared_out_is_the_design_bit_for_bit(design, tmp_path):
    parts = call("-m", *TINY, *DESIGN, f"results_dir={tmp_path}", "part=0,1,2", "parts=3")
    assert parts.returncode == 0, parts.stderr
    assert "[2 of 3" in parts.stderr
    assert parts.stdout.count(" 2 done, 0 failed") == 3
    assert not list(only(tmp_path).glob("*.parquet"))
    whole = call(*TINY, *DESIGN, f"results_dir={tmp_path}")
    assert "6 runs, 6 of them already in the store" in whole.stderr
    assert only(tmp_path).name == only(design).name
    assert tables(only(tmp_path)) == tables(only(design))


def test_a_designs_tables_have_the_factors_as_columns(design):
    folder = only(design)
    points = pd.read_csv(folder / "design.csv")
    runs = pd.read_parquet(folder / "points.parquet")
    assert len(runs) == 2 * 3
    assert runs.groupby("point")["parameters.demand"].first().to_list() == points["parameters.demand"].to_list()
    monthly = pd.read_parquet(folder / "monthly.parquet")
    assert monthly["tickets"].to_list() == runs["tickets"].to_list()  # of one month
    effects = pd.read_parquet(folder / "effects.parquet")
    row = effects[(effects["point"] == 1) & (effects["arm"] == "tournament_off") & (effects["outcome"] == "effort")]
    means = runs[runs["point"] == 1].set_index("arm")["effort"]
    assert row["difference"].item() == pytest.approx(means["tournament_off"] - means["baseline"], abs=1e-12)


@pytest.mark.slow
def test_two_at_once_do_every_run_once(tmp_path, design):
    words = [*TINY, *DESIGN, f"results_dir={tmp_path}"]
    both = [subprocess.Popen([*COMMAND, *words], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=500)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert tables(only(tmp_path)) == tables(only(design))
    assert not list(tmp_path.rglob(".tmp-*"))
    assert not list((tmp_path / "runs" / ".claims").iterdir())


def test_a_failed_run_is_kept_with_its_first_line_and_tried_again(tmp_path, capsys):
    settings = settings_of([*TINY, f"results_dir={tmp_path}"])
    jobs = plan(settings).jobs
    digest, job = next(iter(jobs.items()))
    errors = run_all([dataclasses.replace(job, months=0)], tmp_path, 1)
    assert errors == {digest: "ValueError: months: 0 must be a whole number ≥ 1"}
    store = Store(tmp_path)
    assert store.state(digest) == "failed"
    folder = tmp_path / "tournament" / "x"
    folder.mkdir(parents=True)
    (folder / "runs.csv").write_text(f"arm,seed,digest\nbaseline,0,{digest}\n")
    assert status.main([str(tmp_path)]) == 1
    assert "1 failed" in (said := capsys.readouterr().out)
    assert "arm baseline, seed 0: ValueError: months: 0" in said
    assert run_all([job], tmp_path, 1) == {}
    assert store.state(digest) == "done"


def test_runs_may_be_asked_for_by_a_thread(tmp_path):
    digest, job = next(iter(plan(settings_of([*TINY, f"results_dir={tmp_path}"])).jobs.items()))
    errors = []
    thread = threading.Thread(target=lambda: errors.append(run_all([job], tmp_path, 1)))
    thread.start()
    thread.join()
    assert errors == [{}]
    assert Store(tmp_path).state(digest) == "done"


def test_a_run_whose_code_was_changed_meanwhile_is_not_stored(tmp_path):
    digest, job = next(iter(plan(settings_of([*TINY, f"results_dir={tmp_path}"])).jobs.items()))
    errors = run_all([dataclasses.replace(job, code="of another model")], tmp_path, 1)
    assert errors == {digest: "RuntimeError: the model's code was changed while it ran; nothing of it is kept"}
    assert Store(tmp_path).state(digest) == "failed"


@pytest.mark.slow
def test_runs_of_a_design_that_ran_away_are_said(tmp_path):
    away = ["parameters.demand=6", "parameters.capacity_to_need=0.3", "parameters.runaway_months=1", "months=12"]
    words = [*(word for word in TINY if word != "months=1"), *away, "design=grid"]
    done = call(*words, "design.over=[parameters.reach:1]", f"results_dir={tmp_path}")
    assert done.returncode == 0, done.stderr
    assert "3 of 3 runs ran away and were stopped" in done.stderr


def test_a_run_with_one_wrong_byte_is_said_and_run_again(tmp_path):
    job = next(iter(plan(settings_of([*TINY, f"results_dir={tmp_path}"])).jobs.values()))
    said: list[str] = []
    assert run_missing([job], tmp_path, 1, said.append) == {}
    path = Store(tmp_path).folder(job.digest) / "streets.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])  # as long as before
    assert run_missing([job], tmp_path, 1, said.append) == {}
    assert path.read_bytes() == whole
    (Store(tmp_path).folder(job.digest) / "DONE").write_text('{"format": 1}')
    assert run_missing([job], tmp_path, 1, said.append) == {}
    assert run_missing([job], tmp_path, 1, said.append) == {}
    assert said == [
        "1 run, 0 of them already in the store",
        "1 run, 0 of them already in the store",
        f"  damaged, run again: {job.digest[:10]}",
        "1 run, 0 of them already in the store",
        f"  of an older format, run again: {job.digest[:10]}",
        "1 run, 1 of them already in the store",
    ]


@pytest.fixture
def joined(design, tmp_path):
    """Two result folders: a design, and the same made by other code."""
    for name in ("a", "b"):
        shutil.copytree(only(design), tmp_path / "tournament" / name)
    path = tmp_path / "tournament" / "b" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"code": "f" * 64}))
    return tmp_path


def test_folders_of_other_code_are_joined_but_told_apart(joined, capsys):
    assert collect.main([str(joined)]) == 0
    assert "2 versions of the model" in capsys.readouterr().err
    found = duckdb.sql(
        f"""select code, count(*) as n, count(distinct "parameters.demand") as demands
        from '{joined / "collected.parquet"}' group by code order by code"""
    ).fetchall()
    assert [row[1:] for row in found] == [(6, 2), (6, 2)]
    assert found[1][0] == "f" * 10
    assert status.main([str(joined)]) == 1
    assert "of other code than now" in capsys.readouterr().out


def test_a_folder_of_an_older_format_is_left_out_and_said(joined, capsys):
    path = joined / "tournament" / "a" / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["format"]
    path.write_text(json.dumps(manifest))
    assert collect.main([str(joined), "--out", str(joined / "other.parquet")]) == 1
    assert "older format" in capsys.readouterr().err
    assert len(pd.read_parquet(joined / "other.parquet")) == 6
    assert status.main([str(joined)]) == 1
    assert "older format" in capsys.readouterr().out


def test_what_one_folder_varies_is_a_setting_of_the_others(joined):
    folder = joined / "tournament" / "b"
    varied = ["point", "parameters.demand", "rules.tournament.league"]
    pd.read_parquet(folder / "monthly.parquet").drop(columns=varied).to_parquet(folder / "monthly.parquet")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"design.over": [], "parameters.demand": 1.25}))
    assert collect.main([str(joined)]) == 0
    table = pd.read_parquet(joined / "collected.parquet")
    other = table[table["digest"] == "b"]
    assert set(other["parameters.demand"]) == {1.25}
    assert set(other["rules.tournament.league"]) == {config["rules.tournament.league"]}
    assert table["parameters.demand"].notna().all()


def test_folders_of_one_code_whose_studies_vary_other_things_are_joined(joined):
    folder = joined / "tournament" / "b"
    shutil.copyfile(joined / "tournament" / "a" / "manifest.json", folder / "manifest.json")
    table = pd.read_parquet(folder / "monthly.parquet").assign(stage="curve", **{"parameters.reach": 0.5})
    table.drop(columns="parameters.demand").to_parquet(folder / "monthly.parquet")
    assert collect.main([str(joined)]) == 0
    found = pd.read_parquet(joined / "collected.parquet").set_index("digest")
    assert len(found) == 12
    assert set(found.loc["b", "stage"]) == {"curve"} and found.loc["a", "stage"].isna().all()
    assert set(found.loc["b", "parameters.reach"]) == {0.5}
    config = json.loads((folder / "config.json").read_text())
    assert set(found.loc["a", "parameters.reach"]) == {config["parameters.reach"]}


def test_several_folders_and_all_settings_are_collected(design, tmp_path):
    out = tmp_path / "all.parquet"
    assert collect.main([str(design), str(design), "--out", str(out), "--all-settings"]) == 0
    table = pd.read_parquet(out)
    assert len(table) == 6  # the same folder counts once
    assert (table["months"] == 1).all()
    assert (table["rules.exclusion.allowed"] == True).all()  # noqa: E712
    assert (table["arms.tournament_off"] == '["tournament_off"]').all()
    assert not [name for name in table.columns if name.startswith(("results_dir", "n_jobs"))]
