"""Reread: what a result folder holds, in the language asked for, without simulating anything."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import yaml

from experiments.analysis import labelled
from experiments.digests import RESULT_FORMAT
from experiments.errors import BadInput, first_line
from experiments.findings import Findings
from experiments.manifest import manifest_in
from experiments.settings import Settings, settings_from
from experiments.studies.ran import Ran

_TABLES = ("monthly", "hours", "attempts", "comparison", "cost", "changed", "fates", "interaction", "paths")
_COMPARED = ("comparison", "cost", "paths")  # are there wherever arms were compared


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest of a finished result folder. Raises BadInput for any other folder."""
    again = "; the same command makes it"
    if not (folder / "runs.csv").is_file():
        raise BadInput(f"{folder}: no result folder (a folder with runs.csv)")
    manifest = manifest_in(folder)
    if manifest is None:
        raise BadInput(f"{folder}: its manifest cannot be read{again} anew")
    if manifest.get("format") != RESULT_FORMAT:
        raise BadInput(f"{folder}: results of an older format{again} anew")
    if manifest.get("state") != "finished":
        raise BadInput(f"{folder}: no tables yet{again}")
    if not (folder / "monthly.parquet").is_file():
        raise BadInput(f"{folder}: no run of it has finished, or it was not made by experiments.run")
    return manifest


def settings_of_folder(folder: Path, language: str | None = None) -> Settings:
    """Return the settings that made a result folder, with the seeds that it has; `language` instead of its own.

    The configuration in them stays the folder's, so that figures in another language name the folder too.
    """
    manifest = manifest_of(folder)
    try:
        config = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))
        config |= {"results_dir": str(folder.resolve().parents[1])}
        given = config | ({} if config["seeds"] == "auto" else {"seeds": manifest["seeds"]})
        spoken = given | ({"language": language} if language else {})
        settings = settings_from(spoken, str(manifest["experiment"]), writes=False)
        return dataclasses.replace(settings, seeds=[int(seed) for seed in manifest["seeds"]], config=given)
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError, BadInput) as error:
        raise BadInput(f"{folder}: its settings cannot be read by this version ({first_line(error)})") from None


def findings_of_folder(folder: Path, settings: Settings) -> Findings:
    """Return the findings of a comparison from its tables; of streets, the first finished run.

    Raises BadInput if the baseline and another arm have finished runs, but a table that compares them is missing.
    """
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES if _there(folder, name)}
    arms = set(tables["monthly"]["arm"])
    for name in _COMPARED:
        if len(arms) > 1 and settings.baseline in arms and name not in tables:
            raise BadInput(f"{folder}: a table is missing ({name}.parquet); the same command makes it again")
    with pq.ParquetFile(folder / "streets.parquet") as file:
        tables["streets"] = file.read_row_group(0).to_pandas()
    return labelled(settings, tables)


def ran_of_folder(folder: Path, settings: Settings) -> Ran:
    """Return the runs of a study from its tables; others of its runs' tables are read from the store."""
    runs = pd.read_csv(folder / "runs.csv", keep_default_na=False)
    digests = {(int(row.point), str(row.arm), int(row.seed)): str(row.digest) for row in runs.itertuples()}
    return Ran.of(settings, digests, folder)


def _there(folder: Path, name: str) -> bool:
    return (folder / f"{name}.parquet").is_file()
