"""The command as users call it: what it writes, says and refuses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
SMALL = ["city=small", "months=2", "seeds=2", "scale=0.1"]


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "experiments.run", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def tables(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(folder).items() if name.endswith((".parquet", ".csv"))}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("results")
    return call(*SMALL, f"results_dir={folder}"), folder


def only(folder: Path) -> Path:
    (found,) = (folder / "first_look").iterdir()
    return found


def test_the_result_folder_is_complete(done):
    said, folder = done
    assert said.returncode == 0, said.stderr
    names = set(files(only(folder)))
    drawn = ("resolution", "hours", "repeats", "spread", "forest", "effect_cost", "paths")
    figures = {f"figures/{name}.{kind}" for name in drawn for kind in ("pdf", "png")}
    tables = {"monthly.parquet", "streets.parquet", "hours.parquet", "attempts.parquet", "runs.csv", "rules.csv"}
    printed = {
        f"{name}.{kind}" for name in ("comparison", "cost", "changed", "fates", "rules") for kind in ("md", "tex")
    }
    compared = ("comparison", "cost", "changed", "fates", "paths")
    for_machines = {f"{name}.{kind}" for name in compared for kind in ("parquet", "csv")}
    assert names == figures | tables | printed | for_machines | {"config.yaml", "config.json", "manifest.json"}
    assert "reported resolution" in said.stdout
    assert max(map(len, said.stdout.splitlines()[:-1])) <= 140


def test_the_comparison_is_paired_and_has_an_interval(done):
    table = pd.read_csv(only(done[1]) / "comparison.csv")
    first = ["arm", "outcome", "baseline", "mean", "difference", "ci_low", "ci_high", "share_better", "n"]
    assert list(table.columns) == [*first, "interval", "d"]
    assert set(table["arm"]) == {"escalation", "resource_tilting", "both", "package"}
    known = table.dropna(subset=["ci_low"])
    assert len(known) > 20
    assert (known["ci_low"] <= known["difference"]).all()
    assert (known["difference"] <= known["ci_high"]).all()
    assert (known["n"] == 2).all()
    assert (known["interval"] == "t").all()


def test_a_repeat_uses_the_store_and_writes_the_same_bytes(done, tmp_path):
    words = [*SMALL, "figures=[hours]"]
    fresh = call(*words, f"results_dir={tmp_path}", "n_jobs=1")
    assert fresh.returncode == 0
    before = files(only(tmp_path))
    again = call(*words, f"results_dir={tmp_path}")
    assert "10 of them already in the store" in again.stderr
    after = files(only(tmp_path))
    settings = {"manifest.json", "config.yaml", "config.json"}  # they name n_jobs
    assert {name for name in before if before[name] != after[name]} <= settings
    # on any number of processes the same
    for one, other in ((only(tmp_path), only(done[1])), (tmp_path / "runs", done[1] / "runs")):
        ours, theirs = (tables(folder) for folder in (one, other))
        assert len(ours) > 5
        assert ours == theirs


def test_chinese_tables_and_figures(tmp_path):
    said = call(*SMALL, "figures=[resolution]", f"results_dir={tmp_path}", "language=zh")
    assert said.returncode == 0, said.stderr
    assert "解决率（考核）" in said.stdout
    assert "未校准" in (only(tmp_path) / "comparison.tex").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_damaged_run_is_said_and_run_again(tmp_path):
    words = ["city=small", "months=1", "seeds=1", "scale=0.1", "figures=[]", f"results_dir={tmp_path}"]
    assert call(*words).returncode == 0
    victim = next((tmp_path / "runs").rglob("monthly.parquet"))
    whole = victim.read_bytes()
    victim.write_bytes(whole[:100])
    again = call(*words)
    assert "damaged, run again" in again.stderr
    assert again.returncode == 0
    assert victim.read_bytes() == whole


def test_a_run_that_runs_away_is_a_result_not_an_error(tmp_path):
    words = ["city=small", "months=6", "seeds=1", f"results_dir={tmp_path}", "arms={baseline:[]}"]
    said = call(
        *words,
        *(f"~arms.{arm}" for arm in ("escalation", "resource_tilting", "both", "package")),
        "figures=[]",
        "parameters.runaway_months=1",
        "parameters.capacity_to_need=0.3",
        "rules.handling.close_after=60",
        "scale=0.1",
    )
    assert said.returncode == 0, said.stderr
    assert "runaway: baseline, seed 0" in said.stdout
    assert pd.read_csv(only(tmp_path) / "runs.csv")["runaway"].notna().all()


def test_ctrl_c_leaves_no_half_file_and_no_process(tmp_path):
    words = ["city=small", "months=240", "seeds=8", f"results_dir={tmp_path}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments.run", *words],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_interrupts,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "runs").exists() and time.monotonic() < deadline and not _children(process.pid):
        time.sleep(0.1)
    time.sleep(2.0)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
    _, said = process.communicate(timeout=15)
    assert process.returncode == 130
    assert "stopped" in said
    assert "resource_tracker" not in said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob(".tmp-*"))
    laid_down = {"runs.csv", "manifest.json", "config.yaml", "config.json"}
    assert {path.name for path in only(tmp_path).iterdir()} == laid_down
    deadline = time.monotonic() + 3.0  # what the operating system takes to bury them
    while _group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _group(process.pid)


def _heed_interrupts() -> None:
    """Undo what a shell does to jobs in the background: they, and all that they start, ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _children(pid: int) -> list[int]:
    return [child for child in _processes() if _stat(child)[1] == str(pid)]


def _group(pid: int) -> list[int]:
    return [one for one in _processes() if _stat(one)[2] == str(pid) and _stat(one)[0] != "Z"]


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return ["Z", "0", "0"]
