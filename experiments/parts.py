"""Parts: share out the runs of an experiment among processes; each fills the store, and none writes tables."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable

from experiments.arms import plan
from experiments.design_run import design_plan, rows_of
from experiments.folders import begin_folder
from experiments.missing import run_missing
from experiments.settings import Settings


def run_part(settings: Settings, say: Callable[[str], None]) -> int:
    """Run every parts-th run of the experiment from the part-th on; return 0, or 1 if one failed.

    Runs are counted in the order of the plan, so all arms and seeds of a point spread over the parts.
    """
    if settings.has_points:
        whole = design_plan(settings)
        rows, jobs = rows_of(whole), list(whole.jobs.values())
    else:
        arms = plan(settings)
        rows, jobs = arms.rows(), list(arms.jobs.values())
    begin_folder(settings, rows, {"command": shlex.join(sys.argv[1:])})
    mine = jobs[settings.part :: settings.parts]
    say(f"{settings.experiment}: part {settings.part} of {settings.parts} (the first is 0)")
    errors = run_missing(mine, settings.results_dir, settings.n_jobs, say)
    print(f"part {settings.part} of {settings.parts}: {len(mine) - len(errors)} done, {len(errors)} failed")
    return 1 if errors else 0
