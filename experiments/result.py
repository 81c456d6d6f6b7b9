"""The result folder of an experiment: tables, figures, and how to make them again."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from experiments.analysis import analyse
from experiments.arms import Plan, code_digest, config_digest
from experiments.build import plain
from experiments.figures import draw_all
from experiments.findings import Findings
from experiments.orders import clashes, in_force, order_matters
from experiments.precision import Reached
from experiments.settings import Settings
from experiments.store import Store
from experiments.tables import write_tables
from sim.declare import declarations
from sim.reforms import rules_in_force
from sim.rules import Rules

_TABLES = ("monthly", "hours", "attempts")
_PACKAGES = ("mesa", "numpy", "pandas", "networkx", "matplotlib", "hydra-core", "pyarrow", "scipy")


def folder_of(settings: Settings) -> Path:
    """Return the experiment's result folder: the same command finds it again."""
    return settings.results_dir / settings.experiment / config_digest(settings)[:10]


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
        tables, facts = store.read(digest)
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
        table = pd.read_parquet(store.folder(digest) / "monthly.parquet")
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
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".tmp-{folder.name}-{secrets.token_hex(4)}"
    beside.mkdir()
    findings = None
    try:
        tables, runs = gather(settings, plan, errors, beside)
        config = yaml.safe_dump(settings.config, allow_unicode=True, sort_keys=False)
        (beside / "config.yaml").write_text(config, encoding="utf-8")
        manifest = json.dumps(_manifest(settings, facts), indent=1, ensure_ascii=False) + "\n"
        (beside / "manifest.json").write_text(manifest, encoding="utf-8")
        runs.to_csv(beside / "runs.csv", index=False, lineterminator="\n")
        rules_table(settings).to_csv(beside / "rules.csv", index=False, lineterminator="\n")
        if reached is not None:
            reached.table.to_csv(beside / "precision.csv", index=False, lineterminator="\n")
        if len(tables["monthly"]):
            findings = analyse(settings, plan, errors, tables)
            for name in _TABLES:
                tables[name].to_parquet(beside / f"{name}.parquet", index=False)
            write_tables(beside, findings, settings.experiment)
            (beside / "figures").mkdir()
            draw_all(beside / "figures", findings, settings.figures)
        _swap(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
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


def _manifest(settings: Settings, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "experiment": settings.experiment,
        "seeds": settings.seeds,
        "order_matters": [str(one) for one in clashes(settings)],
        "code": code_digest(),
        "commit": _commit(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
        "machine": {"system": platform.system(), "processor": platform.machine()},
        **facts,
    }


def _commit() -> str:
    root = Path(__file__).parent.parent
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def _swap(new: Path, folder: Path) -> None:
    """Put the new folder in the place of an old one; whoever comes second when two write at once wins."""
    old = folder.parent / f".tmp-{folder.name}-{secrets.token_hex(4)}"
    try:
        folder.rename(old)
    except FileNotFoundError:
        old = folder
    try:
        new.rename(folder)
    except OSError:  # another process has put its own there meanwhile: the same numbers
        shutil.rmtree(new, ignore_errors=True)
    if old != folder:
        shutil.rmtree(old, ignore_errors=True)
