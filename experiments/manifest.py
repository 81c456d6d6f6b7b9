"""The manifest of a result folder as it lies there; imports nothing slow, because the status of folders asks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def manifest_in(folder: Path) -> dict[str, Any] | None:
    """Return what a result folder's manifest.json says, or None if it cannot be read."""
    try:
        said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None
