"""Look for the patterns of the model: `python -m experiments.patterns [key=value …] [--without MECHANISM]`.

Runs the strength of the tournament from 0 to 5 and says of each pattern whether it comes out, fails, or is undecided,
with 95 % intervals over seeds. `--without` switches a mechanism off first, to see which one makes a pattern.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.errors import BadInput, exit_code, nearest
from experiments.intervals import estimate
from experiments.settings import Settings
from experiments.switches import SWITCHES
from sim.patterns import PATTERNS, Family, Tables

_VERDICT = {True: "comes out", False: "fails", None: "undecided"}


def find(families: dict[int, Family]) -> pd.DataFrame:
    """Return one row a measure: pattern, measure, mean, low, high, n, verdict ("comes out", "fails", "undecided").

    `families` holds a family of runs by seed. A measure whose runs are missing is left out.
    """
    rows = []
    for pattern in PATTERNS.values():
        some = [family for family in families.values() if set(pattern.strengths) <= set(family)]
        for measure in pattern.measures:
            values = np.array([measure.compute({b: family[b] for b in pattern.strengths}) for family in some])
            values = values[~np.isnan(values)]
            if not len(values):
                continue
            found = estimate(values)
            rows.append(
                {
                    "pattern": pattern.name,
                    "measure": measure.en,
                    "measure_zh": measure.zh,
                    "unit": measure.unit,
                    "above": measure.above,
                    "below": measure.below,
                    **found,
                    "verdict": _VERDICT[measure.fits(found["low"], found["high"])],
                }
            )
    return pd.DataFrame(rows)


def families_of(settings: Settings) -> dict[int, Family]:
    """Run what is missing and return each seed's family of runs. Raises BadInput if a run failed."""
    from experiments.arms import arms_by_strength, plan
    from experiments.pool import run_all
    from experiments.store import Store

    runs, store = plan(settings), Store(settings.results_dir)
    missing = [job for digest, job in runs.jobs.items() if store.state(digest) != "done"]
    errors = run_all(missing, settings.results_dir, settings.n_jobs) if missing else {}
    if errors:
        raise BadInput(f"a run failed: {next(iter(errors.values()))}")
    families: dict[int, dict[float, Tables]] = {seed: {} for seed in settings.seeds}
    for strength, arm in arms_by_strength(settings).items():
        for seed in settings.seeds:
            tables, _ = store.read(runs.runs[arm, seed])
            families[seed][strength] = Tables(tables["monthly"], tables["streets"], settings.city)
    return dict(families)


def text_of(table: pd.DataFrame) -> str:
    """Return the findings as a table for the terminal; shares × 100."""
    lines = []
    for row in table.itertuples():
        k = 100.0 if row.unit in ("share", "score") else 1.0
        unit = "%" if row.unit == "share" else row.unit
        span = f"{k * row.mean:,.2f} [{k * row.low:,.2f}, {k * row.high:,.2f}] {unit}"
        lines.append(f"{row.pattern}  {row.verdict:10}  {span:38}  {row.measure}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run, print and write the table; return the exit code (0, 2 for bad input, 130 for Ctrl-C)."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.patterns",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="mechanisms: " + ", ".join(f"{name} ({switch.en})" for name, switch in SWITCHES.items()),
    )
    parser.add_argument("words", nargs="*", metavar="key=value", help="settings, as for experiments.run")
    parser.add_argument("--without", metavar="MECHANISM", help="switch this mechanism off")
    given = parser.parse_intermixed_args(arguments)
    return exit_code(lambda: _run(given.words, given.without))


def _run(words: list[str], without: str | None) -> int:
    from experiments.compose import settings_of

    if without is not None and without not in SWITCHES:
        raise BadInput(f"--without: unknown mechanism '{without}'{nearest(without, SWITCHES)}")
    switched = SWITCHES[without].words if without else ()
    settings = settings_of(["experiment=patterns", *switched, *words])
    table = find(families_of(settings))
    print(text_of(table))
    folder = settings.results_dir / "patterns"
    folder.mkdir(parents=True, exist_ok=True)
    path: Path = folder / f"patterns{'_without_' + without if without else ''}.csv"
    table.to_csv(path, index=False, lineterminator="\n")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
