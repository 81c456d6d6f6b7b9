"""Join result folders into one tidy table: `python -m experiments.collect DIR …` writes collected.parquet.

One row an arm, seed and month (and point of a design); settings that differ between the folders become columns. The
table is read as it is by DuckDB, pandas or R.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.digests import RESULT_FORMAT, code_digest
from experiments.errors import Arguments, first_line
from experiments.manifest import manifest_in
from experiments.status import default_place, find
from experiments.temporary import beside

_BATCH, _TABLES = 50_000, 250  # rows, and small tables, held in memory at a time
_NOT_SETTINGS = ("results_dir", "n_jobs")  # where and how fast, not what


@dataclass(frozen=True)
class Folder:
    """A result folder with tables: where it is, its settings and code, and the columns of its months."""

    path: Path
    settings: dict[str, Any]
    schema: pa.Schema


def main(arguments: list[str] | None = None) -> int:
    """Collect monthly.parquet of every result folder under each DIR; return 0, or 1 if a folder was left out."""
    parser = Arguments(prog="python -m experiments.collect", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("DIR", nargs="+", help="a result folder, or a folder that holds some")
    parser.add_argument("--out", help="the file to write; by default collected.parquet in or beside the first DIR")
    parser.add_argument("--all-settings", action="store_true", help="every setting a column, not only what differs")
    asked = parser.parsed(arguments)
    if isinstance(asked, int):
        return asked
    roots = [Path(one).resolve() for one in asked.DIR]
    out = Path(asked.out).resolve() if asked.out else default_place(roots[0], "collected.parquet")
    try:
        if out.is_dir():
            raise LookupError(f"--out: {out} is a folder, not a file")
        folders, left_out = read_folders(roots)
        if not folders:
            raise LookupError(f"{', '.join(map(str, roots))}: no result folder with tables here")
        rows = write(folders, out, asked.all_settings)
    except (LookupError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{out}: {rows} rows from {len(folders)} result folders")
    return 1 if left_out else 0


def read_folders(roots: list[Path]) -> tuple[list[Folder], int]:
    """Return the result folders under `roots` with tables, and how many were left out; say which, and mixed code."""
    paths = dict.fromkeys(path.parent for root in roots for path in find(root))
    folders, left_out = [], 0
    for path in paths:
        try:
            manifest = manifest_in(path)
            if manifest is None:
                raise LookupError("its manifest cannot be read; the same command makes it anew")
            if manifest.get("format", 1) != RESULT_FORMAT:
                raise LookupError("an older format; the same command makes it anew")
            if (path / "loop_gain.csv").is_file():
                raise LookupError("pairs of runs have no months here; their table is loop_gain.csv")
            if not (path / "monthly.parquet").exists():
                raise LookupError("no tables yet; the same command goes on")
            schema = pq.read_schema(path / "monthly.parquet").remove_metadata()
            settings = json.loads((path / "config.json").read_text(encoding="utf-8"))
            if not isinstance(settings, dict):
                raise LookupError("its config.json is damaged; the same command makes it anew")
        except (LookupError, OSError, ValueError) as error:
            print(f"left out: {path}: {first_line(error)}", file=sys.stderr)
            left_out += 1
            continue
        folders.append(Folder(path, settings | {"code": str(manifest.get("code", ""))[:10]}, schema))
    codes = dict.fromkeys(folder.settings["code"] for folder in folders)
    if len(codes) > 1:
        print(f"note: made by {len(codes)} versions of the model: {', '.join(codes)} (column code)", file=sys.stderr)
    elif codes and next(iter(codes)) != code_digest()[:10]:
        print(f"note: made by another version of the model than now: {next(iter(codes))}", file=sys.stderr)
    return folders, left_out


def write(folders: list[Folder], out: Path, every: bool = False) -> int:
    """Write the table, whole or not at all; return its rows. Memory does not grow with the number of folders."""
    columns = differing(folders, every)
    schema = _schema(folders, columns)
    new = beside(out.parent)
    rows = 0
    try:
        with pq.ParquetWriter(new / out.name, schema) as writer:
            for batch in _batches(_tables(folders, columns, schema)):
                writer.write_table(batch)
                rows += len(batch)
        (new / out.name).replace(out)
    finally:
        (new / out.name).unlink(missing_ok=True)
        new.rmdir()
    return rows


def differing(folders: list[Folder], every: bool) -> dict[str, pa.DataType]:
    """Return the settings that become columns, with their types: those that differ, or all."""
    keys = dict.fromkeys(key for one in folders for key in one.settings if not key.startswith(_NOT_SETTINGS))
    out = {}
    for key in keys:
        values = [one.settings.get(key) for one in folders]
        if every or len({json.dumps(value) for value in values}) > 1:
            out[key] = _type(values)
    return out


def _type(values: list[Any]) -> pa.DataType:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return pa.bool_()
    if known and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in known):
        return pa.int64() if all(isinstance(value, int) for value in known) else pa.float64()
    return pa.string()


def _schema(folders: list[Folder], columns: dict[str, pa.DataType]) -> pa.Schema:
    """Return the columns of the whole table: those of the settings, and all that any folder has."""
    fields = {"experiment": pa.string(), "digest": pa.string()} | columns
    for schema in dict.fromkeys(folder.schema for folder in folders):
        for field in schema:
            kind = pa.string() if pa.types.is_large_string(field.type) else field.type
            known = fields.setdefault(field.name, kind)
            if known != kind:
                fields[field.name] = pa.float64() if _number(known) and _number(kind) else pa.string()
    return pa.schema(list(fields.items()))


def _number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _tables(folders: list[Folder], columns: dict[str, pa.DataType], schema: pa.Schema) -> Iterator[pa.Table]:
    for folder in folders:
        try:
            with pq.ParquetFile(folder.path / "monthly.parquet") as file:
                table = file.read(use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise LookupError(f"{folder.path}: monthly.parquet is damaged ({first_line(error)})") from None
        own = {"experiment": folder.path.parent.name, "digest": folder.path.name}
        own |= {name: folder.settings.get(name) for name in schema.names if name not in own}
        there = {name: place for place, name in enumerate(table.column_names)}
        arrays = []
        for field in schema:
            if field.name not in there:
                arrays.append(_constant(own.get(field.name), field.type, len(table)))
                continue
            column = table.column(there[field.name])
            arrays.append(column if column.type == field.type else column.cast(field.type))
        yield pa.table(arrays, schema=schema)


def _constant(value: Any, kind: pa.DataType, n: int) -> pa.Array:
    if value is not None and pa.types.is_string(kind):
        value = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return pa.repeat(pa.scalar(value, kind), n)


def _batches(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += len(table)
        if rows >= _BATCH or len(held) >= _TABLES:
            yield pa.concat_tables(held).combine_chunks()
            held, rows = [], 0
    if held:
        yield pa.concat_tables(held).combine_chunks()


if __name__ == "__main__":
    sys.exit(main())
