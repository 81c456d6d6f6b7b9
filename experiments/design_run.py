"""Run a design: all arms at every point with the same seeds, into one result folder with the points as columns.

The stages of a study are designs of their own; their points are numbered on, and all of them have the same columns.
"""

from __future__ import annotations

import dataclasses
import itertools
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.arms import Job, plan
from experiments.compare import compare
from experiments.design import Point, points
from experiments.factors import cell, settings_at, value_of
from experiments.folders import begin_folder, describe, folder_of, swap
from experiments.missing import run_missing
from experiments.settings import Settings
from experiments.store import Store
from experiments.studies import answer_of, write_answer
from experiments.studies.ran import Ran
from experiments.tables import quick_look
from experiments.temporary import beside
from sim.outcomes import OUTCOMES

Say = Callable[[str], None]


@dataclass(frozen=True)
class DesignPlan:
    """The runs of a design: which digest each (point, arm, seed) is; equal runs are there once."""

    stages: dict[str, Settings]
    points: list[Point]
    jobs: dict[str, Job]
    runs: dict[tuple[int, str, int], str]

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Return what beside its number and values names a point: stage and mechanism switched off, if any has one."""
        staged, switched = (any(getattr(one, name) for one in self.points) for name in ("stage", "without"))
        return ("stage", "without") if staged else ("without",) if switched else ()


def design_plan(settings: Settings) -> DesignPlan:
    """Return the runs that a design, or all stages of a study, need. Raises BadInput for one that cannot be made."""
    stages = settings.all_stages
    found = [dataclasses.replace(one, stage=name) for name, stage in stages.items() for one in points(stage)]
    names = list(dict.fromkeys(name for one in found for name in one.values))
    today = {name: value_of(settings, name) for name in names}
    numbered = [dataclasses.replace(one, number=i, values=today | one.values) for i, one in enumerate(found)]
    jobs: dict[str, Job] = {}
    runs: dict[tuple[int, str, int], str] = {}
    for point in numbered:
        here = plan(settings_at(stages[point.stage], point.values))
        jobs |= here.jobs
        runs |= {(point.number, arm, seed): digest for (arm, seed), digest in here.runs.items()}
    return DesignPlan(stages, numbered, jobs, runs)


def run_design(settings: Settings, say: Say) -> int:
    """Run what is missing and write the result folder; return 0, or 1 if a run failed."""
    began = time.perf_counter()
    plan_ = design_plan(settings)
    for name, stage in plan_.stages.items():
        n = sum(one.stage == name for one in plan_.points)
        many = f"{n} point{'s' if n > 1 else ''} × {len(stage.arms)} arms × {len(stage.seeds)} seeds"
        what = f"stage {name}" if name else f"design {settings.design['method']}"
        say(f"{settings.experiment}, {what}: {settings.city.label_en}, {many}, {stage.months} months")
    facts: dict[str, Any] = {"command": shlex.join(sys.argv[1:])}
    if note := begin_folder(settings, rows_of(plan_), facts):
        say(f"  note: {note}")
    errors = run_missing(list(plan_.jobs.values()), settings.results_dir, settings.n_jobs, say)
    say("writing tables …")
    facts |= {"seconds": round(time.perf_counter() - began, 1)}
    folder, sentences, stopped = _write(settings, plan_, errors, facts)
    for line in sentences or quick_look(settings.scale, settings.language):
        print(line)
    print(f"{folder}: points.parquet (a row a run), monthly.parquet (a row a month), effects.parquet (arms compared)")
    if stopped:
        say(f"{stopped} of {len(plan_.runs)} runs ran away and were stopped (runs.csv); their months until then count")
    if errors:
        say(f"{len(errors)} runs failed; runs.csv has the first line of each error")
    return 1 if errors else 0


def rows_of(plan_: DesignPlan) -> list[dict[str, Any]]:
    """Return a row a run, as runs.csv lists them: point, arm, seed, digest."""
    return [
        {"point": point, "arm": arm, "seed": seed, "digest": digest}
        for (point, arm, seed), digest in plan_.runs.items()
    ]


def _write(
    settings: Settings, plan_: DesignPlan, errors: Mapping[str, str], facts: Mapping[str, Any]
) -> tuple[Path, list[str], int]:
    """Write the folder, whole or not at all, and return it with what a study found and how many runs ran away.

    The tables grow point by point, so memory does not.
    """
    folder, sentences, runs = folder_of(settings), list[str](), list[dict[str, Any]]()
    new = beside(folder.parent)
    try:
        describe(settings, {**facts, "state": "finished"}, new)
        design = [_shown(plan_, one) for one in plan_.points]
        pd.DataFrame(design).to_csv(new / "design.csv", index=False, lineterminator="\n")
        writers = {name: _Growing(new / f"{name}.parquet") for name in ("monthly", "points", "effects")}
        for rows, monthly in _by_point(settings, plan_, errors):
            runs += rows
            if monthly is not None:
                for name, part in _tables(plan_, monthly).items():
                    writers[name].add(part)
        for writer in writers.values():
            writer.close()
        pd.DataFrame(runs).to_csv(new / "runs.csv", index=False, lineterminator="\n")
        if settings.study and not errors:
            answer = answer_of(Ran.of(settings, plan_.runs, new))
            sentences = answer.sentences
            write_answer(new, answer, settings)
        swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder, sentences, sum(bool(row["runaway"]) for row in runs)


def _shown(plan_: DesignPlan, point: Point) -> dict[str, Any]:
    """Return a point in tables: its number, what else names it, and its values."""
    values = {name: cell(value) for name, value in point.values.items()}
    return {"point": point.number} | {name: getattr(point, name) for name in plan_.named} | values


def _by_point(
    settings: Settings, plan_: DesignPlan, errors: Mapping[str, str]
) -> Iterator[tuple[list[dict[str, Any]], pd.DataFrame | None]]:
    """Yield each point's rows of runs.csv and its months (None if no run is there): point, arm, seed, outcomes."""
    store = Store(settings.results_dir)
    for point in plan_.points:
        stage = plan_.stages[point.stage]
        rows, parts = [], []
        for arm, seed in itertools.product(stage.arms, stage.seeds):
            digest = plan_.runs[point.number, arm, seed]
            row = {"point": point.number, "arm": arm, "seed": seed, "digest": digest, "status": "done"}
            row |= {"runaway": "", "error": "", "months": 0}
            if digest in errors:
                rows.append(row | {"status": "failed", "error": errors[digest]})
                continue
            tables, facts = store.read(digest, ("monthly",))
            rows.append(row | {"runaway": facts["runaway"] or "", "months": facts["months"]})
            parts.append(_labelled(tables["monthly"], 0, {"point": point.number, "arm": arm, "seed": seed}))
        yield rows, pd.concat(parts, ignore_index=True) if parts else None


