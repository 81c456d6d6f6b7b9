"""The pins for uv and for pip are the same, and nothing is tracked that names where packages come from."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_pins_of_uv_and_pip_agree() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert settings["tool"]["uv"]["constraint-dependencies"] == pins
    assert all(re.fullmatch(r"[a-z0-9_.-]+==[0-9][^ ;]*", pin) for pin in pins)


def test_every_dependency_is_pinned() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = settings["project"]["dependencies"] + settings["dependency-groups"]["dev"]
    names = {re.split(r"[<>=]", text)[0].lower() for text in asked}
    pinned = {pin.split("==")[0] for pin in settings["tool"]["uv"]["constraint-dependencies"]}
    assert names <= pinned


def test_no_lock_file_and_no_large_file_is_tracked() -> None:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    tracked = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    assert ROOT / "pyproject.toml" in tracked
    assert not [path for path in tracked if path.name == "uv.lock" or ".venv" in path.parts]
    assert not [path for path in tracked if path.exists() and path.stat().st_size > 1_000_000]
