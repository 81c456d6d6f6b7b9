"""The result folder of an experiment: tables, figures, and how to make them again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.analysis import analyse
from experiments.arms import Plan
from experiments.build import plain
from experiments.findings import Findings
from experiments.folders import describe, folder_of, swap
from experiments.orders import in_force, order_matters
from experiments.precision import Reached
from experiments.settings import Settings
from experiments.store import Store
from experiments.tables import write_tables
from experiments.temporary import beside
from sim.declare import declarations
from sim.reforms import rules_in_force
from sim.rules import Rules

_TABLES = ("monthly", "hours", "attempts")


def gather(
    settings: Settings, plan: Plan, errors: Mapping[str, str], folder: Path
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the tables of all finished runs with arm and seed in front, and the table of runs.

    The large table of streets goes to the folder run by run; what is returned of it is the first run.
    """
    store, streets = Store(settings.results_dir), _Streets(folder / "streets.parquet")
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in _TABLES}
    runs = []
    for (arm, seed), digest in plan.runs.items():
        row: dict[str, Any] = {"arm": arm, "seed": seed, "digest": digest, "status": "done", "runaway": "", "error": ""}
        if digest in errors:
            runs.append(row | {"status": "failed", "error": errors[digest], "months": 0})
            continue
        tables, facts = store.read(digest, (*_TABLES, "streets"))
        runs.append(row | {"runaway": facts["runaway"] or "", "months": facts["months"]})
        for name in (*_TABLES, "streets"):
            table = tables[name]
            table.insert(0, "seed", seed)
            table.insert(0, "arm", arm)
            if name == "streets":
                streets.add(table)
            else:
                parts[name].append(table)
    streets.close()
    out = {name: pd.concat(part, ignore_index=True) if part else pd.DataFrame() for name, part in parts.items()}
    return out | {"streets": streets.first}, pd.DataFrame(runs)


class _Streets:
    """Write one table after the other to one Parquet file, so that a hundred runs need no more memory than one."""

    def __init__(self, path: Path) -> None:
        self.path, self.first = path, pd.DataFrame()
        self._writer: pq.ParquetWriter | None = None

    def add(self, table: pd.DataFrame) -> None:
        """Append a run."""
        rows = pa.Table.from_pandas(table, preserve_index=False)
        if self._writer is None:
            self.first, self._writer = table, pq.ParquetWriter(self.path, rows.schema)
        self._writer.write_table(rows.cast(self._writer.schema))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


def monthly_of(settings: Settings, plan: Plan) -> pd.DataFrame:
    """Return the monthly outcomes of all runs, which must be in the store: arm, seed, month, outcomes."""
    store, parts = Store(settings.results_dir), []
    for (arm, seed), digest in plan.runs.items():
        table = store.read(digest, ("monthly",))[0]["monthly"]
        table.insert(0, "seed", seed)
        table.insert(0, "arm", arm)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def write_result(
    settings: Settings, plan: Plan, errors: Mapping[str, str], reached: Reached | None, facts: Mapping[str, Any]
) -> tuple[Path, Findings | None, pd.DataFrame]:
    """Write the result folder, whole or not at all; return it with the findings (None if no run is there) and runs.

    `reached` is how closely the named outcomes are known, where seeds were added for that.
    """
    folder = folder_of(settings)
    new = beside(folder.parent)
    findings = None
    try:
        tables, runs = gather(settings, plan, errors, new)
        describe(settings, facts | {"state": "finished"}, new)
        runs.to_csv(new / "runs.csv", index=False, lineterminator="\n")
        rules = rules_table(settings)
        rules.to_csv(new / "rules.csv", index=False, lineterminator="\n")
        if reached is not None:
            reached.written.to_csv(new / "precision.csv", index=False, lineterminator="\n")
        if len(tables["monthly"]):
            findings = analyse(settings, plan, errors, tables)
            for name in _TABLES:
                tables[name].to_parquet(new / f"{name}.parquet", index=False)
            write_tables(new, findings, rules, settings.experiment)
            (new / "figures").mkdir()
            if settings.figures:
                from experiments.figures import draw_all  # matplotlib takes its time to import

                draw_all(new / "figures", findings, settings.figures)
        swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder, findings, runs


def rules_table(settings: Settings) -> pd.DataFrame:
    """Return the rules in force by arm and month: arm, month, order_matters, one column a rule.

    order_matters names the rules that another order of the arm's reforms would set otherwise; empty if none.
    """
    rows = []
    depends: dict[tuple[str, ...], str] = {}
    names = list(declarations(Rules))
    for arm, labels in settings.arms.items():
        reforms = [settings.reforms[label] for label in labels]
        for month, there in in_force(settings, arm):
            if there not in depends:
                depends[there] = " ".join(order_matters(settings, there))
            nested = plain(rules_in_force(settings.rules, reforms, month))
            values = {name: nested[name.split(".")[0]][name.split(".")[1]] for name in names}
            rows.append({"arm": arm, "month": month[:7], "order_matters": depends[there]} | values)
    return pd.DataFrame(rows)
