"""What both clusters' tests share: the same design run on this machine."""

from __future__ import annotations

import pytest
from sweeping import DESIGN, call


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """Return the results folder of the design, run without a cluster."""
    folder = tmp_path_factory.mktemp("here")
    done = call(*DESIGN, f"results_dir={folder}")
    assert done.returncode == 0, done.stderr
    return folder
