"""Say how far an experiment is: `python -m experiments.status DIR` for a result folder or a results folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from experiments.store import Store


def main(arguments: list[str] | None = None) -> int:
    """Print done, failed and missing runs of each result folder; return 0 if all are done, else 1 (2: bad input)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        print("usage: python -m experiments.status DIR   (a result folder, or the folder that holds them)")
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    root = Path(arguments[0])
    tables = sorted(root.rglob("runs.csv"))
    if not tables:
        print(f"error: {root}: no result folder (a folder with runs.csv) here", file=sys.stderr)
        return 2
    whole = True
    for path in tables:
        whole &= _say(path)
    return 0 if whole else 1


def _say(path: Path) -> bool:
    """Print one result folder's state, with the first line of each error; return whether every run is done."""
    runs = pd.read_csv(path, keep_default_na=False)
    store = Store(path.resolve().parents[2])
    failed = runs[runs["status"] == "failed"]
    fine = runs[runs["status"] == "done"]
    lost = [digest for digest in fine["digest"].unique() if store.state(digest) != "done"]
    missing = int(fine["digest"].isin(lost).sum())
    print(f"{path.parent}: {len(fine) - missing} done, {len(failed)} failed, {missing} missing or damaged in the store")
    for row in failed.itertuples():
        print(f"  {row.arm}, seed {row.seed}: {row.error}")
    return not len(failed) and not missing


if __name__ == "__main__":
    sys.exit(main())
