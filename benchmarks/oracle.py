"""How much faster the engine is than the same model written plainly: `uv run python -m benchmarks.oracle`.

Both simulate the same residents from the same arguments in one process and take turns month by month. What they know
of the tickets at the end is compared, so that the ratio is one of equal work. Takes about a minute.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from statistics import median
from typing import Any

from benchmarks.child import ROOT
from benchmarks.text import table, verdict

RATIO = 15.0  # budget
START = datetime.date(2021, 1, 1)


def compare(city: str = "beijing", scale: float = 0.1, months: int = 3, seed: int = 1) -> list[dict[str, float]]:
    """Return tickets and the seconds of both for every month, the making of each model in the first.

    Raises ValueError if the two do not end with the same numbers of problems and repeats.
    """
    from sim import City, TournamentModel

    sys.path.append(str(ROOT / "tests"))
    from oracle.model import Oracle

    asked: dict[str, Any] = {"city": City.load(city), "scale": scale, "seed": seed, "start": START.isoformat()}
    rows: list[dict[str, float]] = []
    both: dict[str, Any] = {}
    for name, make in (("engine", TournamentModel), ("oracle", Oracle)):
        started = time.perf_counter()
        both[name] = make(**asked)
        rows = rows or [{}]
        rows[0][name] = time.perf_counter() - started
    for month in range(months):
        row = rows[0] if month == 0 else {}
        for name, model in both.items():
            started, first = time.perf_counter(), model.date.month
            while model.date.month == first:
                model.step()
            row[name] = row.get(name, 0.0) + time.perf_counter() - started
        rows[month:] = [row]
    engine, oracle = both["engine"], both["oracle"]
    requests = int(engine.state.residents.requests.sum(dtype=int))
    if requests != sum(person.requests for person in oracle.people.values()):
        raise ValueError("engine and oracle do not agree: run the tests")
    sums = engine.record.sums()
    tickets = (sums.count("problems") + sums.count("repeats")).tolist()
    for row, n in zip(rows, tickets, strict=True):
        row["tickets"] = float(n)
    return rows


def report(rows: list[dict[str, float]], title: str) -> str:
    """Return the table: a line a month, then all of them."""
    whole = {name: sum(row[name] for row in rows) for name in rows[0]}
    lines = []
    for name, row in [*((str(number), row) for number, row in enumerate(rows, 1)), ("all", whole)]:
        ratio = row["oracle"] / row["engine"]
        cells = [name, f"{row['tickets']:,.0f}", f"{row['engine']:.2f}", f"{row['oracle']:.2f}", f"{ratio:.1f}"]
        lines.append([*cells, verdict(ratio, RATIO, at_least=True) if name == "all" else ""])
    columns = ["month", "tickets", "engine s", "oracle s", "ratio", f"≥ {RATIO:g}"]
    middle = median(row["oracle"] / row["engine"] for row in rows)
    return table(title, columns, lines) + f"  median ratio of a month {middle:.1f}\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--city", default="beijing")
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--months", type=int, default=3)
    a = parser.parse_args()
    title = f"Engine against oracle: {a.city}, one resident in {1 / a.scale:g}, side by side"
    print(report(compare(a.city, a.scale, a.months), title))


if __name__ == "__main__":
    main()
