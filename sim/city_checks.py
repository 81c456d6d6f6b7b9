"""Check what must agree within and between the tables of a city; every check raises CityError at the first fault."""

from __future__ import annotations

import math

from sim.city_fields import SEASONS
from sim.city_files import CityError, Table, nearest

_TOLERANCE = 1e-9  # of sums that must be 1
_MOST_MILLIONS = 10_000.0  # tickets a year
_MOST_CATEGORIES = 255  # what a ticket's column holds


def check_streets(streets: Table, districts: Table, borders: Table) -> None:
    """Check codes, districts, coordinates, district totals and neighbours."""
    streets.check_unique("code")
    districts.check_unique("code")
    districts.check_unique("district")
    streets.check_known("district", dict.fromkeys(districts["district"]), "a district of districts.csv")
    for row, (lon, lat) in enumerate(zip(streets["lon"], streets["lat"], strict=True)):
        if math.isnan(lon) != math.isnan(lat):
            streets.fail(row, "lon" if math.isnan(lon) else "lat", "must be given, or both lon and lat left out")
    total = dict.fromkeys(districts["district"], 0)
    for district, people in zip(streets["district"], streets["population"], strict=True):
        total[district] += people
    for row, (district, census) in enumerate(zip(districts["district"], districts["population_2020"], strict=True)):
        if total[district] != census:
            districts.fail(row, "population_2020", f"must be the sum of {district}'s streets, {total[district]}")
    _check_borders(borders, set(streets["code"]))


def _check_borders(borders: Table, known: set[int]) -> None:
    seen: dict[tuple[int, int], int] = {}
    for row, (a, b) in enumerate(zip(borders["code_a"], borders["code_b"], strict=True)):
        for column, code in (("code_a", a), ("code_b", b)):
            if code not in known:
                borders.fail(row, column, "must be a code of streets.csv")
        if a == b:
            borders.fail(row, "code_b", "must differ from code_a: no street is its own neighbour")
        pair = (min(a, b), max(a, b))
        if pair in seen:
            borders.fail(row, "code_b", f"must not be paired twice with {a} (also in line {borders.lines[seen[pair]]})")
        seen[pair] = row


def check_categories(categories: Table, departments: Table) -> None:
    """Check shares, deadlines, seasons and who answers; every department must be named by a category."""
    if len(categories.lines) > _MOST_CATEGORIES:
        raise CityError(f"{categories.file}: {len(categories.lines)} rows, must be at most {_MOST_CATEGORIES}")
    categories.check_unique("name")
    departments.check_unique("code")
    for row, deadline in enumerate(categories["deadline_days"]):
        if deadline not in (1, 7, 15):
            categories.fail(row, "deadline_days", "must be 1, 7 or 15")
        answered = math.fsum(categories[f"share_{who}"][row] for who in ("street", "department", "enterprise"))
        if abs(answered - 1) > _TOLERANCE:
            rule = f"must add to 1 with share_department and share_enterprise, not to {answered:.9g}"
            categories.fail(row, "share_street", rule)
        if categories["level_district"][row] + categories["level_city"][row] > 1:
            categories.fail(row, "level_city", "must not exceed 1 together with level_district")
        season = math.fsum(categories[column][row] for column in SEASONS) / 12
        if abs(season - 1) > _TOLERANCE:
            categories.fail(row, "season_1", f"must have mean 1 with the other months, not {season:.9g}")
    whole = math.fsum(categories["share"])
    if abs(whole - 1) > _TOLERANCE:
        raise CityError(f"{categories.file}, column share: the rows must add to 1, not to {whole:.9g}")
    for column in SEASONS:
        if not any(s * m > 0 for s, m in zip(categories["share"], categories[column], strict=True)):
            raise CityError(f"{categories.file}, column {column}: must be above 0 for a category with a share above 0")
    used = _check_answering(categories, "department", departments) | _check_answering(
        categories, "enterprise", departments
    )
    for row, code in enumerate(departments["code"]):
        if code not in used:
            departments.fail(row, "code", "must be named by a category in categories.csv, or left out")


def _check_answering(categories: Table, kind: str, departments: Table) -> set[str]:
    """Return the codes that the column `kind` names, each checked."""
    pairs = zip(departments["code"], departments["kind"], strict=True)
    known = [code for code, its_kind in pairs if its_kind == kind]
    used: set[str] = set()
    for row, cell in enumerate(categories[kind]):
        codes = cell.split("|") if cell else []
        if categories[f"share_{kind}"][row] > 0 and not codes:
            categories.fail(row, kind, f"must name a code of departments.csv, since share_{kind} is above 0")
        for code in codes:
            if code not in known:
                categories.fail(row, kind, f"must name codes of departments.csv of kind {kind}{nearest(code, known)}")
        if len(set(codes)) < len(codes):
            categories.fail(row, kind, "must not name a code twice")
        used.update(codes)
    return used


def check_published(published: Table, by_district: Table, districts: Table) -> None:
    """Check the districts, and that the yearly volumes of dispatched tickets can be read."""
    by_district.check_known("district", dict.fromkeys(districts["district"]), "a district of districts.csv")
    for row, (unit, value, month) in enumerate(
        zip(published["unit"], published["value"], published["month"], strict=True)
    ):
        if unit == "percent" and not 0 <= value <= 100:
            published.fail(row, "value", "must be a number from 0 to 100 for unit percent")
        if not math.isnan(month) and month != int(month):
            published.fail(row, "month", "must be a whole number from 1 to 12 or empty")
    lines: dict[int, int] = {}
    for row in [row for row, metric in enumerate(published["metric"]) if metric == "dispatched"]:
        year = published["year"][row]
        if published["unit"][row] != "million":
            published.fail(row, "unit", "must be million for metric dispatched")
        if not 0 < published["value"][row] <= _MOST_MILLIONS:
            published.fail(row, "value", f"must be above 0 and at most {_MOST_MILLIONS:g} for metric dispatched")
        if not math.isnan(published["month"][row]):
            published.fail(row, "month", "must be empty for metric dispatched: volumes are of years")
        if year in lines:
            published.fail(row, "year", f"must not appear twice for metric dispatched (also in line {lines[year]})")
        lines[year] = published.lines[row]
    if not lines:
        raise CityError(f"{published.file}, column metric: must hold dispatched for at least one year")
