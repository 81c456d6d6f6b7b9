"""Read and check the tables of a city, and turn them into frames and arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.city_checks import check_categories, check_published, check_streets
from sim.city_fields import FIELDS, MAY_BE_EMPTY
from sim.city_files import SETTINGS_FILE, CityError, Table, find_folder, parse_table, read_bytes
from sim.city_settings import Settings, parse_settings

Ints = NDArray[np.int64]
REPLACEABLE = ("categories.csv", "departments.csv")  # by a city that extends another


@dataclass(frozen=True)
class CityTables:
    """The checked files of a city, of its base city where it extends one; `content` are their bytes."""

    settings: Settings
    weekday: tuple[float, ...]
    tables: dict[str, Table]
    content: bytes


def read_city(name_or_folder: str | Path) -> CityTables:
    """Read and check a city's files.

    A city that extends another takes all tables from it, save those of REPLACEABLE that lie in its own folder.
    Raises CityError for anything missing or wrong.
    """
    folder = find_folder(name_or_folder)
    own = {SETTINGS_FILE: read_bytes(folder, SETTINGS_FILE)}
    settings = parse_settings(own[SETTINGS_FILE])
    base: dict[str, bytes] = {}
    weekday = settings.weekday
    if settings.extends is None:
        own |= {file: read_bytes(folder, file) for file in FIELDS}
    else:
        own |= {file: read_bytes(folder, file) for file in FIELDS if (folder / file).exists()}
        base, base_weekday = _read_base(settings.extends, folder, own)
        weekday = settings.weekday or base_weekday
    assert weekday is not None  # parse_settings demands it of a city that extends none
    tables = {
        file: parse_table(file, (own if file in own else base)[file], FIELDS[file], file in MAY_BE_EMPTY)
        for file in FIELDS
    }
    check_streets(tables["streets.csv"], tables["districts.csv"], tables["street_neighbours.csv"])
    check_categories(tables["categories.csv"], tables["departments.csv"])
    check_published(tables["published.csv"], tables["published_districts.csv"], tables["districts.csv"])
    known = set(tables["streets.csv"]["code"])
    for code in settings.streets or ():
        if code not in known:
            raise CityError(f"{SETTINGS_FILE}, key streets: {code} must be a code of streets.csv")
    named = [*sorted(own.items()), *((f"base/{file}", data) for file, data in sorted(base.items()))]
    content = b"".join(f"{file} {len(data)}\n".encode() + data for file, data in named)
    return CityTables(settings, weekday, tables, content)


def _read_base(
    extends: str, folder: Path, own: Mapping[str, bytes]
) -> tuple[dict[str, bytes], tuple[float, ...] | None]:
    """Return the files that a city takes from its base city, city.toml included, and the base city's weekdays."""
    for file in own:
        # other tables say what the published volumes are volumes of: they belong together
        if file not in (SETTINGS_FILE, *REPLACEABLE):
            rule = f"{file} must not lie beside it, only {' and '.join(REPLACEABLE)} may"
            raise CityError(f"{SETTINGS_FILE}, key extends: {rule}")
    base_folder = find_folder(extends, relative_to=folder)
    base = {SETTINGS_FILE: read_bytes(base_folder, SETTINGS_FILE)}
    settings = parse_settings(base[SETTINGS_FILE], f"{extends}/{SETTINGS_FILE}")
    if settings.extends is not None:
        raise CityError(f"{SETTINGS_FILE}, key extends: '{extends}' must not itself extend a city")
    base |= {file: read_bytes(base_folder, file) for file in FIELDS if file not in own}
    return base, settings.weekday


def frozen(values: Any) -> Ints:
    """Return a copy of whole numbers as an int64 array that cannot be written to."""
    out: Ints = np.array(values, dtype=np.int64)
    out.flags.writeable = False
    return out


