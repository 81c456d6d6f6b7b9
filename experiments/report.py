"""Write a report of result folders: `python -m experiments.report DIR … [--language zh] [--out FOLDER]`.

The report is a folder of its own: report.md, report.html and report.tex with the figures (PDF, PNG), tables (CSV,
Markdown, LaTeX), the numbers filled in from the tables, and the command and digests that make each again. Nothing is
simulated; a figure in another language than the results' is drawn anew from their tables.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from experiments.errors import NOTHING, Arguments, BadInput, exit_code

_DOCUMENTS = ("report.md", "report.html", "report.tex")


def main(arguments: list[str] | None = None) -> int:
    """Write the report; return 0, or 2 for bad input."""
    parser = Arguments(prog="python -m experiments.report", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("DIR", nargs="+", help="a result folder, or a folder that holds some")
    parser.add_argument(
        "--language", choices=("en", "zh"), help="of texts, tables and figures; by default the results'"
    )
    parser.add_argument("--out", help="the report's folder; by default DIR/report of the first DIR, or beside a result")
    asked = parser.parsed(arguments)
    if isinstance(asked, int):
        return asked
    command = shlex.join(
        ["uv", "run", "python", "-m", "experiments.report", *(sys.argv[1:] if arguments is None else arguments)]
    )
    roots = [Path(one).resolve() for one in asked.DIR]
    return exit_code(lambda: _say(write(roots, asked.out, asked.language, command)), NOTHING)


def _say(folder: Path) -> int:
    print(folder)
    return 0


def write(roots: list[Path], out: str | None, language: str | None, command: str) -> Path:
    """Write the report, whole or not at all; return its folder. Raises BadInput before anything is written."""
    from experiments.paper import chapters as chapter_files
    from experiments.paper.documents import html, latex, markdown, mixed
    from experiments.reread import settings_of_folder
    from experiments.status import default_place, find
    from experiments.temporary import beside, sweep_up

    folders = list(dict.fromkeys(path.parent for root in roots for path in find(root)))
    if not folders:
        raise BadInput(f"{', '.join(map(str, roots))}: no result folder (a folder with runs.csv) here")
    settings = [settings_of_folder(folder, language) for folder in folders]
    spoken = language or settings[0].language
    if len({one.language for one in settings}) > 1:
        raise BadInput("the results are in two languages; choose one with --language")
    name = "report" if spoken == "en" else f"report_{spoken}"
    target = Path(out).resolve() if out else default_place(roots[0], name)
    _checked(target)
    sweep_up(target.parent)
    new = beside(target.parent)
    try:
        parts = chapter_files(dict(zip(folders, settings, strict=True)), new)
        for warning in mixed(parts, spoken):
            print(warning, file=sys.stderr)
        text = markdown(parts, spoken, command)
        for name, content in zip(_DOCUMENTS, (text, html(text, spoken), latex(parts, spoken)), strict=True):
            (new / name).write_text(content, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        new.rename(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return target


def _checked(target: Path) -> None:
    """Refuse to put a report in the place of anything but a report. Raises BadInput."""
    if target.is_dir() and any(target.iterdir()) and not all((target / name).is_file() for name in _DOCUMENTS):
        raise BadInput(f"--out: {target} is a folder with other things in it")
    if target.exists() and not target.is_dir():
        raise BadInput(f"--out: {target} is a file, not a folder")
    if not target.parent.is_dir():
        raise BadInput(f"--out: no folder {target.parent}")


if __name__ == "__main__":
    sys.exit(main())
