"""Pages made from the code: Markdown tables, and a command that writes a page or says that it is stale."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent / "docs"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; bars inside a cell are escaped, line ends become spaces."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def default_text(value: Any) -> str:
    """Return a declared default as one writes it on the command line."""
    value = value.value if hasattr(value, "value") else value
    return str(value).lower() if isinstance(value, bool) else str(value)


def stale(path: Path, module: str, text: str) -> str:
    """Return nothing if the page at `path` is `text`, else one line that says how to make it anew."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return ""
    return f"docs/{path.name} is stale: run `uv run python -m {module}` and commit it"


def write_or_check(path: Path, module: str, about: str, make: Callable[[], str]) -> int:
    """Write the page, or with --check only say whether it is up to date; return the exit code."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only say whether the page is up to date")
    check, text = parser.parse_args().check, make()
    if check:
        said = stale(path, module, text)
        print(said or f"docs/{path.name} is up to date")
        return 1 if said else 0
    path.write_text(text, encoding="utf-8")
    return 0
