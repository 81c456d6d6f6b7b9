"""The pool: jobs in processes of their own, as many at once as asked for, with progress and a clean Ctrl-C."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from experiments.arms import Job
from experiments.claims import Claims
from experiments.progress import Progress
from experiments.store import Store
from experiments.worker import work
from sim.reforms import reform_names

_PATIENCE = 3.0  # seconds that ending workers get
_LOOK = 2.0  # seconds between looks at runs that another process is at
_SIGN = 60.0  # seconds between signs of life


@dataclass
class _Running:
    job: Job
    process: ForkServerProcess
    months: int = 0
    ended: str | None = None  # "" when done, else the first line of the error


def run_all(jobs: Sequence[Job], results_dir: Path, n_jobs: int) -> dict[str, str]:
    """Run jobs, `n_jobs` at a time, and store them; return the first line of each error by digest.

    Runs that another process is at are waited for, and taken over if it dies. On Ctrl-C all workers are ended within
    three seconds, nothing half-written is left, and KeyboardInterrupt goes on.
    """
    return _Pool(jobs, results_dir, n_jobs).run()


class _Pool:
    """The jobs waiting, running, and being run by another process."""

    def __init__(self, jobs: Sequence[Job], results_dir: Path, n_jobs: int) -> None:
        self.results_dir, self.n_jobs = results_dir, n_jobs
        self.store = Store(results_dir)
        self.claims = Claims(self.store.root)
        self.waiting, self.elsewhere = deque(jobs), deque[Job]()
        self.running: dict[Connection, _Running] = {}
        self.errors: dict[str, str] = {}
        self.pids: list[int] = []
        self.looked = self.signed = time.monotonic()
        # a server that has imported the model once forks a worker in milliseconds; plain fork would copy open figures
        self.context = multiprocessing.get_context("forkserver")
        # all reforms too: a worker would read those of its job from disk, in whatever state they are by then
        reforms = [f"sim.reforms.{name}" for name in reform_names()]
        self.context.set_forkserver_preload(["experiments.worker", "sim.model", *reforms])
        self.progress = Progress(len(jobs), sum(job.months for job in jobs))

    def run(self) -> dict[str, str]:
        """Run all jobs and return the errors."""
        try:
            self._start_server()
            while self.waiting or self.running or self.elsewhere:
                self._start()
                if self.running:
                    for channel in wait(list(self.running), timeout=1.0):
                        self._listen(channel)  # type: ignore[arg-type]
                elif self.elsewhere:
                    time.sleep(0.2)
                if time.monotonic() - self.signed > _SIGN:
                    self.signed = time.monotonic()
                    self.claims.show_life()
        finally:
            self.progress.close()
            _end([one.process for one in self.running.values()])
            self.claims.release_all()
            self.store.sweep_up(self.pids)
        return self.errors

    def _start_server(self) -> None:
        """Start the server deaf to Ctrl-C, which is the parent's, and wait until it has imported all that it shall.

        A signal that is ignored stays so in a new process. Ctrl-C ends the waiting, not a job half handed over.
        """
        heard = signal.getsignal(signal.SIGINT)  # None: not Python's to put back
        if heard is not None and threading.current_thread() is threading.main_thread():  # no other thread may say it
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                forkserver.ensure_running()
            finally:
                signal.signal(signal.SIGINT, heard)
        first = self.context.Process(target=time.sleep, args=(0.0,))
        first.start()
        first.join()

    def _start(self) -> None:
        """Start jobs while there is room; those that another process is at are looked at again now and then."""
        if not self.waiting and self.elsewhere and time.monotonic() - self.looked > _LOOK:
            self.looked = time.monotonic()
            self.waiting, self.elsewhere = self.elsewhere, deque()
        while self.waiting and len(self.running) < self.n_jobs:
            job = self.waiting.popleft()
            if not self.claims.take(job.digest):
                self.elsewhere.append(job)
            elif self.store.state(job.digest) == "done":  # another process was there first
                self.claims.release(job.digest)
                self.progress.add(job.months, whole=True)
            else:
                self._launch(job)

    def _launch(self, job: Job) -> None:
        ours, theirs = self.context.Pipe(duplex=False)
        process = self.context.Process(target=work, args=(job, self.results_dir, theirs))
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()  # cut short it would leave a worker with half a job
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        theirs.close()
        self.pids.append(process.pid or 0)
        self.running[ours] = _Running(job, process)

    def _listen(self, channel: Connection) -> None:
        """Take one message from a worker; a channel that closes without a last word means that the worker died."""
        one = self.running[channel]
        try:
            word, value = channel.recv()
        except EOFError:
            self._finish(channel, one)
            return
        if word == "month":
            self.progress.add(value - one.months)
            one.months = value
        else:
            one.ended = value

    def _finish(self, channel: Connection, one: _Running) -> None:
        one.process.join()
        if one.ended is None:
            one.ended = f"the worker process died (exit code {one.process.exitcode})"
            self.store.fail(one.job.digest, one.ended)
        if one.ended:
            self.errors[one.job.digest] = one.ended
            self.progress.say(f"seed {one.job.seed}: {one.ended}")
        self.claims.release(one.job.digest)
        self.progress.add(one.job.months - one.months, whole=True)
        channel.close()
        del self.running[channel]


def _end(processes: list[ForkServerProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _PATIENCE
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
