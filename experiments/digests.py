"""Digests: what a run or a result folder is known by. Imports nothing of the model, so that it is quick."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

RESULT_FORMAT = 3  # of a result folder


@functools.lru_cache(maxsize=1)
def code_digest() -> str:
    """Return the SHA-256 of the model's code as it was when this process first asked."""
    return code_on_disk()


def code_on_disk() -> str:
    """Return the SHA-256 of the model's code as it is now, sim/**/*.py by path."""
    root = Path(__file__).parent.parent / "sim"
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def sha256(content: Any) -> str:
    """Return the SHA-256 of canonical JSON: sorted keys, floats by repr."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
