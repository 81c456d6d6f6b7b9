"""Join result folders into one tidy table: `python -m experiments.collect DIR` writes DIR/collected.parquet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import yaml


def main(arguments: list[str] | None = None) -> int:
    """Collect monthly.parquet of every result folder under DIR; settings that differ become columns."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        print("usage: python -m experiments.collect DIR   (writes DIR/collected.parquet)")
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    root = Path(arguments[0]).resolve()
    found = [path for path in sorted(root.rglob("monthly.parquet")) if (path.parent / "config.yaml").exists()]
    if not found:
        print(f"error: {root}: no result folder with monthly.parquet under it", file=sys.stderr)
        return 2
    table = collected(found)
    beside = root / ".tmp-collected.parquet"
    table.to_parquet(beside, index=False)
    beside.rename(root / "collected.parquet")
    print(f"{root / 'collected.parquet'}: {len(table)} rows from {len(found)} result folders")
    return 0


def collected(paths: list[Path]) -> pd.DataFrame:
    """Return all months of all result folders: experiment, digest, the settings that differ, arm, seed, outcomes."""
    settings = [_flat(yaml.safe_load((path.parent / "config.yaml").read_text(encoding="utf-8")), "") for path in paths]
    keys = dict.fromkeys(key for one in settings for key in one if not key.startswith(("results_dir", "n_jobs")))
    differing = [key for key in keys if len({repr(one.get(key)) for one in settings}) > 1]
    parts = []
    for path, one in zip(paths, settings, strict=True):
        part = pd.read_parquet(path)
        front: dict[str, Any] = {"experiment": path.parent.parent.name, "digest": path.parent.name}
        front |= {key: one.get(key) for key in differing}
        for place, (key, value) in enumerate(front.items()):
            part.insert(place, key, str(value) if isinstance(value, list) else value)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _flat(node: Any, prefix: str) -> dict[str, Any]:
    if not isinstance(node, dict):
        return {prefix.removesuffix("."): node}
    return {key: value for name, child in node.items() for key, value in _flat(child, f"{prefix}{name}.").items()}


if __name__ == "__main__":
    sys.exit(main())
