"""A sweep through a Ray cluster of two nodes on this machine: the same bits as here, also when a job is killed.

uv run --extra ray pytest -m ray -n 0
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess

import pytest
from sweeping import COMMAND, DESIGN, PARTS, ROOT, call, process_at_work, runs, tables

pytestmark = pytest.mark.ray


@pytest.fixture(scope="module")
def cluster():
    if importlib.util.find_spec("ray") is None or importlib.util.find_spec("hydra_plugins.hydra_ray_launcher") is None:
        pytest.skip("needs the extra ray: uv run --extra ray pytest -m ray -n 0")
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    nodes.wait_for_nodes()
    before = os.environ.get("RAY_ADDRESS")
    os.environ["RAY_ADDRESS"] = nodes.address
    yield nodes
    os.environ.pop("RAY_ADDRESS") if before is None else os.environ.update(RAY_ADDRESS=before)
    nodes.shutdown()


def test_a_sweep_through_two_ray_nodes_gives_the_same_bits(cluster, here, tmp_path):
    done = call(*PARTS, *DESIGN, "hydra/launcher=ray_cluster", f"results_dir={tmp_path}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 jobs done" in done.stdout
    assert runs(tmp_path) == runs(here)
    assert call(*DESIGN, f"results_dir={tmp_path}").returncode == 0
    assert tables(tmp_path) == tables(here)


def test_a_job_that_is_killed_is_made_up_for(cluster, here, tmp_path):
    words = [*PARTS, *DESIGN, "hydra/launcher=ray_cluster", f"results_dir={tmp_path}"]
    sweep = subprocess.Popen(
        [*COMMAND, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    os.kill(process_at_work(tmp_path), signal.SIGKILL)
    out, _ = sweep.communicate(timeout=500)
    assert sweep.returncode == 0, out  # Ray starts the job again, and it goes on
    assert "the task will be retried" in out
    assert "4 jobs done" in out
    assert runs(tmp_path) == runs(here)
    assert call(*DESIGN, f"results_dir={tmp_path}").returncode == 0
    assert tables(tmp_path) == tables(here)
