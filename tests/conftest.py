"""Tests start many Python processes: where Python may not keep what it compiles, it does for this run of the tests."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile


def pytest_configure(config):
    if sys.dont_write_bytecode and not hasattr(config, "workerinput"):  # else every process compiles 1 800 modules
        folder = tempfile.mkdtemp(prefix="bytecode-")
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
