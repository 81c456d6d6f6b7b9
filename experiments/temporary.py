"""Folders being written, named after who writes them, so that what a dead process left can be told and deleted."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
import shutil
import socket
import time
from collections.abc import Collection
from pathlib import Path

_FOREIGN_AGE = 24 * 3600.0  # seconds after which what another machine left half-written is taken for dead


@functools.cache
def machine() -> str:
    """Return a short name for this machine since its last start; numbers of processes mean something only within it."""
    parts = [socket.gethostname()]
    for read in (lambda: Path("/proc/sys/kernel/random/boot_id").read_text(), lambda: os.readlink("/proc/self/ns/pid")):
        try:
            parts.append(read())
        except OSError:
            parts.append("")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def alive(pid: int) -> bool:
    """Say whether a process of this machine is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def beside(parent: Path) -> Path:
    """Make and return a new folder in `parent` to write in and to rename when it is whole."""
    folder = parent / f".tmp-{machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    return folder


def written(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    new = path.with_name(f".tmp-{machine()}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def sweep_up(parent: Path, mine: Collection[int] = ()) -> None:
    """Delete what dead processes left half-written in `parent`; `mine` are processes known to have ended."""
    for left in parent.glob(".tmp-*"):
        if _dead(left, mine):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _dead(left: Path, mine: Collection[int]) -> bool:
    words = left.name.split("-")
    if len(words) == 4 and words[1] == machine() and words[2].isdigit():
        return int(words[2]) in mine or not alive(int(words[2]))
    try:
        return time.time() - left.stat().st_mtime > _FOREIGN_AGE
    except OSError:
        return False
