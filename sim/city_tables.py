"""Hold the files of a city against each other: what each column may hold, and what must agree between files."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from sim.city_files import SETTINGS_FILE, CityError, Field, Settings, Table, find_folder, parse_settings, parse_table, read_bytes

ZONES = ("core", "urban_expansion", "new_development", "ecological")
DIMENSIONS = (  # the seven haves 七有 and the five qualities 五性
    *("childcare", "education", "employment", "health_care", "elderly_care", "housing", "support"),
    *("convenience", "liveability", "diversity", "fairness", "safety"),
)
SEASONS = tuple(f"season_{month}" for month in range(1, 13))
REPLACEABLE = ("categories.csv", "departments.csv")  # by a city that extends another
_TOLERANCE = 1e-9

_WORD = Field(pattern=r"[a-z][a-z0-9_]*", pattern_text="a snake_case word")
_CODES = Field(empty=True, pattern=r"[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*", pattern_text="codes of departments.csv separated by '|'")
_TEXT, _NOTE = Field(), Field(empty=True)
_CODE = Field(int, 1, 999_999_999_999)
_SHARE = Field(float, 0, 1)
_LON, _LAT = Field(float, -180, 180, empty=True), Field(float, -90, 90, empty=True)
_PERCENT = Field(float, 0, 100, empty=True)

FIELDS: dict[str, dict[str, Field]] = {
    "streets.csv": {
        "code": _CODE,
        "district": _TEXT,
        "name_zh": _TEXT,
        "kind": Field(choices=("subdistrict", "area", "town", "township")),
        "population": Field(int, 1),
        "population_basis": Field(choices=("census", "estimate")),
        "communities": Field(float, 0, empty=True),
        "lon": _LON,
        "lat": _LAT,
    },
    "districts.csv": {
        "code": _CODE,
        "district": _TEXT,
        "name_zh": _TEXT,
        "zone": Field(choices=ZONES),
        "population_2020": Field(int, 1),
    },
    "street_neighbours.csv": {"code_a": _CODE, "code_b": _CODE, "border_km": Field(float, 0)},
    "categories.csv": {
        "name": _WORD,
        "label_en": _TEXT,
        "label_zh": _TEXT,
        "share": _SHARE,
        "deadline_days": Field(int, 1, 15),
        "minutes": Field(float, 1, 10_000),
        "log_sd": Field(float, 0, 3),
        "share_street": _SHARE,
        "share_department": _SHARE,
        "share_enterprise": _SHARE,
        "department": _CODES,
        "enterprise": _CODES,
        "level_district": _SHARE,
        "level_city": _SHARE,
        "dimension": Field(choices=DIMENSIONS),
        **{season: Field(float, 0, 12) for season in SEASONS},
    },
    "departments.csv": {"code": _WORD, "name": _TEXT, "name_zh": _TEXT, "kind": Field(choices=("department", "enterprise"))},
    "published.csv": {
        "metric": _TEXT,
        "year": Field(int, 1900, 2100),
        "month": Field(float, 1, 12, empty=True),
        "value": Field(float),
        "unit": _TEXT,
        "source": _NOTE,
        "confidence": Field(choices=("published", "derived", "recalled", "other_city")),
    },
    "published_districts.csv": {
        "district": _TEXT,
        "year": Field(int, 1900, 2100),
        "tickets": Field(float, 0, empty=True),
        "response_rate": _PERCENT,
        "resolution_rate": _PERCENT,
        "satisfaction_rate": _PERCENT,
        "composite": _PERCENT,
    },
}


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
    settings, base = parse_settings(own[SETTINGS_FILE]), {}
    weekday = settings.weekday
    if settings.extends is None:
        own |= {file: read_bytes(folder, file) for file in FIELDS}
    else:
        base_folder = find_folder(settings.extends, relative_to=folder)
        for file in FIELDS:
            if (folder / file).exists():
                if file not in REPLACEABLE:
                    raise CityError(f"{SETTINGS_FILE}, key extends: {file} must not lie beside it, only {' and '.join(REPLACEABLE)}")
                own[file] = read_bytes(folder, file)
        base = {file: read_bytes(base_folder, file) for file in (SETTINGS_FILE, *FIELDS) if file == SETTINGS_FILE or file not in own}
        of_base = parse_settings(base[SETTINGS_FILE], f"{settings.extends}/{SETTINGS_FILE}")
        if of_base.extends is not None:
            raise CityError(f"{SETTINGS_FILE}, key extends: '{settings.extends}' must not itself extend a city")
        weekday = weekday or of_base.weekday
    assert weekday is not None  # parse_settings demands it of a city that extends none
    tables = {file: parse_table(file, own.get(file, base.get(file, b"")), fields) for file, fields in FIELDS.items()}
    _check_streets(tables["streets.csv"], tables["districts.csv"], tables["street_neighbours.csv"])
    _check_categories(tables["categories.csv"], tables["departments.csv"])
    _check_published(tables["published.csv"], tables["published_districts.csv"], tables["districts.csv"])
    known = set(tables["streets.csv"]["code"])
    for code in settings.streets or ():
        if code not in known:
            raise CityError(f"{SETTINGS_FILE}, key streets: {code} must be a code of streets.csv")
    named = [*sorted(own.items()), *((f"base/{file}", data) for file, data in sorted(base.items()))]
    content = b"".join(f"{file} {len(data)}\n".encode() + data for file, data in named)
    return CityTables(settings, weekday, tables, content)


def _check_streets(streets: Table, districts: Table, borders: Table) -> None:
    for table, column in ((streets, "code"), (districts, "code"), (districts, "district")):
        table.check_unique(column)
    streets.check_known("district", dict.fromkeys(districts["district"]), "a district of districts.csv")
    for row, (lon, lat) in enumerate(zip(streets["lon"], streets["lat"], strict=True)):
        if math.isnan(lon) != math.isnan(lat):
            streets.fail(row, "lon" if math.isnan(lon) else "lat", "must be given or left out with the other coordinate")
    total = dict.fromkeys(districts["district"], 0)
    for district, people in zip(streets["district"], streets["population"], strict=True):
        total[district] += people
    for row, district in enumerate(districts["district"]):
        if total[district] != districts["population_2020"][row]:
            districts.fail(row, "population_2020", f"must be the sum of the district's streets in streets.csv, {total[district]}")
    known, seen = set(streets["code"]), set()
    for row, (a, b) in enumerate(zip(borders["code_a"], borders["code_b"], strict=True)):
        for column, code in (("code_a", a), ("code_b", b)):
            if code not in known:
                borders.fail(row, column, "must be a code of streets.csv")
        if a == b:
            borders.fail(row, "code_b", "must differ from code_a: no street is its own neighbour")
        if (min(a, b), max(a, b)) in seen:
            borders.fail(row, "code_b", f"must not appear twice with {a}")
        seen.add((min(a, b), max(a, b)))


def _check_categories(categories: Table, departments: Table) -> None:
    categories.check_unique("name")
    departments.check_unique("code")
    kinds = dict(zip(departments["code"], departments["kind"], strict=True))
    used: set[str] = set()
    for row, name in enumerate(categories["name"]):
        if categories["deadline_days"][row] not in (1, 7, 15):
            categories.fail(row, "deadline_days", "must be 1, 7 or 15")
        answers = math.fsum(categories[f"share_{who}"][row] for who in ("street", "department", "enterprise"))
        if abs(answers - 1) > _TOLERANCE:
            categories.fail(row, "share_street", f"must add to 1 with share_department and share_enterprise, not to {answers:.9g}")
        if categories["level_district"][row] + categories["level_city"][row] > 1:
            categories.fail(row, "level_city", "must not exceed 1 together with level_district")
        season = math.fsum(categories[column][row] for column in SEASONS) / 12
        if abs(season - 1) > _TOLERANCE:
            categories.fail(row, "season_1", f"must have mean 1 with the other months, not {season:.9g} ({name})")
        for kind in ("department", "enterprise"):
            codes = categories[kind][row].split("|") if categories[kind][row] else []
            if categories[f"share_{kind}"][row] > 0 and not codes:
                categories.fail(row, kind, f"must name a unit, since share_{kind} is above 0")
            if len(set(codes)) < len(codes) or any(kinds.get(code) != kind for code in codes):
                categories.fail(row, kind, f"must list different codes of departments.csv of kind {kind}")
            used.update(codes)
    whole = math.fsum(categories["share"])
    if abs(whole - 1) > _TOLERANCE:
        raise CityError(f"{categories.file}, column share: the rows add to {whole:.9g}, must add to 1")
    departments.check_known("code", used, "named by a category in categories.csv")


def _check_published(published: Table, by_district: Table, districts: Table) -> None:
    by_district.check_known("district", dict.fromkeys(districts["district"]), "a district of districts.csv")
    years: set[int] = set()
    for row, metric in enumerate(published["metric"]):
        if metric == "dispatched":
            if published["unit"][row] != "million" or published["value"][row] <= 0 or not math.isnan(published["month"][row]):
                published.fail(row, "value", "must be above 0, in the unit million and without a month, for metric dispatched")
            if published["year"][row] in years:
                published.fail(row, "year", "must not appear twice for metric dispatched")
            years.add(published["year"][row])
    if not years:
        raise CityError(f"{published.file}, column metric: must hold 'dispatched' for at least one year")
