"""Read the files of a city: find its folder, parse csv, and say in one line what is wrong."""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

DATA = Path(__file__).parent / "data"
SETTINGS_FILE = "city.toml"
_WHOLE = re.compile(r"-?[0-9]{1,18}")  # what int64 holds
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


class CityError(ValueError):
    """A city does not exist, or one of its files breaks a rule; the message is one line."""


@dataclass(frozen=True)
class Field:
    """What the cells of one column may hold: `kind` int, float or str; bounds are inclusive; `choices` for words.

    Where `empty` is allowed an empty cell becomes nan (float) or "" (str). `pattern` is a regular expression for the
    whole of a word, described by `pattern_text`.
    """

    kind: type = str
    low: float | None = None
    high: float | None = None
    empty: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    pattern_text: str = ""

    @property
    def rule(self) -> str:
        """Return the rule in words, to follow "must be"."""
        if self.choices:
            text = "one of " + ", ".join(self.choices)
        elif self.kind is str:
            text = self.pattern_text or "some text"
        else:
            text = "a whole number" if self.kind is int else "a number"
            if self.low is not None and self.high is not None:
                text += f" from {self.low:.12g} to {self.high:.12g}"
            elif self.low is not None:
                text += f" ≥ {self.low:.12g}"
        return text + (" or empty" if self.empty else "")

    def parse(self, text: str) -> int | float | str | None:
        """Return the value of a cell, or None if it breaks the rule."""
        if text == "" and self.empty:
            return "" if self.kind is str else math.nan
        if self.kind is str:
            fits = text != "" and (not self.choices or text in self.choices)
            return text if fits and (not self.pattern or re.fullmatch(self.pattern, text)) else None
        if not (_WHOLE if self.kind is int else _NUMBER).fullmatch(text):
            return None
        value = int(text) if self.kind is int else float(text)
        inside = (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return value if inside and math.isfinite(value) else None


@dataclass(frozen=True)
class Table:
    """A parsed csv file: `columns` name → values, `lines` the line of the file (from 1) on which each row ends."""

    file: str
    columns: Mapping[str, list[Any]]
    lines: list[int]

    def __getitem__(self, column: str) -> list[Any]:
        """Return a column's values."""
        return self.columns[column]

    def fail(self, row: int, column: str, rule: str) -> NoReturn:
        """Raise CityError naming file, line, column, the value and the rule (which begins with "must")."""
        cell = self.columns[column][row]
        empty = isinstance(cell, float) and math.isnan(cell)
        value = "" if empty else re.sub(r"\s+", " ", str(cell))  # quoted cells may hold line breaks
        shown = value if len(value) <= 60 else value[:57] + "…"
        raise CityError(f"{self.file}, line {self.lines[row]}, column {column}: '{shown}' {rule}")

    def check_unique(self, column: str) -> None:
        """Raise CityError at the second of two equal values."""
        seen: dict[Any, int] = {}
        for row, value in enumerate(self.columns[column]):
            if value in seen:
                self.fail(row, column, f"must not appear twice (also in line {self.lines[seen[value]]})")
            seen[value] = row

    def check_known(self, column: str, known: Collection[Any], where: str) -> None:
        """Raise CityError at the first value that is not among the known ones."""
        for row, value in enumerate(self.columns[column]):
            if value not in known:
                self.fail(row, column, f"must be {where}{nearest(str(value), [str(k) for k in known])}")


def find_folder(name_or_folder: str | Path, relative_to: Path | None = None) -> Path:
    """Return the folder of a city: a bare name is one of those that come with the model, anything else a path.

    Raises CityError for an unknown name, naming the nearest and the known ones, or for a folder that does not exist.
    """
    if isinstance(name_or_folder, str) and not re.search(r"[/\\]", name_or_folder):
        known = sorted(path.parent.name for path in DATA.glob(f"*/{SETTINGS_FILE}"))
        if name_or_folder in known:
            return DATA / name_or_folder
        near = nearest(name_or_folder, known)
        raise CityError(f"city '{name_or_folder}' is unknown{near}; known: {', '.join(known)}; a folder needs a '/'")
    folder = Path(name_or_folder) if relative_to is None else relative_to / name_or_folder
    if not folder.is_dir():
        raise CityError(f"the city's folder '{folder}' does not exist")
    return folder


def read_bytes(folder: Path, file: str) -> bytes:
    """Return a file's bytes; raises CityError if it is missing."""
    try:
        return (folder / file).read_bytes()
    except OSError as error:
        raise CityError(f"{file} is missing or cannot be read in '{folder}' ({error.strerror})") from error


def parse_table(file: str, data: bytes, fields: Mapping[str, Field], may_be_empty: bool = False) -> Table:
    """Parse a csv file (UTF-8); columns that are not in `fields` are ignored.

    Raises CityError for wrong encoding, an empty file (one with a header alone, too, unless it `may_be_empty`), a
    missing or doubled column, a row of the wrong length, or a cell that breaks its field's rule.
    """
    reader = csv.reader(io.StringIO(decode(file, data), newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise CityError(f"{file}, line {reader.line_num}: not valid csv ({error})") from error
    if len(rows) < (1 if may_be_empty else 2):
        raise CityError(f"{file} is empty: it must have a header{'' if may_be_empty else ' and at least one row'}")
    header = rows[0][1]
    for name in header:
        if header.count(name) > 1:
            raise CityError(f"{file}, line 1: column '{name}' must not appear twice")
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise CityError(f"{file}, line {line}: {len(row)} cells, must be {len(header)} as in the header")
    lines = [line for line, _ in rows[1:]]
    columns: dict[str, list[Any]] = {}
    for name, field in fields.items():
        if name not in header:
            raise CityError(f"{file}, line 1: column '{name}' is missing")
        at = header.index(name)
        cells = [row[at] for _, row in rows[1:]]
        values = [field.parse(cell) for cell in cells]
        for i, value in enumerate(values):
            if value is None:
                Table(file, {name: cells}, lines).fail(i, name, f"must be {field.rule}")
        columns[name] = values
    return Table(file, columns, lines)


def decode(file: str, data: bytes) -> str:
    """Return the text of a UTF-8 file; raises CityError naming the line of the first byte that is not."""
    try:
        return data.decode("utf-8-sig")  # spreadsheets put a byte order mark in front
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CityError(f"{file}, line {line}: must be UTF-8 (byte {data[error.start]:#04x})") from error


def nearest(word: str, known: list[str]) -> str:
    """Return " (did you mean '…'?)" with the nearest known word, or nothing if none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" (did you mean '{near[0]}'?)" if near else ""
