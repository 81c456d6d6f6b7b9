"""What each column of a city's csv files may hold."""

from __future__ import annotations

from sim.city_files import Field

ZONES = ("core", "urban_expansion", "new_development", "ecological")
DIMENSIONS = (  # the seven haves 七有 and the five qualities 五性
    *("childcare", "education", "employment", "health_care", "elderly_care", "housing", "support"),
    *("convenience", "liveability", "diversity", "fairness", "safety"),
)
SEASONS = tuple(f"season_{month}" for month in range(1, 13))

_WORD = Field(pattern=r"[a-z][a-z0-9_]*", pattern_text="a snake_case word")
_CODES = Field(
    empty=True, pattern=r"[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*", pattern_text="codes of departments.csv separated by '|'"
)
_TEXT, _NOTE = Field(), Field(empty=True)
_CODE = Field(int, 1, 999_999_999_999)
_SHARE = Field(float, 0, 1)
_LON, _LAT = Field(float, -180, 180, empty=True), Field(float, -90, 90, empty=True)
_PERCENT = Field(float, 0, 100, empty=True)

MAY_BE_EMPTY = ("street_neighbours.csv", "published_districts.csv")  # but for the header: not every city has the data

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
        "visible": _SHARE,
        **{season: Field(float, 0, 12) for season in SEASONS},
    },
    "departments.csv": {
        "code": _WORD,
        "name": _TEXT,
        "name_zh": _TEXT,
        "kind": Field(choices=("department", "enterprise")),
    },
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
