"""Say how far an experiment is: `python -m experiments.status DIR` for a result folder or a results folder."""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from pathlib import Path

from experiments.digests import RESULT_FORMAT, code_digest
from experiments.errors import NOTHING, Arguments, BadInput, exit_code
from experiments.manifest import manifest_in
from experiments.store import Store

_SHOWN = 20  # errors shown of one folder
_WORDS = {
    "done": "done",
    "failed": "failed",
    "missing": "missing",
    "damaged": "damaged (the same command runs them again)",
    "old": "of an older format (the same command runs them again)",
}


def main(arguments: list[str] | None = None) -> int:
    """Print done, failed and missing runs of each result folder.

    Return 0 if every run is done and every folder's tables can be used, else 1 (2: bad input). Finished results of
    other code can be used: that is said, and changes nothing.
    """
    parser = Arguments(prog="python -m experiments.status", description=__doc__)
    parser.add_argument("DIR", help="a result folder, or a folder that holds some")
    parser.add_argument("--checksums", action="store_true", help="read every file, not only its size")
    asked = parser.parsed(arguments)
    if isinstance(asked, int):
        return asked
    return exit_code(lambda: _say_all(Path(asked.DIR), asked.checksums), NOTHING)


def _say_all(root: Path, checksums: bool) -> int:
    tables = find(root)
    if not tables:
        raise BadInput(f"{root}: no result folder (a folder with runs.csv) here")
    whole = [_say(path, checksums) for path in tables]
    sys.stdout.flush()
    return 0 if all(whole) else 1


def find(root: Path, name: str = "runs.csv") -> list[Path]:
    """Return the files of that name in result folders under `root`, sorted; the store of runs is not looked into."""
    found = []
    for folder, names, files in os.walk(root):
        names[:] = sorted(one for one in names if one != "runs" and not one.startswith("."))
        if name in files:
            found.append(Path(folder) / name)
    return found


def default_place(root: Path, name: str) -> Path:
    """Return where what is made of `root` goes: into it, or beside it if it is itself a result folder.

    A result folder is replaced as a whole when its command is given again.
    """
    return root.with_name(f"{root.name}_{name}") if (root / "runs.csv").is_file() else root / name


def _say(path: Path, checksums: bool) -> bool:
    """Print one result folder's state, with the first line of each error; return whether all of it can be used."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            runs = list(csv.DictReader(file))
        digests = [row["digest"] for row in runs]
        if not digests:
            raise KeyError("digest")
    except (OSError, KeyError, UnicodeDecodeError, csv.Error):
        print(f"{path.parent}: its runs.csv cannot be read; the same command makes it anew")
        return False
    store, states = Store(path.resolve().parents[2]), {}
    for digest in dict.fromkeys(digests):
        states[digest] = store.state(digest, checksums)
    counts = Counter(states[row["digest"]] for row in runs)
    parts = [f"{counts[state]} {word}" for state, word in _WORDS.items() if counts[state] or state in list(_WORDS)[:3]]
    note, usable = _tables(path.parent)
    if usable and counts["done"] and not _readable(path.parent):
        note, usable = "; its tables are damaged: the same command makes them anew", False
    print(f"{path.parent}: {', '.join(parts)}{note}")
    failed = [row for row in runs if states[row["digest"]] == "failed"]
    for row in failed[:_SHOWN]:
        where = ", ".join(f"{key} {row[key]}" for key in ("point", "arm", "seed") if row.get(key))
        print(f"  {where}: {store.error(row['digest'])}")
    if len(failed) > _SHOWN:
        print(f"  … and {len(failed) - _SHOWN} more")
    return usable and counts["done"] == len(runs)


def _tables(folder: Path) -> tuple[str, bool]:
    """Return what a reader must know of a folder besides its runs, and whether its tables can be used.

    They cannot if they are of an older format or not written yet; those of other code can.
    """
    manifest = manifest_in(folder)
    if manifest is None:
        return "; its manifest cannot be read", False
    if manifest.get("format", 1) != RESULT_FORMAT:
        return "; an older format: the same command makes it anew", False
    begun = manifest.get("state") == "begun"
    note = "; no tables yet: the same command goes on" if begun else ""
    if manifest.get("code") != code_digest():
        note += "; of other code than now: the same command would run it anew"
    return note, not begun


def _readable(folder: Path) -> bool:
    """Say whether the months of a finished folder can be read; pairs of runs (loop_gain) have another table."""
    import pyarrow.parquet as pq  # takes half a second, and no other part of this needs it

    if (folder / "loop_gain.csv").is_file():
        return True
    try:
        pq.read_schema(folder / "monthly.parquet")
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
