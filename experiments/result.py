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
import yaml

from experiments.arms import Plan, code_digest, config_digest, months_of
from experiments.build import plain
from experiments.compare import compare
from experiments.figures import draw_all
from experiments.findings import Findings
from experiments.settings import Settings
from experiments.store import Store
from experiments.tables import to_latex
from sim.declare import declarations
from sim.reforms import rules_in_force
from sim.rules import Rules

_TABLES = ("monthly", "streets", "hours", "attempts")
_PACKAGES = ("mesa", "numpy", "pandas", "networkx", "matplotlib", "hydra-core", "pyarrow", "scipy")


def folder_of(settings: Settings) -> Path:
    """Return the experiment's result folder: the same command finds it again."""
    return settings.results_dir / settings.experiment / config_digest(settings)[:10]


def gather(settings: Settings, plan: Plan, errors: Mapping[str, str]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the tables of all finished runs with arm and seed in front, and the table of runs."""
    store = Store(settings.results_dir)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in _TABLES}
    runs = []
    for (arm, seed), digest in plan.runs.items():
        row: dict[str, Any] = {"arm": arm, "seed": seed, "digest": digest, "status": "done", "runaway": "", "error": ""}
        if digest in errors:
            runs.append(row | {"status": "failed", "error": errors[digest], "months": 0})
            continue
        tables, facts = store.read(digest)
        runs.append(row | {"runaway": facts["runaway"] or "", "months": facts["months"]})
        for name in _TABLES:
            table = tables[name]
            table.insert(0, "seed", seed)
            table.insert(0, "arm", arm)
            parts[name].append(table)
    return {name: pd.concat(part, ignore_index=True) if part else pd.DataFrame() for name, part in parts.items()}, (
        pd.DataFrame(runs)
    )


def write_result(
    settings: Settings, plan: Plan, errors: Mapping[str, str], facts: Mapping[str, Any]
) -> tuple[Path, Findings | None, pd.DataFrame]:
    """Write the result folder, whole or not at all; return it with the findings (None if no run is there) and runs."""
    tables, runs = gather(settings, plan, errors)
    folder = folder_of(settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".tmp-{folder.name}-{secrets.token_hex(4)}"
    beside.mkdir()
    findings = None
    try:
        config = yaml.safe_dump(settings.config, allow_unicode=True, sort_keys=False)
        (beside / "config.yaml").write_text(config, encoding="utf-8")
        (beside / "manifest.json").write_text(json.dumps(_manifest(settings, facts), indent=1) + "\n", encoding="utf-8")
        runs.to_csv(beside / "runs.csv", index=False, lineterminator="\n")
        rules_table(settings).to_csv(beside / "rules.csv", index=False, lineterminator="\n")
        if len(tables["monthly"]):
            findings = _findings(settings, tables)
            _write_tables(settings, tables, findings, beside)
        _swap(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder, findings, runs


def _findings(settings: Settings, tables: Mapping[str, pd.DataFrame]) -> Findings:
    comparison = pd.DataFrame()
    if settings.baseline in set(tables["monthly"]["arm"]):
        comparison = compare(tables["monthly"], settings.baseline)
    return Findings(
        **{name: tables[name] for name in _TABLES},
        comparison=comparison,
        published=settings.city.published,
        arms=settings.labels,
        language=settings.language,
        scale=settings.scale,
        digest=config_digest(settings)[:10],
    )


def _write_tables(settings: Settings, tables: Mapping[str, pd.DataFrame], findings: Findings, folder: Path) -> None:
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    if len(findings.comparison):
        findings.comparison.to_parquet(folder / "comparison.parquet", index=False)
        findings.comparison.to_csv(folder / "comparison.csv", index=False, lineterminator="\n")
        (folder / "comparison.tex").write_text(to_latex(findings, f"tab:{settings.experiment}"), encoding="utf-8")
    (folder / "figures").mkdir()
    draw_all(folder / "figures", findings)


def rules_table(settings: Settings) -> pd.DataFrame:
    """Return the rules in force by arm and month: arm, month, one column a rule."""
    rows = []
    names = list(declarations(Rules))
    for arm, labels in settings.arms.items():
        reforms = [settings.reforms[label] for label in labels]
        for month in months_of(settings.start, settings.months):
            nested = plain(rules_in_force(settings.rules, reforms, month))
            values = {name: nested[name.split(".")[0]][name.split(".")[1]] for name in names}
            rows.append({"arm": arm, "month": month[:7]} | values)
    return pd.DataFrame(rows)


def _manifest(settings: Settings, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "experiment": settings.experiment,
        "seeds": settings.seeds,
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
