"""The paper kit: chapters of a report from result folders, each with its figures, tables and data as files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from experiments.errors import BadInput, first_line
from experiments.paper.chapter import Chapter, chapter_of
from experiments.paper.documents import tables
from experiments.settings import Settings

_ABOUT = {  # file of a result folder -> its name in the report; a runs.csv would be taken for a result folder
    **{name: name for name in ("config.yaml", "manifest.json", "rules.csv", "design.csv", "precision.csv")},
    "runs.csv": "digests.csv",
}


def chapters(folders: Mapping[Path, Settings], out: Path) -> list[Chapter]:
    """Return a chapter for each result folder and write its files into `out`. Raises BadInput."""
    made = []
    for folder, settings in folders.items():
        print(f"{folder} …", file=sys.stderr, flush=True)
        if settings.design and not settings.study:
            raise BadInput(f"{folder}: a design without a study has only tables; they lie there")
        here = out / f"{settings.experiment}_{folder.name}"
        try:
            chapter = chapter_of(folder, settings, here)
        except FileNotFoundError as error:  # Arrow names no file but in its text
            missing = error.filename or first_line(error)
            raise BadInput(
                f"{folder}: a run or table is missing ({missing}); the same command makes it again"
            ) from None
        except (pa.ArrowException, ValueError, KeyError, OSError) as error:  # pandas' and text errors are ValueErrors
            raise BadInput(
                f"{folder}: a run or table is damaged ({first_line(error)}); the same command makes it again"
            ) from None
        (here / "tables").mkdir()
        for name, text in tables(chapter, settings.language).items():
            (here / "tables" / name).write_text(text, encoding="utf-8")
        for path in sorted(folder.glob("*.csv")):
            if path.name not in _ABOUT:
                shutil.copyfile(path, here / "tables" / path.name)
        for name, here_named in _ABOUT.items():
            if (folder / name).is_file():
                shutil.copyfile(folder / name, here / here_named)
        made.append(chapter)
    return made
