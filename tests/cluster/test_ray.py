"""A sweep through a Ray cluster of two nodes on this machine gives the same bits as here.

uv run --extra ray pytest -m ray -n 0
"""

from __future__ import annotations

import importlib.util
import os

import pytest
from sweeping import DESIGN, PARTS, call, runs, tables

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


def test_a_sweep_through_two_ray_nodes_gives_the_same_bits(cluster, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    assert call(*DESIGN, f"results_dir={here}").returncode == 0
    done = call(*PARTS, *DESIGN, "hydra/launcher=ray_cluster", f"results_dir={there}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 jobs done" in done.stdout
    assert runs(there) == runs(here)
    assert call(*DESIGN, f"results_dir={there}").returncode == 0
    assert tables(there) == tables(here)
