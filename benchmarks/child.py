"""One run in a fresh process: `python -m benchmarks.child '{"months": 12}'` prints its time and memory as JSON.

The process that asks must stay small: on Linux a child's peak memory counts what its parent held when it was started.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim import Parameters, Rules

ROOT = Path(__file__).parent.parent
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def in_fresh_process(**asked: Any) -> dict[str, float]:
    """Run `measure(**asked)` in a fresh single-threaded process; return its figures and `process`, its whole wall time.

    Raises subprocess.CalledProcessError if the run fails.
    """
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", json.dumps(asked)],
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures | {"process": time.perf_counter() - started}


def measure(
    city: str = "beijing",
    start: str = "2019-01-01",
    months: int = 12,
    demand: float = 1.0,
    scale: float = 1.0,
    split: int = 1,
    seed: int = 1,
    set_to: Mapping[str, Any] | None = None,
    reforms: Sequence[str] = (),
) -> dict[str, float]:
    """Run a model and return tickets, streets, seconds (imports, build, run, cpu of the run) and peak memory in MiB.

    `set_to` holds settings by name, "rules.exclusion.allowed" → False; `reforms` are in force throughout, as declared.
    """
    clock = [time.perf_counter()]
    import hydra  # noqa: F401  loaded because a real run has it
    import mesa  # noqa: F401

    from sim import City, TournamentModel
    from sim.reforms import reform_class

    clock.append(time.perf_counter())
    rules, parameters = settings({"parameters.demand": demand, **(set_to or {})})
    model = TournamentModel(
        city=City.load(city).split(split),
        start=start,
        scale=scale,
        seed=seed,
        rules=rules,
        parameters=parameters,
        reforms=[reform_class(name)() for name in reforms],
    )
    clock.append(time.perf_counter())
    cpu = time.process_time()
    record = model.run(months)
    clock.append(time.perf_counter())
    cpu = time.process_time() - cpu
    sums = record.sums()
    tickets = float((sums.count("problems") + sums.count("repeats")).sum())
    return {
        "tickets": tickets,
        "streets": float(len(model.streets)),
        "imports": clock[1] - clock[0],
        "build": clock[2] - clock[1],
        "run": clock[3] - clock[2],
        "cpu": cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10),
    }


def settings(set_to: Mapping[str, Any]) -> tuple[Rules, Parameters]:
    """Return rules and parameters with some of them set by name.

    Raises AttributeError or TypeError for a name that does not exist.
    """
    from sim import Parameters, Rules

    rules, behaviour = Rules(), {}
    for name, value in set_to.items():
        group, _, rest = name.partition(".")
        part, _, field = rest.rpartition(".")
        if group == "rules":
            rules = replace(rules, **{part: replace(getattr(rules, part), **{field: value})})
        else:
            behaviour[field] = value
    return rules, Parameters(**behaviour)


if __name__ == "__main__":
    print(json.dumps(measure(**json.loads(sys.argv[1]))))
