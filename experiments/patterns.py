"""Look for the patterns of the model: `python -m experiments.patterns [key=value …] [--without MECHANISM …]`.

Runs the strength of the tournament from 0 to 5 and says of each pattern whether it comes out, fails, or is undecided,
with 95 % intervals over seeds. `--without` switches a mechanism off first, to see which one makes a pattern. Of several
mechanisms each is switched off alone: all are run together, beside the model as it is, and stand in one table.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.errors import Arguments, BadInput, exit_code, nearest
from experiments.intervals import estimate
from experiments.settings import Settings
from experiments.switches import SWITCHES
from sim.patterns import PATTERNS, Family, Tables

_VERDICT = {True: "comes out", False: "fails", None: "undecided"}


def find(families: dict[int, Family]) -> pd.DataFrame:
    """Return one row a measure: pattern, measure, mean, low, high, n, verdict ("comes out", "fails", "undecided").

    `families` holds a family of runs by seed. A measure whose runs are missing is left out.
    """
    return judged(values_of(families))


def values_of(families: dict[int, Family]) -> dict[tuple[str, int], dict[int, float]]:
    """Return what each measure (pattern, number within it) is by seed; where it is not known, nothing."""
    found: dict[tuple[str, int], dict[int, float]] = {}
    for pattern in PATTERNS.values():
        some = {seed: family for seed, family in families.items() if set(pattern.strengths) <= set(family)}
        for number, measure in enumerate(pattern.measures):
            computed = {
                seed: measure.compute({b: family[b] for b in pattern.strengths}) for seed, family in some.items()
            }
            known = {seed: value for seed, value in computed.items() if not np.isnan(value)}
            if known:
                found[pattern.name, number] = known
    return found


def judged(values: dict[tuple[str, int], dict[int, float]]) -> pd.DataFrame:
    """Return one row a measure from its values by seed, as `find` does."""
    rows = []
    for (name, number), by_seed in values.items():
        measure = PATTERNS[name].measures[number]
        found = estimate(np.array(list(by_seed.values())))
        rows.append(
            {
                "pattern": name,
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


def run_missing(several: list[Settings]) -> None:
    """Run together what is missing of several settings that share a store. Raises BadInput if a run failed."""
    from experiments import missing
    from experiments.arms import plan

    first, jobs = several[0], {}
    for settings in several:
        jobs |= plan(settings).jobs
    errors = missing.run_missing(list(jobs.values()), first.results_dir, first.n_jobs, _say)
    if errors:
        raise BadInput(f"a run failed: {next(iter(errors.values()))}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def families_of(settings: Settings) -> dict[int, Family]:
    """Return each seed's family of runs from the store, where all must be."""
    from experiments.arms import arms_by_strength, plan
    from experiments.store import Store

    runs, store = plan(settings), Store(settings.results_dir)
    families: dict[int, dict[float, Tables]] = {seed: {} for seed in settings.seeds}
    for strength, arm in arms_by_strength(settings).items():
        for seed in settings.seeds:
            tables, _ = store.read(runs.runs[arm, seed])
            families[seed][strength] = Tables(tables["monthly"], tables["streets"], settings.city)
    return dict(families)


def needed(settings: Settings, patterns: list[str]) -> Settings:
    """Return the settings with only those strengths of the tournament that the patterns need; all, if none is named."""
    from experiments.arms import arms_by_strength

    if not patterns:
        return settings
    strengths = {strength for name in patterns for strength in PATTERNS[name].strengths}
    keep = {arm for strength, arm in arms_by_strength(settings).items() if strength in strengths}
    return replace(settings, arms={arm: labels for arm, labels in settings.arms.items() if arm in keep})


def text_of(table: pd.DataFrame) -> str:
    """Return the findings as a table for the terminal; shares × 100; of one seed without intervals."""
    lines = []
    for row in table.itertuples():
        k = 100.0 if row.unit in ("share", "score") else 1.0
        unit = "%" if row.unit == "share" else row.unit
        ends = "" if np.isnan(row.low) else f" [{k * row.low:,.2f}, {k * row.high:,.2f}]"
        span = f"{k * row.mean:,.2f}{ends} {unit}"
        lines.append(f"{row.pattern}  {row.verdict:10}  {span:38}  {row.measure}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run, print and write the table; return the exit code (0, 2 for bad input, 130 for Ctrl-C)."""
    parser = Arguments(
        prog="python -m experiments.patterns",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="mechanisms: " + ", ".join(f"{name} ({switch.en})" for name, switch in SWITCHES.items()),
    )
    parser.add_argument("words", nargs="*", metavar="key=value", help="settings, as for experiments.run")
    parser.add_argument("--without", nargs="+", default=[], metavar="MECHANISM", help="switch each of these off, alone")
    parser.add_argument("--patterns", nargs="+", default=[], metavar="PATTERN", help="only these, like P5 P8")
    given = parser.parse_intermixed_args(arguments)
    return exit_code(lambda: _run(given.words, given.without, given.patterns))


def _run(words: list[str], without: list[str], patterns: list[str]) -> int:
    from experiments.compose import settings_of

    words = [*words, *(word for word in without + patterns if "=" in word)]  # settings may follow a list of names
    without, patterns = (list(dict.fromkeys(n for n in names if "=" not in n)) for names in (without, patterns))
    for name in without:
        if name not in SWITCHES:
            raise BadInput(f"--without: unknown mechanism '{name}'{nearest(name, SWITCHES)}")
    for name in patterns:
        if name not in PATTERNS:
            raise BadInput(f"--patterns: unknown pattern '{name}'; there are {', '.join(PATTERNS)}")
    columns = without if len(without) == 1 else ["", *without]
    each = {
        name: needed(settings_of(["experiment=patterns", *(SWITCHES[name].words if name else ()), *words]), patterns)
        for name in columns
    }
    run_missing(list(each.values()))
    values = {}
    for name, settings in each.items():  # one family in memory at a time
        found = values_of(families_of(settings))
        values[name] = {at: by_seed for at, by_seed in found.items() if not patterns or at[0] in patterns}
    folder = next(iter(each.values())).results_dir / "patterns"
    folder.mkdir(parents=True, exist_ok=True)
    only = "".join(f"_{name}" for name in patterns)
    if len(columns) == 1:
        return _write_one(
            values[columns[0]], folder / f"patterns{only}{'_without_' + without[0] if without else ''}.csv"
        )
    from experiments.mechanisms import write

    return write(values, folder / f"mechanisms{only}", each[""].language)


def _write_one(values: dict[tuple[str, int], dict[int, float]], path: Path) -> int:
    table = judged(values)
    print(text_of(table))
    table.to_csv(path, index=False, lineterminator="\n")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
