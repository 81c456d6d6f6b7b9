"""Missing runs: what the store does not have of the runs asked for, said and run; what is damaged or old counts too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from experiments import pool
from experiments.arms import Job
from experiments.store import Store

_AGAIN = {"damaged": "damaged", "old": "of an older format"}  # states of runs that are there, yet of no use


def run_missing(
    jobs: Sequence[Job], results_dir: Path, n_jobs: int, say: Callable[[str], None], more: str = ""
) -> dict[str, str]:
    """Run those of `jobs` that the store does not have whole; return the first line of each error by digest.

    Every file of a stored run is compared with its checksum. `more` is added to the line that says how many there are.
    """
    store = Store(results_dir)
    store.sweep_up()
    states = {job.digest: store.state(job.digest) for job in jobs}
    known = sum(state == "done" for state in states.values())
    say(f"{len(jobs)} {'run' if len(jobs) == 1 else 'runs'}, {known} of them already in the store{more}")
    for digest, state in states.items():
        if state in _AGAIN:
            say(f"  {_AGAIN[state]}, run again: {digest[:10]}")
    missing = [job for job in jobs if states[job.digest] != "done"]
    return pool.run_all(missing, results_dir, n_jobs) if missing else {}