def _tables(plan_: DesignPlan, monthly: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return a point's months, its runs (means over months), and its arms compared, with the factors as columns."""
    point = plan_.points[int(monthly["point"].iloc[0])]
    stage = plan_.stages[point.stage]
    names = [name for name in OUTCOMES if name in monthly.columns]
    runs = monthly.groupby(["point", "arm", "seed"], sort=False)[names].mean().reset_index()
    there = stage.baseline in set(monthly["arm"]) and len(stage.arms) > 1
    effects = compare(monthly.drop(columns="point"), stage.baseline) if there else pd.DataFrame()
    if len(effects):
        effects.insert(0, "point", point.number)
    tables = {"monthly": monthly, "points": runs, "effects": effects}
    shown = _shown(plan_, point)
    del shown["point"]
    return {name: _labelled(table, 1, shown) for name, table in tables.items()}


def _labelled(table: pd.DataFrame, place: int, shown: dict[str, Any]) -> pd.DataFrame:
    """Return the table with columns of one value each from `place` on, set in all at once; an empty one as it is."""
    if not len(table):
        return table
    constant = pd.DataFrame({name: [value] * len(table) for name, value in shown.items()}, index=table.index)
    return pd.concat([table.iloc[:, :place], constant, table.iloc[:, place:]], axis=1)


class _Growing:
    """One Parquet file written part by part."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: pq.ParquetWriter | None = None

    def add(self, table: pd.DataFrame) -> None:
        """Append a part; a part without rows writes nothing."""
        if not len(table):
            return
        rows = pa.Table.from_pandas(table, preserve_index=False)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, rows.schema.remove_metadata())
        self._writer.write_table(rows.cast(self._writer.schema))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
