"""What the institutions cost: `uv run python -m benchmarks.institutions`.

A year of Beijing 1:1 at 6.5 million tickets with all institutions on, and with the reforms' mechanisms too, beside the
core loop alone: arise, dispatch, dispute, handle, call back, come back, and the month's score, worth, decisions, morale
and skill. The same residents and seed; every run is a fresh process, and the kinds of run take turns.
"""

from __future__ import annotations

from benchmarks.child import in_fresh_process
from benchmarks.speed import MEMORY, SECONDS, START, TICKETS, Figures, demand_for, middle
from benchmarks.text import measure_and_print, table, verdict
from experiments.switches import SWITCHES

OFF = (  # switches of what is beside the core loop
    *("district_centres", "joint_review", "whistles", "documentation", "patrols", "duplicates", "relapse", "refusal"),
    *("casework", "care_by_stake", "targets", "lists", "theme", "reserves", "leaving"),
)
REFORMS = (  # those with a mechanism that is off today
    *("precise_dispatch", "escalation", "key_complainants", "duty_list", "resource_tilting", "observation_points"),
)
KINDS: dict[str, dict[str, object]] = {
    "the core loop alone": {"set_to": {name: value for one in OFF for name, value in SWITCHES[one].values().items()}},
    "all institutions, as today": {},
    "and the reforms' mechanisms": {"reforms": REFORMS},
}


def compare(
    city: str = "beijing", tickets: float = TICKETS, months: int = 12, scale: float = 1.0, repetitions: int = 3
) -> dict[str, Figures]:
    """Measure the kinds of run in turns and return the medians, in the order of `KINDS`."""
    common: dict[str, object] = {"city": city, "start": START, "months": months, "scale": scale}
    demand = demand_for(tickets, **common)
    runs: dict[str, list[Figures]] = {kind: [] for kind in KINDS}
    for _ in range(repetitions):
        for kind, asked in KINDS.items():
            set_to = {"parameters.demand": demand} | dict(asked.get("set_to", {}))  # type: ignore[call-overload]
            runs[kind].append(in_fresh_process(**common, **asked | {"set_to": set_to}))
    return {kind: middle(found) for kind, found in runs.items()}


def report(found: dict[str, Figures], repetitions: int) -> str:
    """Return the table: seconds to build and run, memory and tickets of each kind, and their ratio to the first."""
    first = next(iter(found.values()))
    rows = []
    for kind, f in found.items():
        seconds, memory = f["build"] + f["run"], f["peak"]
        rows.append(
            [
                kind,
                f"{f['tickets']:,.0f}",
                f"{seconds:.2f}",
                f"{seconds / (first['build'] + first['run']):.2f}",
                f"{1e6 * seconds / f['tickets']:.2f}",
                verdict(seconds, SECONDS),
                f"{f['cpu']:.2f}",
                f"{f['cpu'] / first['cpu']:.2f}",
                f"{memory:.0f}",
                f"{memory / first['peak']:.2f}",
                verdict(memory, MEMORY),
            ]
        )
    title = f"What the institutions cost (medians of {repetitions}, each a fresh process)"
    seconds_head, memory_head = f"≤ {SECONDS:g} s", f"≤ {MEMORY:g} MiB"
    head = ["run", "tickets", "seconds", "ratio", "µs a ticket", seconds_head, "CPU s of run", "ratio"]
    head += ["peak MiB", "ratio", memory_head]
    return table(title, head, rows)


def main() -> None:
    """Measure and print."""
    measure_and_print(__doc__, compare, report)


if __name__ == "__main__":
    main()
