"""Beijing as its sources have it, the small city, split cities, and what the digest sees."""

import csv
import dataclasses
import math
import shutil
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.city import DIMENSIONS, SEASONS, ZONES, City, CityError
from sim.city_fields import FIELDS
from sim.city_files import DATA

BEIJING = City.load("beijing")
SMALL = City.load("small")
BOTH = pytest.mark.parametrize("city", [BEIJING, SMALL], ids=["beijing", "small"])


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of one of Beijing's files."""
    with (DATA / "beijing" / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def neighbours_of(city: City, row: int) -> list[int]:
    """Return the rows of a street's neighbours."""
    found: list[int] = city.neighbour_list[city.neighbour_start[row] : city.neighbour_start[row + 1]].tolist()
    return found


def test_beijing_has_its_published_size() -> None:
    assert (len(BEIJING.streets), len(BEIJING.districts), len(BEIJING.borders)) == (343, 16, 891)
    assert BEIJING.streets["population"].sum() == BEIJING.base_population == 21_893_095  # census 2020
    assert BEIJING.streets["lon"].notna().sum() == BEIJING.streets["lat"].notna().sum() == 325
    assert BEIJING.streets["communities"].notna().sum() == 327
    assert (BEIJING.streets["population_basis"] == "census").sum() == 39
    assert set(BEIJING.districts["zone"]) == set(ZONES)
    assert BEIJING.volumes == {2018: 1.725e6, 2019: 2.52e6, 2020: 4.5e6, 2021: 6.5e6, 2023: 10.894e6}


@BOTH
def test_frames_have_the_columns_promised(city: City) -> None:
    streets = "code district district_index name_zh kind population population_basis communities lon lat"
    assert list(city.streets.columns) == streets.split()
    assert list(city.districts.columns) == ["code", "name", "name_zh", "zone", "population"]
    assert list(city.categories.columns) == list(FIELDS["categories.csv"])
    assert list(city.departments.columns) == ["code", "name", "name_zh", "kind"]
    assert list(city.published.columns) == list(FIELDS["published.csv"])
    assert list(city.published_districts.columns) == list(FIELDS["published_districts.csv"])
    for frame in (city.streets, city.districts, city.borders):
        assert list(frame.index) == list(range(len(frame)))
    for column in ("code", "district_index", "population"):
        assert city.streets[column].dtype == np.int64


@BOTH
def test_districts_are_the_sum_of_their_streets(city: City) -> None:
    people = np.bincount(city.streets["district_index"], weights=city.streets["population"])
    assert people.tolist() == city.districts["population"].tolist()
    assert city.districts["name"][city.streets["district_index"]].tolist() == city.streets["district"].tolist()


def test_small_is_twelve_full_size_streets_in_three_zones() -> None:
    assert (len(SMALL.streets), len(SMALL.districts), SMALL.districts["zone"].nunique()) == (12, 3, 3)
    whole = BEIJING.streets.set_index("code")
    assert SMALL.streets["population"].tolist() == whole.loc[SMALL.streets["code"], "population"].tolist()
    assert SMALL.streets["lon"].isna().sum() == 1
    assert SMALL.streets["population"].max() > 10 * SMALL.streets["population"].min()
    assert len(SMALL.borders) >= 8
    assert (SMALL.volumes, SMALL.base_population) == (BEIJING.volumes, BEIJING.base_population)
    assert (SMALL.name, SMALL.weekday) == ("small", BEIJING.weekday)


def test_categories_agree_with_the_model_and_the_data() -> None:
    table = BEIJING.categories
    share = table["share"]
    assert len(table) == 14 and math.isclose(share.sum(), 1)
    assert 0.69 < (share * table["share_street"]).sum() < 0.71
    assert 115 < (share * table["minutes"]).sum() < 125
    assert 0.055 < (share * table["level_district"]).sum() < 0.065
    assert 0.007 < (share * table["level_city"]).sum() < 0.009
    assert set(table["deadline_days"]) == {1, 7, 15} and set(table["dimension"]) <= set(DIMENSIONS)
    np.testing.assert_allclose(table[list(SEASONS)].mean(axis=1), 1)
    heating = table.set_index("name").loc["heating", list(SEASONS)].astype(float)
    assert (heating[["season_1", "season_11", "season_12"]] > 2).all() and (heating[list(SEASONS[4:9])] <= 0.1).all()


def test_street_level_order_is_that_of_dongcheng() -> None:
    table = BEIJING.categories.set_index("name")
    at_streets = table["share"] * table["share_street"]
    order = ["property_management", "sanitation", "parking_traffic", "illegal_building", "market_regulation", "noise"]
    order += ["construction", "education", "housing_title"]  # administration is no category here
    assert list(at_streets[order].sort_values(ascending=False).index) == order


def test_shares_lie_within_the_bounds_set_by_the_contacts_of_2020() -> None:
    share = BEIJING.categories.set_index("name")["share"]
    not_epidemic = 3.6e6  # tickets dispatched in 2020, README.md
    assert share["property_management"] + share["housing_title"] <= 612_000 / not_epidemic
    assert share["construction"] + share["illegal_building"] <= 548_000 / not_epidemic
    assert share["heating"] + share["utilities"] <= 648_000 / not_epidemic
    assert share["market_regulation"] <= 980_000 / not_epidemic and share["health"] <= 598_000 / not_epidemic
    assert share["parking_traffic"] <= 472_000 / not_epidemic and share["public_order"] <= 465_000 / not_epidemic
    assert share["labour"] <= 357_000 / not_epidemic
    for name in ("education", "sanitation", "noise"):
        assert share[name] <= 351_000 / not_epidemic


def test_every_figure_of_the_categories_has_a_source_and_lies_in_its_range() -> None:
    numeric = [name for name, field in FIELDS["categories.csv"].items() if field.kind is not str]
    cells = {(row["name"], column): float(row[column]) for row in rows("categories.csv") for column in numeric}
    names = {name for name, _ in cells}
    covered: dict[tuple[str, str], int] = dict.fromkeys(cells, 0)
    for source in rows("category_sources.csv"):
        assert source["source"] and source["confidence"] in ("derived", "assumption", "other_city"), source
        assert float(source["low"]) < float(source["high"]), source
        columns = SEASONS if source["column"] == "season_*" else (source["column"],)
        for name in names if source["category"] == "*" else (source["category"],):
            for column in columns:
                covered[name, column] += 1  # KeyError: a source of nothing
                assert float(source["low"]) <= cells[name, column] <= float(source["high"]), (name, column)
    assert set(covered.values()) == {1}


@BOTH
def test_units_that_answer_are_listed_by_category(city: City) -> None:
    for kind, start, listed in (
        ("department", city.department_start, city.department_list),
        ("enterprise", city.enterprise_start, city.enterprise_list),
    ):
        assert start.shape == (len(city.categories) + 1,) and start.dtype == listed.dtype == np.int64
        assert set(city.departments["kind"][listed]) == {kind}
        for c, cell in enumerate(city.categories[kind]):
            codes = city.departments["code"][listed[start[c] : start[c + 1]]].tolist()
            assert sorted(codes) == sorted(cell.split("|") if cell else [])
    used = set(city.department_list.tolist()) | set(city.enterprise_list.tolist())
    assert used == set(range(len(city.departments)))


@BOTH
def test_neighbour_lists_agree_with_the_graph_or_fall_back_to_the_district(city: City) -> None:
    codes = city.streets["code"].tolist()
    assert list(city.neighbours) == codes
    for row, code in enumerate(codes):
        listed = neighbours_of(city, row)
        known = sorted(codes.index(other) for other in city.neighbours[code])
        district = city.streets["district_index"]
        assert listed == (known or [j for j in range(len(codes)) if district[j] == district[row] and j != row])
        assert listed
    assert city.neighbour_start[-1] == len(city.neighbour_list)
    alone = sum(city.neighbours.degree(code) == 0 for code in codes)
    assert any(note.startswith(f"For {alone} of {len(codes)} streets no neighbour is known") for note in city.notes)
    assert city.neighbours.number_of_edges() == len(city.borders)


def test_border_lengths_are_kept() -> None:
    assert BEIJING.neighbours[110101001][110101011]["border_km"] == 1.62


def test_notes_say_what_is_missing() -> None:
    assert BEIJING.notes == (
        "For 304 of 343 streets the population is an estimate (± 60 %).",
        "For 18 of 343 streets no neighbour is known, and the other streets of their district stand in.",
        "For 18 of 343 streets the coordinates are missing.",
        "For 16 of 343 streets the number of communities is missing.",
    )


@BOTH
def test_governance_is_a_tree_from_the_city_down(city: City) -> None:
    graph = city.governance
    assert nx.is_arborescence(graph)
    kinds = [graph.nodes[node]["kind"] for node in graph]
    assert kinds.count("street") == len(city.streets) and kinds.count("district") == len(city.districts)
    assert kinds.count("department") == 14 and kinds.count("enterprise") == 7 and kinds.count("city") == 1
    assert nx.shortest_path(graph, city.name, 110101001) == [city.name, 110101, 110101001]
    assert graph.nodes[110101001]["label"] == "东华门街道"


def test_a_street_alone_in_its_district_neighbours_the_whole_city(tmp_path: Path) -> None:
    head = 'name = "x"\nlabel_en = "X"\nlabel_zh = "某"\nextends = "beijing"\n'
    (tmp_path / "city.toml").write_text(head + "streets = [110101001, 110101002, 110119102]\n", encoding="utf-8")
    assert neighbours_of(City.load(tmp_path), 2) == [0, 1]
    (tmp_path / "city.toml").write_text(head + "streets = [110119102]\n", encoding="utf-8")
    assert neighbours_of(City.load(tmp_path), 0) == []


def test_weekday_factors_have_mean_one() -> None:
    assert len(BEIJING.weekday) == 7 and math.isclose(math.fsum(BEIJING.weekday), 7)


def test_a_city_cannot_be_written_to_by_accident() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        SMALL.name = "other"  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        SMALL.league[0] = 1


@given(st.integers(2, 60))
@settings(max_examples=15, deadline=None)
def test_split_keeps_people_districts_and_neighbourhoods(k: int) -> None:
    parts, n = SMALL.split(k), len(SMALL.streets)
    people = parts.streets["population"].to_numpy().reshape(k, n)
    assert (people.sum(axis=0) == SMALL.streets["population"]).all()
    assert (people.max(axis=0) - people.min(axis=0) <= 1).all()
    assert parts.streets["code"].is_unique and parts.streets["code"][:n].tolist() == SMALL.streets["code"].tolist()
    assert np.bincount(parts.league).tolist() == [n] * k
    assert parts.streets["district"].tolist() == SMALL.streets["district"].tolist() * k
    for row in range(k * n):
        copy, original = divmod(row, n)
        assert neighbours_of(parts, row) == [copy * n + other for other in neighbours_of(SMALL, original)]
    assert len(parts.neighbours) == k * n and nx.is_arborescence(parts.governance)
    assert parts.neighbours.number_of_edges() == k * len(SMALL.borders)


def test_split_of_beijing_by_a_hundred() -> None:
    parts = BEIJING.split(100)
    assert len(parts.streets) == 34_300 and parts.streets["population"].sum() == BEIJING.base_population
    assert parts.base_population == BEIJING.base_population and parts.districts.equals(BEIJING.districts)
    assert parts.content() != BEIJING.content() != BEIJING.split(99).content()
    assert BEIJING.split(1) is BEIJING and not BEIJING.league.any()


@pytest.mark.parametrize("k", [0, -1, 2.0, True, 6447, "2"])
def test_split_refuses_other_numbers(k: object) -> None:
    with pytest.raises(CityError, match=r"must be a whole number from 1 to 6446"):
        BEIJING.split(k)  # type: ignore[arg-type]


def test_content_is_the_same_wherever_the_folder_lies_and_differs_with_any_byte(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    copy = tmp_path / "data" / "beijing"
    assert City.load(copy).content() == BEIJING.content() != SMALL.content()
    seen = {BEIJING.content()}
    for file in ("city.toml", *FIELDS):
        with (copy / file).open("a", encoding="utf-8", newline="") as stream:
            stream.write("\n")
        seen.add(City.load(copy).content())
    assert len(seen) == 1 + 1 + len(FIELDS)


def test_content_of_an_extending_city_holds_its_base(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    small = tmp_path / "data" / "small" / "city.toml"
    small.write_text(small.read_text(encoding="utf-8").replace('"beijing"', '"../beijing"'), encoding="utf-8")
    before = City.load(small.parent).content()
    streets = tmp_path / "data" / "beijing" / "streets.csv"
    streets.write_bytes(streets.read_bytes() + b"\n")
    assert City.load(small.parent).content() != before
