"""Progress: how far the runs are and how long the rest will take: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import threading
import time

from tqdm import tqdm

_EVERY = 30.0  # seconds between lines where there is no terminal


class Progress:
    """Months simulated of all months asked for."""

    def __init__(self, runs: int, months: int) -> None:
        self.runs, self.months = runs, months
        self.runs_done = self.months_done = 0
        self.began = self.said = time.monotonic()
        tqdm.set_lock(threading.RLock())  # its own is shared between processes and outlives a run that is stopped
        self.bar = tqdm(
            total=months, unit="month", disable=None, file=sys.stderr, dynamic_ncols=True, desc="simulating"
        )

    def add(self, months: int, whole: bool = False) -> None:
        """Count months simulated; `whole` says that with them a run is over."""
        self.months_done += months
        self.runs_done += whole
        self.bar.update(months)
        if self.bar.disable and time.monotonic() - self.said > _EVERY:
            self.said = time.monotonic()
            print(self.line(self.said - self.began), file=sys.stderr, flush=True)

    def line(self, seconds: float) -> str:
        """Return where the runs are after so many seconds, and the time left at the same speed."""
        left = seconds * (self.months - self.months_done) / max(1, self.months_done)
        return f"{self.runs_done} of {self.runs} runs, {duration(left)} left"

    def say(self, text: str) -> None:
        """Print a line beside the bar."""
        tqdm.write(text, file=sys.stderr)

    def close(self) -> None:
        """End the bar."""
        self.bar.close()


def duration(seconds: float) -> str:
    """Return a time in words, "about 3 min"."""
    if seconds < 90.0:
        return f"about {seconds:.0f} s"
    return f"about {seconds / 60.0:.0f} min" if seconds < 5400.0 else f"about {seconds / 3600.0:.1f} h"
