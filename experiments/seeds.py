"""Seeds: simulate what is missing for the seeds asked for, or for as many as the wanted precision takes."""

from __future__ import annotations

import dataclasses
import shlex
import sys
from collections.abc import Callable

from experiments.arms import Plan, plan
from experiments.folders import begin_result
from experiments.missing import run_missing
from experiments.orders import clashes, never_in_force
from experiments.precision import Reached, precision_reached
from experiments.result import monthly_of
from experiments.settings import Settings

Say = Callable[[str], None]

AS_IN = "2019-01-01"  # the state of offices, catalogue and residents at a run's start


def simulate(settings: Settings, say: Say) -> tuple[Settings, Plan, dict[str, str], Reached | None]:
    """Run what the store does not have; return settings with the seeds used, the plan, errors, and what is reached.

    With `seeds: auto` seeds 0, 1, 2, … are added until every arm's intervals are as narrow as wanted, the cap is
    reached, or a run fails. The same results ask for the same seeds, so a repeat ends with the same ones.
    """
    _announce(settings, say)
    runs, errors = _round(settings, say)
    if not settings.auto or len(settings.arms) == 1:
        return settings, runs, errors, None
    reached = None
    while not errors:
        n = len(settings.seeds)
        reached = precision_reached(monthly_of(settings, runs), settings.baseline, settings.precision, n)
        more = reached.more(settings.most_seeds)
        if not more:
            break
        say(f"{reached}; {more} more")
        settings = dataclasses.replace(settings, seeds=list(range(n + more)))
        runs, errors = _round(settings, say)
    return settings, runs, errors, reached


def _round(settings: Settings, say: Say) -> tuple[Plan, dict[str, str]]:
    """Run what is missing and return the plan and the first line of each error by digest."""
    runs = plan(settings)
    if note := begin_result(settings, runs, {"command": shlex.join(sys.argv[1:])}):
        say(f"  note: {note}")
    shared = len(runs.runs) - len(runs.jobs)
    same = f"; {shared} more are the same as another arm's" if shared else ""
    return runs, run_missing(list(runs.jobs.values()), settings.results_dir, settings.n_jobs, say, same)


def _announce(settings: Settings, say: Say) -> None:
    arms, seeds = ", ".join(settings.arms), len(settings.seeds)
    span = f"{settings.months} months from {settings.start}"
    many = f"{seeds}, and more until precise" if settings.auto else f"{seeds}"
    say(f"{settings.experiment}: {settings.city.label_en}, {span}; arms {arms}; seeds {many}")
    for note in settings.city.notes:
        say(f"  note: {note}")
    if settings.start != AS_IN:
        say(f"  note: Offices, catalogue and residents begin as in {AS_IN[:7]}, not as a run from then leaves them.")
    for line in never_in_force(settings):
        say(f"  note: {line}")
    for clash in clashes(settings):
        say(f"  note: {clash}")
