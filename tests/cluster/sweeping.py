"""What both clusters are tested with: a small design shared out in parts, here and there."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "experiments.run"]
DESIGN = [
    *(
        "experiment=tournament",
        "~arms.tournament_half",
        "city=small",
        "months=3",
        "seeds=2",
        "scale=0.1",
        "figures=[]",
        "design=sobol",
        "design.points=2",
    ),
    "design.over=[parameters.demand:0.8:1.2,rules.tournament.league]",
]
PARTS = ["-m", "part=0,1,2,3", "parts=4"]


def call(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it said."""
    return subprocess.run([*COMMAND, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500)


def tables(results: Path) -> dict[str, bytes]:
    """Return the tables of the one result folder."""
    (folder,) = (path for path in (results / "tournament").iterdir() if path.is_dir())
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".parquet")}
    assert {"monthly.parquet", "points.parquet", "effects.parquet", "design.csv", "runs.csv"} <= set(found)
    return found


def runs(results: Path) -> dict[str, bytes]:
    """Return every table of every run in the store."""
    return {str(path.relative_to(results)): path.read_bytes() for path in sorted(results.glob("runs/??/*/*.parquet"))}


def process_at_work(results: Path) -> int:
    """Wait until some runs are done and return the process of a job of this machine that is at another run."""
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        for path in results.glob("runs/.claims/*"):
            with contextlib.suppress(OSError):  # given free meanwhile
                words = path.read_text().split()
                if len(words) == 2 and runs(results):
                    return int(words[1])
        time.sleep(0.02)
    raise TimeoutError("no job is at a run")
