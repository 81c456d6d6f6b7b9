"""The entry point: configuration -> arms × seeds -> store -> comparison, tables, figures."""

from __future__ import annotations

import os
import shlex
import sys
import time
from typing import Any


def main(arguments: list[str] | None = None) -> int:
    """Run `python -m experiments.run`; return the exit code: 0 done, 1 a run failed, 2 bad input, 130 stopped."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if "-h" in arguments or "--help" in arguments:
        from experiments.help import help_text

        print(help_text(), end="")
        return 0
    from experiments.errors import exit_code

    return exit_code(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    """Check the whole command, then let Hydra compose and run it; importing takes long enough to be interrupted."""
    from experiments.compose import checked, run_hydra

    return run_hydra(arguments, _task, checked(arguments))


def _task(config: dict[str, Any], experiment: str) -> int:
    """Run one composed experiment and say what came out."""
    from experiments.result import write_result
    from experiments.seeds import simulate
    from experiments.settings import settings_from
    from experiments.tables import quick_look, summary_text

    began = time.perf_counter()
    settings = settings_from(config, experiment)
    if settings.parts > 1:
        from experiments.parts import run_part

        return run_part(settings, _say)
    if settings.has_points:
        from experiments.design_run import run_design

        return run_design(settings, _say)
    settings, runs, errors, reached = simulate(settings, _say)
    _say("writing tables and figures …")
    facts = {"seconds": round(time.perf_counter() - began, 1), "command": shlex.join(sys.argv[1:])}
    folder, findings, table = write_result(settings, runs, errors, reached, facts)
    if findings is not None:
        print(summary_text(findings))
    if reached is not None:
        print(reached)
    empty = [name for name in settings.figures if not (folder / "figures" / f"{name}.pdf").is_file()]
    if findings is not None and empty:
        print(f"with nothing to show in this run, and not drawn: {', '.join(empty)}")
    for line in quick_look(settings.scale, settings.language):
        print(line)
    stopped = table[table["runaway"] != ""]
    for row in stopped.itertuples():
        said = "its months until then are counted, in costs only beside a run of the same length"
        print(f"runaway: {row.arm}, seed {row.seed}, stopped after {row.runaway}; {said}")
    print(f"{folder}  ({time.perf_counter() - began:.0f} s)")
    if errors:
        failed = table[table["status"] == "failed"]
        _say(f"{len(failed)} of {len(table)} runs failed; runs.csv has the first line of each error")
        return 1
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code) if code == 130 else sys.exit(code)
