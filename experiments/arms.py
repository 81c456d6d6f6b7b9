"""Arms: an experiment as a list of runs, each addressed by what it depends on and nothing else."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.build import plain
from experiments.settings import Settings
from sim.city import City
from sim.parameters import Parameters
from sim.reforms import Reform, rules_in_force
from sim.rules import Rules

FORMAT = 1  # of a stored run; a change makes all stored runs old


@dataclass(frozen=True)
class Job:
    """One run: everything that a worker needs, and the digest under which it is stored."""

    digest: str
    city: City
    rules: Rules
    parameters: Parameters
    reforms: tuple[Reform, ...]
    seed: int
    start: str
    months: int
    scale: float


@dataclass(frozen=True)
class Plan:
    """The runs of an experiment: which digest each (arm, seed) is; arms with the same rules share their runs."""

    jobs: dict[str, Job]
    runs: dict[tuple[str, int], str]


def months_of(start: str, months: int) -> list[str]:
    """Return the first days of the months of a run as ISO dates."""
    first = datetime.date.fromisoformat(start)
    count = first.year * 12 + first.month - 1
    return [datetime.date((count + m) // 12, (count + m) % 12 + 1, 1).isoformat() for m in range(months)]


def plan(settings: Settings) -> Plan:
    """Return the runs that an experiment needs."""
    jobs: dict[str, Job] = {}
    runs: dict[tuple[str, int], str] = {}
    for arm, labels in settings.arms.items():
        reforms = tuple(settings.reforms[label] for label in labels)
        for seed in settings.seeds:
            digest = run_digest(settings, reforms, seed)
            runs[arm, seed] = digest
            jobs[digest] = Job(
                digest=digest,
                city=settings.city,
                rules=settings.rules,
                parameters=settings.parameters,
                reforms=reforms,
                seed=seed,
                start=settings.start,
                months=settings.months,
                scale=settings.scale,
            )
    return Plan(jobs, runs)


def run_digest(settings: Settings, reforms: tuple[Reform, ...], seed: int) -> str:
    """Return the SHA-256 of all that a run's results depend on.

    Rules month by month (not the names of reforms), parameters, the city's bytes, seed, start, months, scale, the
    bytes of sim/**/*.py and the format; not the language, folders, number of processes or machine. A comment in
    sim/ makes a new digest: accepted, because no tool can tell a harmless change from a harmful one.
    """
    months = months_of(settings.start, settings.months)
    content = {
        "rules": [plain(rules_in_force(settings.rules, reforms, month)) for month in months],
        "parameters": plain(settings.parameters),
        "city": hashlib.sha256(settings.city.content()).hexdigest(),
        "seed": seed,
        "start": settings.start,
        "months": settings.months,
        "scale": settings.scale,
        "log_tickets": False,
        "extra_problems": [],
        "agents": {},
        "code": code_digest(),
        "format": FORMAT,
    }
    return sha256(content)


@functools.lru_cache(maxsize=1)
def code_digest() -> str:
    """Return the SHA-256 of the model's code, sim/**/*.py by path."""
    root = Path(__file__).parent.parent / "sim"
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def config_digest(settings: Settings) -> str:
    """Return the digest that names the result folder: the configuration but for where and how it is run."""
    left_out = {"results_dir", "n_jobs"} | (set() if settings.auto else {"precision", "most_seeds"})
    content = {key: value for key, value in settings.config.items() if key not in left_out}
    seeds = "auto" if settings.auto else settings.seeds
    return sha256(content | {"experiment": settings.experiment, "seeds": seeds})


def sha256(content: Any) -> str:
    """Return the SHA-256 of canonical JSON: sorted keys, floats by repr."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
