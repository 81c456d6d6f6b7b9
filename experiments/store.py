"""The store: one folder a finished run, addressed by content, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

DONE = "DONE"


class Store:
    """Finished runs under `<results_dir>/runs/<2>/<digest>/`; many processes may use one store at once."""

    def __init__(self, results_dir: Path) -> None:
        self.root = results_dir / "runs"

    def folder(self, digest: str) -> Path:
        """Return where a run lies or would lie."""
        return self.root / digest[:2] / digest

    def state(self, digest: str) -> str:
        """Return "done", "missing", or "damaged": a file is missing or not what was written."""
        folder = self.folder(digest)
        if not folder.exists():
            return "missing"
        try:
            sums = json.loads((folder / DONE).read_text(encoding="utf-8"))
            whole = bool(sums) and all(_sha256(folder / name) == value for name, value in sums.items())
        except (OSError, ValueError, AttributeError):
            whole = False
        return "done" if whole else "damaged"

    def write(self, digest: str, tables: Mapping[str, pd.DataFrame], facts: Mapping[str, Any]) -> None:
        """Store a finished run: written beside, synced, checksummed, renamed. The loser of a race deletes his."""
        self.root.mkdir(parents=True, exist_ok=True)
        folder = self.folder(digest)
        beside = self.root / f".tmp-{os.getpid()}-{secrets.token_hex(4)}"
        beside.mkdir()
        try:
            for name, table in tables.items():
                table.to_parquet(beside / f"{name}.parquet", index=False)
            (beside / "run.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            sums = {path.name: _sha256(path) for path in sorted(beside.iterdir())}
            (beside / DONE).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
            for path in beside.iterdir():
                _sync(path)
            _sync(beside)
            folder.parent.mkdir(parents=True, exist_ok=True)
            if self.state(digest) == "damaged":
                shutil.rmtree(folder, ignore_errors=True)
            try:
                beside.rename(folder)
            except OSError:
                if self.state(digest) != "done":
                    raise
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def read(self, digest: str) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
        """Return a run's tables and facts."""
        folder = self.folder(digest)
        tables = {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
        return tables, json.loads((folder / "run.json").read_text(encoding="utf-8"))

    def sweep_up(self, pids: list[int]) -> None:
        """Delete what processes that have ended left half-written."""
        for pid in pids:
            for left in self.root.glob(f".tmp-{pid}-*"):
                shutil.rmtree(left, ignore_errors=True)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
