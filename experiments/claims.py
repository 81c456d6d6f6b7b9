"""Claims: which process is at work on which run, so that several at one store do not do the same work twice.

A claim is a courtesy, not a lock: if it fails, a run is simulated twice and stored once.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

from experiments.temporary import alive, machine

_STALE = 600.0  # seconds without a sign of life after which another machine's claim is void


class Claims:
    """Files `runs/.claims/<digest>` that hold the machine and process at work; touched as a sign of life."""

    def __init__(self, runs: Path) -> None:
        self.folder = runs / ".claims"
        self.held: set[str] = set()

    def take(self, digest: str) -> bool:
        """Claim a run; return whether it is ours now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / digest
        for _ in range(2):
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            except FileExistsError:
                if not self._void(path):
                    return False
                self._put_aside(path)
                continue
            with os.fdopen(handle, "w") as file:
                file.write(f"{machine()} {os.getpid()}")
            self.held.add(digest)
            return True
        return False

    def release(self, digest: str) -> None:
        """Give a run free."""
        if digest in self.held:
            self.held.discard(digest)
            (self.folder / digest).unlink(missing_ok=True)

    def release_all(self) -> None:
        """Give every run free."""
        for digest in list(self.held):
            self.release(digest)

    def show_life(self) -> None:
        """Touch the claims held."""
        for digest in self.held:
            with contextlib.suppress(OSError):
                os.utime(self.folder / digest)

    def sweep_up(self) -> None:
        """Remove the claims of the dead."""
        for path in self.folder.glob("*"):
            if self._void(path):
                self._put_aside(path)

    def _void(self, path: Path) -> bool:
        try:
            words, age = path.read_text().split(), time.time() - path.stat().st_mtime
        except OSError:
            return True
        if len(words) == 2 and words[0] == machine():
            return not alive(int(words[1]))
        return age > _STALE

    def _put_aside(self, path: Path) -> None:
        """Remove a void claim; of several who try, one renames it, and nobody removes a new one."""
        aside = self.folder / f".void-{secrets.token_hex(4)}"
        try:
            path.rename(aside)
        except OSError:
            return
        aside.unlink(missing_ok=True)
