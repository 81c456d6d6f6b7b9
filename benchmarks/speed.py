"""Speed and memory of one year of Beijing 1:1 at 6.5 million tickets: `uv run python -m benchmarks.speed`.

Also the marginal cost of a ticket, and the cost of a hundred times as many streets for the same people: with as many
tickets, and with as many problems, which come back more often there. Takes about four minutes: every run is a fresh
process with Mesa and Hydra loaded, and the kinds of run take turns.
"""

from __future__ import annotations

from statistics import median

from benchmarks.child import in_fresh_process
from benchmarks.text import measure_and_print, table, verdict

START = "2021-01-01"
TICKETS = 6.5e6  # a year, repeats included
SECONDS, MEMORY, MARGINAL, STREETS = 8.0, 400.0, 1.2, 1.5  # budgets: s, MiB, µs a ticket, ratio
AIM = {"seconds": 5.0, "memory": 320.0, "marginal": 0.7}

Figures = dict[str, float]


def demand_for(tickets: float, near: float = 0.02, tries: int = 3, **asked: object) -> float:
    """Return the demand at which a run has so many tickets, repeats included, within the share `near`.

    Raises ValueError if it is not found.
    """
    demand = 1.0
    for _ in range(tries):
        found = in_fresh_process(demand=demand, **asked)["tickets"]
        if abs(found / tickets - 1.0) <= near:
            return demand
        demand *= tickets / found
    raise ValueError(f"no demand found that gives {tickets:g} tickets")


def middle(runs: list[Figures]) -> Figures:
    """Return the median of each figure."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def compare(
    city: str = "beijing",
    tickets: float = TICKETS,
    months: int = 12,
    scale: float = 1.0,
    split: int = 100,
    repetitions: int = 3,
) -> dict[str, Figures]:
    """Measure the five kinds of run in turns and return the medians: year, half, whole, split, problems."""
    common = {"city": city, "start": START, "months": months, "scale": scale}
    demand = demand_for(tickets, **common)
    kinds: dict[str, dict[str, object]] = {
        "year": {"demand": demand},
        "half": {"demand": 0.5},
        "whole": {"demand": 1.0},
        "split": {"demand": demand_for(tickets, split=split, **common), "split": split},
        "problems": {"demand": demand, "split": split},
    }
    runs: dict[str, list[Figures]] = {kind: [] for kind in kinds}
    for _ in range(repetitions):
        for kind, asked in kinds.items():
            runs[kind].append(in_fresh_process(**common, **asked))
    return {kind: middle(found) for kind, found in runs.items()}


def _line(name: str, value: float, digits: int, budget: float | None = None, aim: float | None = None) -> list[str]:
    limits = ["" if limit is None else f"≤ {limit:g}" for limit in (budget, aim)]
    return [name, f"{value:.{digits}f}", *limits, "" if budget is None else verdict(value, budget)]


def report(found: dict[str, Figures], repetitions: int) -> str:
    """Return the tables."""
    year, half, whole, split, problems = (found[kind] for kind in ("year", "half", "whole", "split", "problems"))
    names = {
        "year": "the year",
        "half": "demand 0.5",
        "whole": "demand 1.0",
        "split": "streets cut up, as many tickets",
        "problems": "streets cut up, as many problems",
    }
    runs = [
        [
            names[kind],
            f"{f['streets']:,.0f}",
            f"{f['tickets']:,.0f}",
            *[f"{f[name]:.2f}" for name in ("imports", "build", "run", "cpu", "process")],
            f"{f['peak']:.0f}",
        ]
        for kind, f in found.items()
    ]
    seconds = year["build"] + year["run"]
    marginal = 1e6 * (whole["run"] - half["run"]) / (whole["tickets"] - half["tickets"])
    cut = f"{split['streets']:,.0f} streets ÷ {year['streets']:,.0f}"
    like, more = ((one["build"] + one["run"]) / seconds for one in (split, problems))
    excess = 100.0 * (problems["tickets"] / year["tickets"] - 1.0)
    rows = [
        _line("wall seconds, build + run", seconds, 2, SECONDS, AIM["seconds"]),
        _line("peak memory, MiB", year["peak"], 0, MEMORY, AIM["memory"]),
        _line("µs a ticket, on average", 1e6 * seconds / year["tickets"], 2),
        _line("µs a ticket, marginal", marginal, 2, MARGINAL, AIM["marginal"]),
        _line(f"{cut}, as many tickets", like, 2, STREETS),
        _line(f"{cut}, CPU of run", split["cpu"] / year["cpu"], 2),
        _line(f"{cut}, as many problems ({excess:+.0f} % tickets)", more, 2, STREETS),
    ]
    return (
        table(
            f"Runs (medians of {repetitions}, each a fresh process)",
            ["run", "streets", "tickets", "imports s", "build s", "run s", "CPU s of run", "process s", "peak MiB"],
            runs,
        )
        + "\n"
        + table("Against the budgets", ["figure", "measured", "budget", "aim", ""], rows)
    )


def main() -> None:
    """Measure and print."""
    measure_and_print(__doc__, compare, report)


if __name__ == "__main__":
    main()
