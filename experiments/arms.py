"""Arms: an experiment as a list of runs, each addressed by what it depends on and nothing else."""

from __future__ import annotations

import datetime
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.build import plain
from experiments.digests import code_digest, sha256
from experiments.settings import Settings
from experiments.store import FORMAT
from sim.city import City
from sim.parameters import Parameters
from sim.reforms import Reform, rules_in_force
from sim.rules import Rules


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
    code: str  # digest of the model's code


@dataclass(frozen=True)
class Plan:
    """The runs of an experiment: which digest each (arm, seed) is; arms with the same rules share their runs."""

    jobs: dict[str, Job]
    runs: dict[tuple[str, int], str]

    def rows(self) -> list[dict[str, Any]]:
        """Return a row a run, as runs.csv lists them: arm, seed, digest."""
        return [{"arm": arm, "seed": seed, "digest": digest} for (arm, seed), digest in self.runs.items()]


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
                code=code_digest(),
            )
    return Plan(jobs, runs)


def strengths_of(settings: Settings) -> dict[str, float]:
    """Return the strength of the tournament of each arm, by the rules in force in the first month."""
    found = {}
    for arm, labels in settings.arms.items():
        reforms = [settings.reforms[label] for label in labels]
        found[arm] = float(rules_in_force(settings.rules, reforms, settings.start).tournament.strength)
    return found


def arms_by_strength(settings: Settings) -> dict[float, str]:
    """Return the first arm of each strength of the tournament."""
    return {strength: arm for arm, strength in reversed(strengths_of(settings).items())}


def run_digest(settings: Settings, reforms: tuple[Reform, ...], seed: int) -> str:
    """Return the SHA-256 of all that a run's results depend on.

    Rules month by month (not the names of reforms), parameters, the city's bytes, seed, start, months, scale, the
    bytes of sim/**/*.py and the format; not the language, folders, number of processes or machine. A comment in
    sim/ makes a new digest: accepted, because no tool can tell a harmless change from a harmful one.
    """
    content = {
        "rules": _rules_digest(settings.rules, reforms, settings.start, settings.months),
        "parameters": plain(settings.parameters),
        "city": _city_digest(settings.city),
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


@functools.lru_cache(maxsize=256)
def _rules_digest(rules: Rules, reforms: tuple[Reform, ...], start: str, months: int) -> str:
    """Return the digest of the rules in force month by month; asked for again for every seed."""
    return sha256([plain(rules_in_force(rules, reforms, month)) for month in months_of(start, months)])


_CITIES: dict[int, tuple[City, str]] = {}


def _city_digest(city: City) -> str:
    """Return the digest of a city's files; read once for all runs of a city."""
    if id(city) not in _CITIES:
        _CITIES[id(city)] = city, hashlib.sha256(city.content()).hexdigest()
    return _CITIES[id(city)][1]


def config_digest(settings: Settings) -> str:
    """Return the digest that names the result folder: the configuration but for where and how it is run."""
    left_out = {"results_dir", "n_jobs", "part", "parts"}
    left_out |= set() if settings.auto else {"precision", "most_seeds"}
    content = {key: value for key, value in settings.config.items() if key not in left_out}
    tables = [str(one.design["file"]) for one in settings.all_stages.values() if one.design.get("method") == "csv"]
    if tables:
        content["points"] = [hashlib.sha256(Path(table).read_bytes()).hexdigest() for table in tables]
    seeds = "auto" if settings.auto else settings.seeds
    return sha256(content | {"experiment": settings.experiment, "seeds": seeds})
