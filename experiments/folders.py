"""Result folders: where they lie, what they say of themselves, and how they are put in place."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from experiments.arms import Plan, config_digest
from experiments.digests import RESULT_FORMAT, code_digest
from experiments.manifest import manifest_in
from experiments.orders import clashes
from experiments.settings import Settings
from experiments.temporary import beside, sweep_up, written

_PACKAGES = ("mesa", "numpy", "pandas", "networkx", "matplotlib", "hydra-core", "pyarrow", "scipy")


def folder_of(settings: Settings) -> Path:
    """Return the experiment's result folder: the same command finds it again."""
    return settings.results_dir / settings.experiment / config_digest(settings)[:10]


def begin_result(settings: Settings, plan: Plan, facts: Mapping[str, Any]) -> str:
    """Lay down a new result folder before the work, with all runs as planned, so that its status can be asked for.

    A folder that is there keeps its tables until new ones are whole. Return what is to be said of it, or "".
    """
    return begin_folder(settings, plan.rows(), facts)


def begin_folder(settings: Settings, runs: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> str:
    """Do the same for any list of runs: rows of runs.csv up to the digest."""
    folder = folder_of(settings)
    sweep_up(folder.parent)
    said = made_by(folder)
    rows = pd.DataFrame([{**row, "status": "planned", "runaway": "", "error": ""} for row in runs])
    text = rows.to_csv(index=False, lineterminator="\n")
    if said is None:
        new = beside(folder.parent)
        written(new / "runs.csv", text)
        describe(settings, facts | {"state": "begun"}, new)
        try:
            new.rename(folder)
        except OSError:  # another process has just done the same
            shutil.rmtree(new, ignore_errors=True)
        return ""
    if said["state"] == "begun":
        written(folder / "runs.csv", text)
        describe(settings, facts | {"state": "begun"}, folder)
        return ""
    if said["format"] != RESULT_FORMAT:
        return "the folder holds results of an older format; they are replaced when the runs are done"
    if said["code"] != code_digest():
        return f"the folder holds results of other code ({said['code'][:10]}); they are replaced when the runs are done"
    return ""


def made_by(folder: Path) -> dict[str, Any] | None:
    """Return the format, code and state that a result folder's manifest names; None if there is no result folder."""
    if not (folder / "runs.csv").exists():
        return None
    manifest = manifest_in(folder) or {}
    return {"format": manifest.get("format", 1), "code": manifest.get("code", ""), "state": manifest.get("state", "")}


def describe(settings: Settings, facts: Mapping[str, Any], folder: Path) -> None:
    """Write what a result folder says of itself: config.yaml for people, config.json (flat) for `collect`, manifest."""
    config = yaml.safe_dump(settings.config, allow_unicode=True, sort_keys=False)
    written(folder / "config.yaml", config)
    written(folder / "config.json", json.dumps(flat(settings.config), ensure_ascii=False, indent=1) + "\n")
    written(folder / "manifest.json", json.dumps(_manifest(settings, facts), indent=1) + "\n")


def flat(node: Any, prefix: str = "") -> dict[str, Any]:
    """Return nested settings as one level of dotted keys; lists stay."""
    if not isinstance(node, dict):
        return {prefix.removesuffix("."): node}
    return {key: value for name, child in node.items() for key, value in flat(child, f"{prefix}{name}.").items()}


def _manifest(settings: Settings, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": RESULT_FORMAT,
        "experiment": settings.experiment,
        "seeds": settings.seeds,
        "order_matters": [str(one) for one in clashes(settings)],
        "code": code_digest(),
        "commit": _commit(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
        "machine": {"system": platform.system(), "processor": platform.machine()},
        **facts,
    }


def _commit() -> str:
    root = Path(__file__).parent.parent
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def swap(new: Path, folder: Path) -> None:
    """Put the new folder in the place of an old one; whoever comes second when two write at once wins."""
    away = beside(folder.parent)
    with contextlib.suppress(FileNotFoundError):
        folder.rename(away / folder.name)
    try:
        new.rename(folder)
    except OSError:  # another process has put its own there meanwhile: the same numbers
        shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(away, ignore_errors=True)
