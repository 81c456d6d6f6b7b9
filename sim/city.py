"""City: the files of a city as streets, districts, departments and categories, with who borders and governs whom."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from sim.city_fields import DIMENSIONS, SEASONS, ZONES
from sim.city_files import CityError
from sim.city_tables import (
    Ints,
    borders_within,
    compressed,
    data_notes,
    frame,
    frozen,
    neighbour_rows,
    read_city,
    street_frames,
    units_by_category,
    yearly_volumes,
)

__all__ = ["DIMENSIONS", "SEASONS", "ZONES", "City", "CityError"]


@dataclass(frozen=True, eq=False)
class City:
    """What a run takes as given: S streets, C categories of requests. Make it by `load`; do not write to its tables.

    Start and list arrays are rows in compressed form: row i holds `list[start[i]:start[i + 1]]`.
    """

    name: str
    label_en: str
    label_zh: str
    # code, district, district_index, name_zh, kind, population, population_basis, communities, lon, lat
    streets: pd.DataFrame
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
        tables = read.tables
        streets, districts = street_frames(read)
        borders = borders_within(streets, tables["street_neighbours.csv"])
        neighbours, alone = neighbour_rows(streets, borders)
        neighbour_start, neighbour_list = compressed(neighbours)
        categories, departments = tables["categories.csv"], tables["departments.csv"]
        department_start, department_list = units_by_category(categories, "department", departments)
        enterprise_start, enterprise_list = units_by_category(categories, "enterprise", departments)
        return cls(
            name=read.settings.name,
            label_en=read.settings.label_en,
            label_zh=read.settings.label_zh,
            streets=streets,
            districts=districts,
            categories=frame(categories),
            departments=frame(departments),
            borders=borders,
            published=frame(tables["published.csv"]),
            published_districts=frame(tables["published_districts.csv"]),
            volumes=yearly_volumes(tables["published.csv"]),
            base_population=sum(tables["streets.csv"]["population"]),
            weekday=read.weekday,
            neighbour_start=neighbour_start,
            neighbour_list=neighbour_list,
            department_start=department_start,
            department_list=department_list,
            enterprise_start=enterprise_start,
            enterprise_list=enterprise_list,
            league=frozen(np.zeros(len(streets), dtype=np.int64)),
            notes=data_notes(streets, alone),
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
        columns = (self.borders[name].tolist() for name in ("code_a", "code_b", "border_km"))
        graph.add_edges_from((a, b, {"border_km": km}) for a, b, km in zip(*columns, strict=True))
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
            raise CityError(f"split: {k!r} must be a whole number from 1 to {smallest}, the smallest population")
        if k == 1:
            return self
        copies = np.arange(k, dtype=np.int64)
        copy = np.repeat(copies, n)
        # in front of the code: 110101001 becomes 1110101001, 2110101001, …
        shift = 10 ** len(str(int(self.streets["code"].max())))
        streets = self.streets.iloc[np.tile(np.arange(n), k)].reset_index(drop=True)
        part, rest = np.divmod(streets["population"].to_numpy(dtype=np.int64), k)
        streets["population"] = part + (copy < rest)
        streets["code"] += copy * shift
        streets["communities"] /= k
        borders = self.borders.iloc[np.tile(np.arange(len(self.borders)), k)].reset_index(drop=True)
        for column in ("code_a", "code_b"):
            borders[column] += np.repeat(copies, len(self.borders)) * shift
        edges = len(self.neighbour_list)
        starts = self.neighbour_start[:-1] + copies[:, None] * edges
        entries = self.neighbour_list + copies[:, None] * n
        return dataclasses.replace(
            self,
            name=f"{self.name}_split_{k}",
            label_en=f"{self.label_en}, streets in {k} parts",
            label_zh=f"{self.label_zh}（街乡{k}等分）",
            streets=streets,
            borders=borders,
            neighbour_start=frozen(np.append(starts.ravel(), k * edges)),
            neighbour_list=frozen(entries.ravel()),
            league=frozen(copy),
            notes=(*self.notes, f"For a benchmark every street was cut into {k} parts, in {k} leagues."),
            files=self.files + f"split {k}\n".encode(),
        )
