"""How long the first words take: `uv run python -m benchmarks.startup`."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from benchmarks.child import ROOT
from benchmarks.text import measure_and_print, table, verdict

HELP = 0.4  # budget in seconds
COMMANDS = {
    "python, nothing else": ["-c", "pass"],
    "import sim": ["-c", "import sim"],
    "from sim import TournamentModel": ["-c", "from sim import TournamentModel"],
    "python -m experiments.run --help": ["-m", "experiments.run", "--help"],
}


def seconds(arguments: list[str]) -> float:
    """Return the wall seconds of a Python process. Raises subprocess.CalledProcessError if it fails."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def compare(repetitions: int = 7) -> dict[str, float]:
    """Return the median seconds of each command; the commands take turns, after one unmeasured round."""
    found: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for round_number in range(repetitions + 1):
        for name, arguments in COMMANDS.items():
            spent = seconds(arguments)
            if round_number > 0:
                found[name].append(spent)
    return {name: median(values) for name, values in found.items()}


def report(found: dict[str, float], repetitions: int) -> str:
    """Return the table."""
    bare, last = next(iter(found.values())), list(found)[-1]
    rows = []
    for name, spent in found.items():
        budget = [f"≤ {HELP:g}", verdict(spent, HELP)] if name == last else ["", ""]
        rows.append([name, f"{spent:.2f}", f"{spent / bare:.1f}", *budget])
    return table(f"Start (medians of {repetitions}, warm)", ["command", "seconds", "ratio to bare", "budget", ""], rows)


def main() -> None:
    """Measure and print."""
    measure_and_print(__doc__, compare, report, repetitions=7)


if __name__ == "__main__":
    main()