def compressed(rows: list[list[int]]) -> tuple[Ints, Ints]:
    """Return start (n + 1,) and list arrays such that row i is `list[start[i]:start[i + 1]]`."""
    start = np.cumsum([0, *(len(row) for row in rows)])
    return frozen(start), frozen([entry for row in rows for entry in row])


def frame(table: Table) -> pd.DataFrame:
    """Return a table as a DataFrame; empty numbers are nan, empty words ""."""
    return pd.DataFrame(dict(table.columns))


def units_by_category(categories: Table, kind: str, departments: Table) -> tuple[Ints, Ints]:
    """Return the rows of `departments` that each category's column `kind` names, compressed."""
    rows = {code: row for row, code in enumerate(departments["code"])}
    return compressed([sorted(rows[code] for code in cell.split("|") if code) for cell in categories[kind]])


def street_frames(read: CityTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the streets of the city and the districts that they lie in, with the population of these streets."""
    streets = frame(read.tables["streets.csv"])
    wanted = read.settings.streets
    if wanted is not None:
        streets = streets[streets["code"].isin(wanted)].reset_index(drop=True)
    table = read.tables["districts.csv"]
    people = dict.fromkeys(table["district"], 0)
    for district, count in zip(streets["district"], streets["population"].tolist(), strict=True):
        people[district] += count
    districts = frame(table).rename(columns={"district": "name"})
    districts["population"] = list(people.values())
    columns = ["code", "name", "name_zh", "zone", "population"]
    districts = districts.loc[districts["population"] > 0, columns].reset_index(drop=True)
    index = {name: row for row, name in enumerate(districts["name"])}
    streets.insert(2, "district_index", np.array([index[name] for name in streets["district"]], dtype=np.int64))
    return streets, districts


def neighbour_rows(streets: pd.DataFrame, borders: pd.DataFrame) -> tuple[list[list[int]], int]:
    """Return each street's neighbours as sorted rows, and how many streets have none that is known.

    These have the other streets of their district for neighbours; if there are none, the others of the city.
    """
    row = {code: i for i, code in enumerate(streets["code"].tolist())}
    out: list[list[int]] = [[] for _ in row]
    for a, b in zip(borders["code_a"].tolist(), borders["code_b"].tolist(), strict=True):
        out[row[a]].append(row[b])
        out[row[b]].append(row[a])
    district = streets["district_index"].tolist()
    alone = [i for i, found in enumerate(out) if not found]
    for i in alone:
        same = [j for j, other in enumerate(district) if other == district[i] and j != i]
        out[i] = same or [j for j in range(len(out)) if j != i]
    return [sorted(found) for found in out], len(alone)


def borders_within(streets: pd.DataFrame, borders: Table) -> pd.DataFrame:
    """Return the pairs of neighbours of which both are among the streets."""
    here = set(streets["code"].tolist())
    inside = [a in here and b in here for a, b in zip(borders["code_a"], borders["code_b"], strict=True)]
    return frame(borders)[np.array(inside, dtype=bool)].reset_index(drop=True)


def yearly_volumes(published: Table) -> dict[int, float]:
    """Return year → dispatched tickets, in order of years."""
    rows = zip(published["metric"], published["year"], published["value"], strict=True)
    return dict(sorted((year, million * 1e6) for metric, year, million in rows if metric == "dispatched"))


def data_notes(streets: pd.DataFrame, alone: int) -> tuple[str, ...]:
    """Return a sentence for each gap in the streets' data; `alone` streets have no known neighbour."""
    n = len(streets)
    counted = (
        (sum(streets["population_basis"] == "estimate"), "the population is an estimate (± 60 %)"),
        (alone, "no neighbour is known, and the other streets of their district stand in"),
        (sum(math.isnan(lon) for lon in streets["lon"]), "the coordinates are missing"),
        (sum(math.isnan(number) for number in streets["communities"]), "the number of communities is missing"),
    )
    return tuple(f"For {count} of {n} streets {what}." for count, what in counted if count)
