"""The world as given: categories of requests, residents by street, and the base rate at which requests arise."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from itertools import pairwise

from sim.city import City
from sim.luck import Purpose, Tag, mix_one
from sim.parameters import Parameters
from sim.tables import lognormal_quantiles, lorenz_positions, read_lorenz

from .chance import Urn, draw

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Category:
    """A kind of request: who answers, how soon, which authority it needs and how many minutes it takes."""

    row: int
    name: str
    share: float
    season: list[float]  # January to December
    deadline: int
    minutes: float
    spread: list[float]  # equally likely factors of the minutes
    share_street: float
    share_department: float
    share_enterprise: float
    visible: float
    dimension: str  # of public services
    level_city: float
    level_above: float
    departments: list[int]  # rows of the city's departments
    enterprises: list[int]


def categories_of(city: City, hard_share: float) -> list[Category]:
    """Return the city's categories, with their shares of hard problems multiplied."""
    found = []
    for row, line in enumerate(city.categories.to_dict("records")):
        d, e = city.department_start[row : row + 2].tolist(), city.enterprise_start[row : row + 2].tolist()
        found.append(
            Category(
                row=row,
                name=line["name"],
                share=line["share"],
                season=[line[f"season_{month}"] for month in range(1, 13)],
                deadline=line["deadline_days"],
                minutes=line["minutes"],
                spread=lognormal_quantiles(line["log_sd"]).tolist(),
                share_street=line["share_street"],
                share_department=line["share_department"],
                share_enterprise=line["share_enterprise"],
                visible=line["visible"],
                dimension=line["dimension"],
                level_city=min(1.0, hard_share * line["level_city"]),
                level_above=min(1.0, hard_share * (line["level_city"] + line["level_district"])),
                departments=city.department_list[d[0] : d[1]].tolist(),
                enterprises=city.enterprise_list[e[0] : e[1]].tolist(),
            )
        )
    return found


class World:
    """Residents by street and the expected requests by street, category and day."""

    def __init__(self, city: City, parameters: Parameters, seed: int, scale: float) -> None:
        self.city, self.scale = city, scale
        self.categories = categories_of(city, parameters.hard_share)
        full = city.streets["population"].tolist()
        self.population = [max(1, math.floor(people * scale + 0.5)) for people in full]
        self.full_population = sum(full)
        self.total = sum(self.population)
        self.first_person = [sum(self.population[:street]) for street in range(len(full))]
        self.exposed = self._exposed(parameters, seed)
        self.propensity = lorenz_positions(parameters.propensity_log_sd)
        self.street_urns = [Urn([row[c.row] for row in self.exposed]) for c in self.categories]
        weights = [[c.share * c.season[month] for c in self.categories] for month in range(12)]
        self.weights = weights
        self.category_urns = [Urn(month) for month in weights]
        self.year_factors: dict[int, float] = {}

    def _exposed(self, parameters: Parameters, seed: int) -> list[list[float]]:
        """Return each street's share of a category's requests: its residents times luck of its own."""
        spread = lognormal_quantiles(parameters.exposure_log_sd).tolist()
        out = []
        for people, code in zip(self.population, self.city.streets["code"].tolist(), strict=True):
            key = mix_one(seed, Tag.CELL, code)
            luck = [draw(key, Purpose.EXPOSURE, c.row) for c in self.categories]
            out.append([float(people) * spread[int(u * len(spread))] for u in luck])
        wholes = [math.fsum(row[c.row] for row in out) for c in self.categories]
        return [[value / whole for value, whole in zip(row, wholes, strict=True)] for row in out]

    def volume(self, moment: float) -> float:
        """Return the yearly volume at a moment (a year and its part): linear between the middles of known years."""
        known = sorted(self.city.volumes.items())
        if moment <= known[0][0] + 0.5:
            return known[0][1]
        for (left, low), (right, high) in pairwise(known):
            if moment <= right + 0.5:
                return low + (high - low) * ((moment - left - 0.5) / (right - left))
        return known[-1][1]

    def day_weight(self, day: datetime.date) -> float:
        """Return a day's volume before the year is scaled to what was published for it."""
        length = (datetime.date(day.year + 1, 1, 1) - datetime.date(day.year, 1, 1)).days
        moment = day.year + (day.timetuple().tm_yday - 0.5) / length
        return self.volume(moment) * self.city.weekday[day.weekday()] * math.fsum(self.weights[day.month - 1])

    def daily_mean(self, day: datetime.date) -> float:
        """Return the expected requests of a day in the whole city."""
        if day.year not in self.year_factors:
            date, days = datetime.date(day.year, 1, 1), []
            while date.year == day.year:
                days.append(self.day_weight(date))
                date += ONE_DAY
            per_head = self.volume(day.year + 0.5) / self.city.base_population
            people = float(self.full_population) * self.scale
            self.year_factors[day.year] = per_head * people / math.fsum(days)
        return self.day_weight(day) * self.year_factors[day.year]

    def month_by_category(self, first: datetime.date) -> list[float]:
        """Return the whole city's expected requests of a calendar month by category."""
        date, means = first, []
        while date.month == first.month:
            means.append(self.daily_mean(date))
            date += ONE_DAY
        weights, mean = self.weights[first.month - 1], math.fsum(means)
        whole = math.fsum(weights)
        return [weight / whole * mean for weight in weights]

    def month_requests(self, first: datetime.date) -> list[list[float]]:
        """Return the expected requests of a calendar month by street and category."""
        expected = self.month_by_category(first)
        return [[share * n for share, n in zip(row, expected, strict=True)] for row in self.exposed]

    def year_requests(self, year: int) -> list[list[float]]:
        """Return a year's expected requests by street and category."""
        total = [[0.0] * len(self.categories) for _ in self.exposed]
        for month in range(1, 13):
            requests = self.month_requests(datetime.date(year, month, 1))
            total = [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(total, requests, strict=True)]
        return total

    def year_minutes(self, year: int) -> list[list[float]]:
        """Return the standard minutes of a year's expected requests by street and category."""
        total = self.year_requests(year)
        return [[n * c.minutes for n, c in zip(row, self.categories, strict=True)] for row in total]

    def draw_person(self, street: int, u: float) -> int:
        """Return the number of the resident of a street whom the uniform u picks by propensity."""
        people = self.population[street]
        within = int(float(read_lorenz(self.propensity, u)) * people)
        return self.first_person[street] + min(within, people - 1)
