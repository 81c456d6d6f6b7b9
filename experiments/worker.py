"""A worker: one process, one run, from a job to the store. It ends when its parent ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from multiprocessing.connection import Connection, wait
from pathlib import Path

from experiments.arms import Job
from experiments.digests import code_on_disk
from experiments.store import Store


def work(job: Job, results_dir: Path, channel: Connection) -> None:
    """Run a job and store it; send ("month", n) on the way, and ("done", "") or ("failed", first line) at the end."""
    from sim.model import TournamentModel  # the parent, which has no model, need not load Mesa

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_end_with_parent, daemon=True).start()
    began = time.perf_counter()
    try:
        model = TournamentModel(
            city=job.city,
            rules=job.rules,
            parameters=job.parameters,
            reforms=job.reforms,
            seed=job.seed,
            scale=job.scale,
            start=job.start,
        )
        record = model.run(job.months, on_month=lambda n: channel.send(("month", n)))
        tables = {
            "monthly": record.monthly(),
            "streets": record.streets(),
            "categories": record.categories(),
            "hours": record.hours(),
            "attempts": record.attempts(),
            "tickets": record.tickets(),
        }
        facts = {
            "seed": job.seed,
            "start": job.start,
            "months": len(record.months),
            "runaway": record.runaway,
            "seconds": round(time.perf_counter() - began, 3),
            "code": job.code,
        }
        if code_on_disk() != job.code:  # a module that was read late may be of the new code
            raise RuntimeError("the model's code was changed while it ran; nothing of it is kept")
        Store(results_dir).write(job.digest, tables, facts)
    except Exception as error:
        said = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
        Store(results_dir).fail(job.digest, said, traceback.format_exc())
        channel.send(("failed", said))
    else:
        channel.send(("done", ""))
    channel.close()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
