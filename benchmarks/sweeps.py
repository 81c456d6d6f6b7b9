"""Sweeps: full-scale years an hour through the pool, and what status and collect take for 10 000 runs.

`python -m benchmarks.sweeps` measures all three; `--runs 0` leaves out the simulation, `--small 0` the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.text import table, verdict
from experiments.arms import plan
from experiments.compose import settings_of
from experiments.digests import RESULT_FORMAT, code_digest, sha256
from experiments.pool import run_all
from experiments.store import Store

ROOT = Path(__file__).parent.parent
_CHILD = """
import importlib, json, re, sys, time
code = importlib.import_module(sys.argv[1]).main(sys.argv[2:])
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]  # getrusage would count the parent's too
print(json.dumps({"code": code, "processor": time.process_time(), "mebibytes": int(peak) / 1024}), file=sys.stderr)
"""


def throughput(runs: int, n_jobs: int) -> dict[str, float]:
    """Simulate `runs` years of Beijing through the pool into a fresh store; return years an hour and seconds."""
    with tempfile.TemporaryDirectory() as folder:
        words = [
            "months=12",
            f"seeds={runs}",
            f"results_dir={folder}",
            *(f"~arms.{arm}" for arm in ("escalation", "resource_tilting", "both", "package")),
        ]
        jobs = list(plan(settings_of(words)).jobs.values())
        began = time.perf_counter()
        errors = run_all(jobs, Path(folder), n_jobs)
        seconds = time.perf_counter() - began
    if errors:
        raise RuntimeError(next(iter(errors.values())))
    return {"years_an_hour": 3600.0 * runs / seconds, "seconds": seconds}


def pretend(results: Path, runs: int, folders: int) -> None:
    """Make a finished sweep of `runs` small runs in `folders` result folders, by links to one real run."""
    settings = settings_of(["city=small", "months=12", "seeds=1", "scale=0.05", f"results_dir={results}"])
    job = next(iter(plan(settings).jobs.values()))
    if errors := run_all([job], results, 1):
        raise RuntimeError(next(iter(errors.values())))
    store = Store(results)
    real = store.folder(job.digest)
    monthly = pd.read_parquet(real / "monthly.parquet")
    each = runs // folders
    for number in range(folders):
        folder = results / "pretended" / f"{number:010x}"
        folder.mkdir(parents=True)
        rows, parts = [], []
        for seed in range(each):
            digest = sha256([number, seed])
            copy = store.folder(digest)
            copy.mkdir(parents=True)
            for path in real.iterdir():
                os.link(path, copy / path.name)
            rows.append({"arm": "baseline", "seed": seed, "digest": digest, "status": "done"})
            parts.append(monthly.assign(arm="baseline", seed=seed))
        pd.DataFrame(rows).to_csv(folder / "runs.csv", index=False)
        pd.concat(parts).to_parquet(folder / "monthly.parquet", index=False)
        config = {"parameters.demand": 1.0 + number / folders, "city.folder": "small", "months": 12}
        (folder / "config.json").write_text(json.dumps(config))
        manifest = {"format": RESULT_FORMAT, "code": code_digest(), "state": "finished"}
        (folder / "manifest.json").write_text(json.dumps(manifest))


def asked(module: str, folder: Path) -> dict[str, float]:
    """Run a command in a fresh process; return its exit code, seconds on the clock and on the processor, and memory.

    On a machine that others use too, the processor's seconds are what the command itself takes.
    """
    command = [sys.executable, "-c", _CHILD, module, str(folder)]
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stderr.splitlines()[-1])
    return found | {"seconds": time.perf_counter() - began}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=8, help="years of Beijing to simulate")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="processes")
    parser.add_argument("--small", type=int, default=10_000, help="small runs of the pretended sweep")
    given = parser.parse_args()
    if given.runs:
        found = throughput(given.runs, given.jobs)
        years = found["years_an_hour"]
        row = [f"{given.runs} runs on {given.jobs} processes", f"{found['seconds']:.1f}", f"{years:.0f}", "≥ 800"]
        columns = ["years of Beijing", "seconds", "years an hour", "budget", ""]
        print(table("Throughput of a sweep", columns, [[*row, verdict(years, 800.0, at_least=True)]]))
    rows = []
    for folders in (1, 100, 2_500) if given.small else ():
        with tempfile.TemporaryDirectory() as folder:
            pretend(Path(folder), given.small, folders)
            for module, budget in (("experiments.status", 2.0), ("experiments.collect", 20.0)):
                found = asked(module, Path(folder))
                seconds, memory = found["seconds"], f"{found['mebibytes']:.0f}"
                name, alone = f"{module.split('.')[1]}, {folders} folders", f"{found['processor']:.2f}"
                rows.append([name, f"{seconds:.2f}", alone, memory, f"≤ {budget:g}", verdict(seconds, budget)])
    if rows:
        columns = ["command", "seconds", "of the processor", "MiB", "budget", ""]
        print(table(f"A sweep of {given.small} small runs", columns, rows))


if __name__ == "__main__":
    main()
