"""The pool: jobs in processes of their own, as many at once as asked for, with progress and a clean Ctrl-C."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tqdm import tqdm

from experiments.arms import Job
from experiments.store import Store
from experiments.worker import work

_PATIENCE = 3.0  # seconds that ending workers get


@dataclass
class _Running:
    job: Job
    process: ForkServerProcess
    months: int = 0
    ended: str | None = None  # "" when done, else the first line of the error


def run_all(jobs: Sequence[Job], results_dir: Path, n_jobs: int) -> dict[str, str]:
    """Run jobs, `n_jobs` at a time, and store them; return the first line of each error by digest.

    On Ctrl-C all workers are ended within three seconds, nothing half-written is left, and KeyboardInterrupt goes on.
    """
    # a server that has imported the model once forks a worker in milliseconds; plain fork would copy open figures
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["experiments.worker"])
    waiting, running, errors = list(jobs), {}, {}
    pids: list[int] = []
    total = sum(job.months for job in jobs)
    bar = tqdm(total=total, unit="month", disable=None, file=sys.stderr, dynamic_ncols=True, desc="simulating")
    try:
        while waiting or running:
            while waiting and len(running) < n_jobs:
                job = waiting.pop(0)
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=work, args=(job, results_dir, theirs))
                process.start()
                theirs.close()
                pids.append(process.pid or 0)
                running[ours] = _Running(job, process)
            for channel in wait(list(running), timeout=1.0):
                _listen(channel, running, errors, bar)  # type: ignore[arg-type]
    finally:
        bar.close()
        _end([one.process for one in running.values()])
        Store(results_dir).sweep_up(pids)
    return errors


def _listen(channel: Connection, running: dict[Connection, _Running], errors: dict[str, str], bar: tqdm) -> None:
    """Take one message from a worker; a channel that closes without a last word means that the worker died."""
    one = running[channel]
    try:
        word, value = channel.recv()
    except EOFError:
        one.process.join()
        if one.ended is None:
            one.ended = f"the worker process died (exit code {one.process.exitcode})"
        if one.ended:
            errors[one.job.digest] = one.ended
            tqdm.write(f"seed {one.job.seed}: {one.ended}", file=sys.stderr)
        bar.update(one.job.months - one.months)
        channel.close()
        del running[channel]
        return
    if word == "month":
        bar.update(value - one.months)
        one.months = value
    else:
        one.ended = value


def _end(processes: list[ForkServerProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _PATIENCE
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
