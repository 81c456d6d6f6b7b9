"""The store: one folder a finished run, addressed by content, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.claims import Claims
from experiments.temporary import beside, sweep_up, written

if TYPE_CHECKING:  # pandas takes half a second to import, and the status of a store needs none
    import pandas as pd

DONE = "DONE"
FORMAT = 2  # of a stored run; a change makes all stored runs old
_PATIENCE = 5  # times that a run is looked for while another process puts it in its place


class Store:
    """Finished runs under `<results_dir>/runs/<2>/<digest>/`; many processes may use one store at once.

    A run that failed leaves `<digest>.failed` beside the place where it would lie, until it succeeds.
    """

    def __init__(self, results_dir: Path) -> None:
        self.root = results_dir / "runs"

    def folder(self, digest: str) -> Path:
        """Return where a run lies or would lie."""
        return self.root / digest[:2] / digest

    def state(self, digest: str, checksums: bool = True) -> str:
        """Return "done", "missing", "failed", "old" (an older format) or "damaged": not what was written.

        Without `checksums` only the sizes of the files are compared: fast, and enough for what was cut off.
        """
        folder = self.folder(digest)
        try:
            said = json.loads((folder / DONE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            if folder.exists():
                return "damaged"
            return "failed" if self._failure(digest).exists() else "missing"
        except (OSError, ValueError):
            return "damaged"
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            return "old" if isinstance(said, dict) and said else "damaged"
        try:
            whole = bool(said["files"]) and all(
                os.stat(folder / name).st_size == size and (not checksums or _sha256(folder / name) == value)
                for name, (value, size) in said["files"].items()
            )
        except (OSError, KeyError, TypeError, ValueError):
            whole = False
        return "done" if whole else "damaged"

    def write(self, digest: str, tables: Mapping[str, pd.DataFrame], facts: Mapping[str, Any]) -> None:
        """Store a finished run: written beside, synced, checksummed, renamed. The loser of a race deletes his."""
        self.root.mkdir(parents=True, exist_ok=True)
        new = beside(self.root)
        try:
            for name, table in tables.items():
                table.to_parquet(new / f"{name}.parquet", index=False)
            (new / "run.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            files = {path.name: (_sha256(path), path.stat().st_size) for path in sorted(new.iterdir())}
            (new / DONE).write_text(json.dumps({"format": FORMAT, "files": files}), encoding="utf-8")
            for path in new.iterdir():
                _sync(path)
            _sync(new)
            self._put(new, digest)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        self._failure(digest).unlink(missing_ok=True)

    def _put(self, new: Path, digest: str) -> None:
        folder = self.folder(digest)
        folder.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_PATIENCE):
            try:
                new.rename(folder)
            except OSError:
                if self.state(digest) == "done":
                    return
                self._put_aside(folder)
            else:
                _sync(folder.parent)
                return
        raise OSError(f"{folder} cannot be put in its place")

    def _put_aside(self, folder: Path) -> None:
        """Move a damaged run away in one step, so that nobody sees a half-deleted one."""
        away = beside(self.root)
        try:
            folder.rename(away / folder.name)
        except FileNotFoundError:
            pass
        finally:
            shutil.rmtree(away, ignore_errors=True)

    def fail(self, digest: str, error: str, trace: str = "") -> None:
        """Note that a run failed: the first line of the error, the whole trace, and when."""
        path = self._failure(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        facts = {"error": error, "trace": trace, "when": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        written(path, json.dumps(facts, indent=1) + "\n")

    def error(self, digest: str) -> str:
        """Return the first line of the error of a run that failed, or ""."""
        try:
            return str(json.loads(self._failure(digest).read_text(encoding="utf-8"))["error"])
        except (OSError, ValueError, KeyError):
            return ""

    def _failure(self, digest: str) -> Path:
        return self.root / digest[:2] / f"{digest}.failed"

    def read(
        self, digest: str, names: Collection[str] | Mapping[str, Sequence[str]] = ()
    ) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
        """Return a run's tables (those of `names`, or all; some columns of each, if these are named too) and facts."""
        import pandas as pd

        folder, columns = self.folder(digest), names if isinstance(names, Mapping) else {}
        for left in reversed(range(_PATIENCE)):
            try:
                paths = [folder / f"{name}.parquet" for name in names] or sorted(folder.glob("*.parquet"))
                tables = {path.stem: pd.read_parquet(path, columns=columns.get(path.stem)) for path in paths}
                return tables, json.loads((folder / "run.json").read_text(encoding="utf-8"))
            except FileNotFoundError:  # another process is putting a whole run in the place of a damaged one
                if not left:
                    raise
                time.sleep(0.05)
        raise AssertionError

    def sweep_up(self, pids: Collection[int] = ()) -> None:
        """Delete what processes that have ended left half-written; `pids` are known to have ended."""
        sweep_up(self.root, pids)
        Claims(self.root).sweep_up()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
