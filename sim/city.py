"""City: the files of a city as streets, districts, departments and categories, with who borders and governs whom."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.city_files import CityError, Table
from sim.city_tables import DIMENSIONS, FIELDS, SEASONS, ZONES, CityTables, read_city

__all__ = ["DIMENSIONS", "SEASONS", "ZONES", "City", "CityError"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class City:
    """What a run takes as given: S streets, C categories of requests. Make it by `load`; do not write to its tables.

    Start and list arrays are rows in compressed form: row i holds `list[start[i]:start[i + 1]]`.
    """

    name: str
    label_en: str
    label_zh: str
    streets: pd.DataFrame  # code, district, district_index, name_zh, kind, population, population_basis, communities, lon, lat
    districts: pd.DataFrame  # code, name, name_zh, zone, population
    categories: pd.DataFrame  # the columns of categories.csv, see data/beijing/README.md
    departments: pd.DataFrame  # code, name, name_zh, kind ("department" or "enterprise")
    borders: pd.DataFrame  # code_a, code_b, border_km: the known pairs of neighbours
    published: pd.DataFrame  # as in published.csv; month nan where a figure is of a year
    published_districts: pd.DataFrame  # as in published_districts.csv
    volumes: dict[int, float]  # year -> tickets dispatched in the whole base city
    base_population: int  # residents of the base city
    weekday: tuple[float, ...]  # tickets by day of the week, Monday to Sunday, mean 1
    neighbour_start: Ints  # (S + 1,)
    neighbour_list: Ints  # street rows, sorted; never empty for a street unless the city has but one
    department_start: Ints  # (C + 1,)
    department_list: Ints  # department rows that share the category's department tickets equally
    enterprise_start: Ints  # (C + 1,)
    enterprise_list: Ints  # department rows that share the category's enterprise tickets equally
    league: Ints  # (S,) streets of one number are ranked together; 0 unless the city is split
    notes: tuple[str, ...]  # what a reader of results should know of the data, one sentence each
    files: bytes = dataclasses.field(repr=False)  # see content

    @classmethod
    def load(cls, name_or_folder: str | Path = "beijing") -> City:
        """Read a city: a bare name ("beijing", "small") or a folder ("./my_city", any Path).

        Raises CityError with one line that names file, line, column, value and rule.
        """
        read = read_city(name_or_folder)
        streets, districts = _streets(read)
        departments = _frame(read.tables["departments.csv"])
        rows = {code: row for row, code in enumerate(departments["code"])}
        categories, published = _frame(read.tables["categories.csv"]), _frame(read.tables["published.csv"])
        listed = {
            kind: _compressed([sorted(rows[code] for code in cell.split("|") if code) for cell in categories[kind]])
            for kind in ("department", "enterprise")
        }
        borders = _frame(read.tables["street_neighbours.csv"])
        here = set(streets["code"])
        inside = [a in here and b in here for a, b in zip(borders["code_a"], borders["code_b"], strict=True)]
        borders = borders[inside].reset_index(drop=True)
        neighbours, alone = _neighbours(streets, borders)
        start, entries = _compressed(neighbours)
        return cls(
            name=read.settings.name,
            label_en=read.settings.label_en,
            label_zh=read.settings.label_zh,
            streets=streets,
            districts=districts,
            categories=categories,
            departments=departments,
            borders=borders,
            published=published,
            published_districts=_frame(read.tables["published_districts.csv"]),
            volumes=_volumes(read.tables["published.csv"]),
            base_population=sum(read.tables["streets.csv"]["population"]),
            weekday=read.weekday,
            neighbour_start=start,
            neighbour_list=entries,
            department_start=listed["department"][0],
            department_list=listed["department"][1],
            enterprise_start=listed["enterprise"][0],
            enterprise_list=listed["enterprise"][1],
            league=_frozen(np.zeros(len(streets), dtype=np.int64)),
            notes=_notes(streets, alone),
            files=read.content,
        )

    def content(self) -> bytes:
        """Return the bytes of all files that the city was read from, whatever its path, for a digest."""
        return self.files

    @cached_property
    def neighbours(self) -> nx.Graph[Any]:
        """Return the known neighbours: street codes, edges with border_km (km); built at the first use."""
        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(self.streets["code"].tolist())
        pairs = zip(self.borders["code_a"].tolist(), self.borders["code_b"].tolist(), self.borders["border_km"].tolist(), strict=True)
        graph.add_edges_from((a, b, {"border_km": km}) for a, b, km in pairs)
        return graph

    @cached_property
    def governance(self) -> nx.DiGraph[Any]:
        """Return who is over whom: city (its name) → district → street and city → department, nodes by code.

        Nodes have kind ("city", "district", "street", "department", "enterprise") and label.
        """
        graph: nx.DiGraph[Any] = nx.DiGraph()
        graph.add_node(self.name, kind="city", label=self.label_en)
        over = self.districts["code"].tolist()
        for code, label in zip(over, self.districts["name"].tolist(), strict=True):
            graph.add_node(code, kind="district", label=label)
            graph.add_edge(self.name, code)
        columns = (self.streets[name].tolist() for name in ("code", "name_zh", "district_index"))
        for code, label, district in zip(*columns, strict=True):
            graph.add_node(code, kind="street", label=label)
            graph.add_edge(over[district], code)
        for row in self.departments.itertuples(index=False):
            graph.add_node(row.code, kind=row.kind, label=row.name)
            graph.add_edge(self.name, row.code)
        return graph

    def split(self, k: int) -> City:
        """Cut every street into k of 1/k of its residents (their sum is kept), in k leagues of S; for benchmarks.

        Copy c of street row i is row c · S + i; its neighbours are the same copy's. Copy 0 keeps the codes.
        Raises CityError if k is not a whole number from 1 to the smallest street's population.
        """
        n, smallest = len(self.streets), int(self.streets["population"].min())
        if type(k) is not int or not 1 <= k <= smallest:
            raise CityError(f"split: {k!r} must be a whole number from 1 to {smallest}, the smallest street's population")
        if k == 1:
            return self
        copy = np.repeat(np.arange(k, dtype=np.int64), n)
        shift = 10 ** len(str(int(self.streets["code"].max())))
        streets = self.streets.iloc[np.tile(np.arange(n), k)].reset_index(drop=True)
        part, rest = np.divmod(streets["population"].to_numpy(dtype=np.int64), k)
        streets["population"] = part + (copy < rest)
        streets["code"] += copy * shift
        streets["communities"] /= k
        borders = self.borders.iloc[np.tile(np.arange(len(self.borders)), k)].reset_index(drop=True)
        for column in ("code_a", "code_b"):
            borders[column] += np.repeat(np.arange(k, dtype=np.int64), len(self.borders)) * shift
        edges = len(self.neighbour_list)
        starts = self.neighbour_start[:-1] + np.arange(k, dtype=np.int64)[:, None] * edges
        entries = self.neighbour_list + np.arange(k, dtype=np.int64)[:, None] * n
        return dataclasses.replace(
            self,
            name=f"{self.name}_split_{k}",
            label_en=f"{self.label_en}, streets in {k} parts",
            label_zh=f"{self.label_zh}（街乡{k}等分）",
            streets=streets,
            borders=borders,
            neighbour_start=_frozen(np.append(starts.ravel(), k * edges)),
            neighbour_list=_frozen(entries.ravel()),
            league=_frozen(copy),
            notes=(*self.notes, f"For a benchmark every street was cut into {k} parts, in {k} leagues."),
            files=self.files + f"split {k}\n".encode(),
        )


def _frozen(values: Any) -> Ints:
    out: Ints = np.array(values, dtype=np.int64)
    out.flags.writeable = False
    return out


def _compressed(rows: list[list[int]]) -> tuple[Ints, Ints]:
    start = np.cumsum([0, *(len(row) for row in rows)])
    return _frozen(start), _frozen([entry for row in rows for entry in row])


def _frame(table: Table) -> pd.DataFrame:
    return pd.DataFrame(dict(table.columns))


def _streets(read: CityTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the streets of the city and the districts that they lie in, with the population of these streets."""
    streets = _frame(read.tables["streets.csv"])
    wanted = read.settings.streets
    if wanted is not None:
        streets = streets[streets["code"].isin(wanted)].reset_index(drop=True)
    table = read.tables["districts.csv"]
    people = dict.fromkeys(table["district"], 0)
    for district, count in zip(streets["district"], streets["population"].tolist(), strict=True):
        people[district] += count
    districts = _frame(table).rename(columns={"district": "name"})
    districts["population"] = list(people.values())
    districts = districts.loc[districts["population"] > 0, ["code", "name", "name_zh", "zone", "population"]].reset_index(drop=True)
    index = {name: row for row, name in enumerate(districts["name"])}
    streets.insert(2, "district_index", np.array([index[name] for name in streets["district"]], dtype=np.int64))
    return streets, districts


def _neighbours(streets: pd.DataFrame, borders: pd.DataFrame) -> tuple[list[list[int]], int]:
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


def _volumes(published: Table) -> dict[int, float]:
    rows = zip(published["metric"], published["year"], published["value"], strict=True)
    return dict(sorted((year, million * 1e6) for metric, year, million in rows if metric == "dispatched"))


def _notes(streets: pd.DataFrame, alone: int) -> tuple[str, ...]:
    n = len(streets)
    counted = (
        (sum(streets["population_basis"] == "estimate"), "the population is an estimate (± 60 %)"),
        (alone, "no neighbour is known, and the other streets of their district stand in"),
        (sum(math.isnan(lon) for lon in streets["lon"]), "the coordinates are missing"),
        (sum(math.isnan(number) for number in streets["communities"]), "the number of communities is missing"),
    )
    return tuple(f"For {count} of {n} streets {what}." for count, what in counted if count)
