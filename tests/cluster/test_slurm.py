"""A sweep through a real SLURM: the same bits as here, and a job that is killed is made up for.

tests/cluster/slurm_node.sh install   # as root, once
uv run --extra slurm pytest -m slurm -n 0
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sweeping import COMMAND, DESIGN, PARTS, ROOT, call, process_at_work, runs, tables

NODE = Path(__file__).with_name("slurm_node.sh")
LAUNCHER = [
    *("hydra/launcher=slurm", "hydra.launcher.partition=main", "hydra.launcher.cpus_per_task=1"),
    *("hydra.launcher.mem_gb=1", "hydra.launcher.timeout_min=20"),
]
pytestmark = pytest.mark.slurm


@pytest.fixture(scope="module")
def cluster():
    if shutil.which("sbatch") is None:
        pytest.skip("no sbatch here: run tests/cluster/slurm_node.sh install (as root) first")
    if importlib.util.find_spec("hydra_plugins.hydra_submitit_launcher") is None:
        pytest.skip("needs the extra slurm: uv run --extra slurm pytest -m slurm -n 0")
    subprocess.run([NODE, "start"], check=True, capture_output=True, timeout=400)
    yield
    subprocess.run([NODE, "stop"], check=False, timeout=60)


def test_a_sweep_through_slurm_gives_the_same_bits(cluster, here, tmp_path):
    done = call(*PARTS, *DESIGN, *LAUNCHER, f"results_dir={tmp_path}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 jobs done" in done.stdout
    assert runs(tmp_path) == runs(here)
    gathered = call(*DESIGN, f"results_dir={tmp_path}")
    assert "12 runs, 12 of them already in the store" in gathered.stderr
    assert tables(tmp_path) == tables(here)
    deadline = time.monotonic() + 120
    while (states := _states()) != ["COMPLETED"] * 4 and time.monotonic() < deadline:  # accounts are kept with a delay
        time.sleep(1.0)
    assert states == ["COMPLETED"] * 4


def test_a_killed_job_is_said_and_made_up_for(cluster, here, tmp_path):
    words = [*PARTS, *DESIGN, *LAUNCHER, f"results_dir={tmp_path}"]
    sweep = subprocess.Popen(
        [*COMMAND, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    os.kill(process_at_work(tmp_path), signal.SIGKILL)  # scancel leaves it some seconds, in which it may end by itself
    out, said = sweep.communicate(timeout=900)
    assert sweep.returncode == 1, out + said
    assert "ended without a word" in said
    assert "the same command goes on" in out
    there = runs(tmp_path)
    assert 0 < len(there) < len(runs(here))
    again = call(*words)
    assert again.returncode == 0, again.stdout + again.stderr
    assert runs(tmp_path) == runs(here)
    assert call(*DESIGN, f"results_dir={tmp_path}").returncode == 0
    assert tables(tmp_path) == tables(here)


def _states() -> list[str]:
    """Return the states of the tasks of the last job array."""
    rows = [line.split() for line in _slurm("sacct", "-X", "-n", "-o", "jobid%30,state%30").splitlines()]
    last = max(int(row[0].split("_")[0]) for row in rows)
    return [row[1] for row in rows if row[0].startswith(f"{last}_")]


def _slurm(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout
