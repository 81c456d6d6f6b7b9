"""Loop gain: `python -m experiments.loop_gain [key=value …]`.

Runs every arm and seed twice, without and with a small surge of fresh problems in one month (`parameters.surge`,
`surge_from`, `surge_months`), and says how many tickets, and how many standard hours, came in for every extra fresh one
over twelve months. See docs/measures.md. Settings are those of experiments.run; experiment=loop_gain is the default.
"""

from __future__ import annotations

import math
import shlex
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.arms import Plan, plan
from experiments.errors import BadInput, exit_code
from experiments.factors import settings_at
from experiments.folders import begin_folder, describe, folder_of, swap
from experiments.intervals import interval
from experiments.loop_gain_words import WORDS
from experiments.settings import Settings
from experiments.store import Store
from experiments.studies.texts import plain
from experiments.tables import aligned, quick_look
from experiments.temporary import beside

Floats = NDArray[np.float64]

WINDOW = 12  # months from the surge on
MEASURES = {"tickets": ("tickets", "problems"), "hours": ("work_hours", "fresh_hours")}  # all, and those of fresh ones


def multiplier(without: pd.DataFrame, surged: pd.DataFrame, first: int, every: str, fresh: str) -> float:
    """Return M = extra ÷ extra fresh of two monthly tables, 12 months from row `first` on; NaN if none is fresh."""
    span = slice(first, first + WINDOW)
    extra, extra_fresh = (
        math.fsum(surged[name].to_numpy()[span]) - math.fsum(without[name].to_numpy()[span]) for name in (every, fresh)
    )
    return extra / extra_fresh if extra_fresh > 0.0 else math.nan


def gain(multiple: float) -> float:
    """Return Λ = 1 − 1/M; at least 1 where extra tickets have no end (M ≤ 0), NaN for NaN."""
    if math.isnan(multiple):
        return math.nan
    return 1.0 - 1.0 / multiple if multiple > 0.0 else math.inf


def summary(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return one row an arm and measure from one row an arm and seed: M and Λ with 95 % intervals over seeds.

    The interval is that of the mean of M over seeds; Λ rises with M, so its ends are those of M.
    """
    rows = []
    for arm, group in pairs.groupby("arm", sort=False):
        for measure in MEASURES:
            values: Floats = group[f"m_{measure}"].dropna().to_numpy()
            n = len(values)
            mean = math.fsum(values) / n if n else math.nan
            low, high = interval(values)
            row = {"arm": arm, "measure": measure, "m": mean, "m_low": low, "m_high": high}
            row |= {"gain": gain(mean), "gain_low": gain(low) if low > 0.0 else -math.inf, "gain_high": gain(high)}
            if math.isnan(low):
                row["gain_low"] = math.nan
            rows.append(row | {"n": n})
    return pd.DataFrame(rows)


def find(settings: Settings, without: Plan, surged: Plan) -> pd.DataFrame:
    """Return one row an arm and seed of which both runs are whole: extra problems, M in tickets and hours, b."""
    store, first, rows = Store(settings.results_dir), settings.parameters.surge_from - 1, []
    for (arm, seed), digest in without.runs.items():
        tables = [store.read(one, ("monthly",))[0]["monthly"] for one in (digest, surged.runs[arm, seed])]
        if min(len(table) for table in tables) < first + WINDOW:
            continue  # a run that ran away and was stopped
        span = slice(first, first + WINDOW)
        extra = math.fsum(tables[1]["problems"][span]) - math.fsum(tables[0]["problems"][span])
        ratios = {f"m_{name}": multiplier(tables[0], tables[1], first, *of) for name, of in MEASURES.items()}
        branching = float(tables[0]["branching_ratio"][span].mean())
        rows.append({"arm": arm, "seed": seed, "extra_problems": extra, **ratios, "branching_ratio": branching})
    return pd.DataFrame(rows, columns=["arm", "seed", "extra_problems", "m_tickets", "m_hours", "branching_ratio"])


def text_of(table: pd.DataFrame, pairs: pd.DataFrame, labels: dict[str, str], language: str) -> str:
    """Return the findings for the terminal."""
    words, rows = WORDS[language], []
    for row in table.itertuples():
        multiple = plain(row.m, row.m_low, row.m_high, 3)
        gained = plain(row.gain, row.gain_low, row.gain_high, 3)
        rows.append([labels[row.arm], words[row.measure], multiple, gained, str(row.n)])
    lines = [aligned([[words["arm"], words["of"], words["m"], words["gain"], "n"], *rows])]
    for arm, group in pairs.groupby("arm", sort=False):
        known = group["branching_ratio"].dropna()
        branching = f"{known.mean():.3f}" if len(known) else words["unknown"]
        lines.append(words["branching"].format(arm=labels[str(arm)], value=branching))
    lines.append(words["note"].format(said=words["intervals" if (table["n"] > 1).any() else "none"]))
    return "\n".join(lines)


def checked(settings: Settings) -> Settings:
    """Return the settings if they make a pair. Raises BadInput."""
    p, last = settings.parameters, settings.parameters.surge_from - 1 + WINDOW
    if p.surge <= 1.0 or p.surge_from < 1 or p.surge_months < 1:
        raise BadInput("parameters.surge: must be above 1, with surge_from and surge_months from 1 on")
    if settings.months < last:
        raise BadInput(f"months: {settings.months} must reach {WINDOW} months from the surge on, to month {last}")
    if settings.auto or settings.has_points or settings.parts > 1:
        raise BadInput("seeds=auto, design and parts are not for the loop gain; give the number of seeds")
    return settings


def run(words: list[str]) -> int:
    """Run the pairs, print and write the table; return 0, or 1 if a run failed."""
    from experiments.compose import settings_of
    from experiments.missing import run_missing

    began = time.perf_counter()
    settings = checked(settings_of(["experiment=loop_gain", *words]))
    surged, without = plan(settings), plan(settings_at(settings, {"parameters.surge": 1.0}))
    rows = [
        {"arm": arm, "surge": name, "seed": seed, "digest": digest}
        for name, of in (("without", without), ("with", surged))
        for (arm, seed), digest in of.runs.items()
    ]
    facts = {"command": shlex.join(words)}
    if note := begin_folder(settings, rows, facts):
        _say(f"  note: {note}")
    errors = run_missing(list((without.jobs | surged.jobs).values()), settings.results_dir, settings.n_jobs, _say)
    if errors:
        _say(f"{len(errors)} runs failed; the first: {next(iter(errors.values()))}")
        return 1
    pairs = find(settings, without, surged)
    table = summary(pairs)
    print(text_of(table, pairs, settings.labels, settings.language))
    for line in quick_look(settings.scale, settings.language):
        print(line)
    facts["seconds"] = f"{time.perf_counter() - began:.0f}"
    print(_write(settings, rows, pairs, table, facts))
    return 0


def _write(
    settings: Settings, rows: list[dict[str, object]], pairs: pd.DataFrame, table: pd.DataFrame, facts: dict[str, str]
) -> Path:
    folder = folder_of(settings)
    new = beside(folder.parent)
    try:
        describe(settings, facts | {"state": "finished"}, new)
        pd.DataFrame(rows).assign(status="done").to_csv(new / "runs.csv", index=False, lineterminator="\n")
        pairs.to_csv(new / "pairs.csv", index=False, lineterminator="\n")
        table.to_csv(new / "loop_gain.csv", index=False, lineterminator="\n")
        swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, 1 if a run failed, 2 for bad input, 130 for Ctrl-C."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if "-h" in arguments or "--help" in arguments:
        print(__doc__)
        return 0
    return exit_code(lambda: run(arguments))


if __name__ == "__main__":
    sys.exit(main())
