"""The base rate: requests by street, category and day that nothing in the model can touch.

base = population × exposure × category share × season × weekday × published volume. Rules, reforms and states act on
the ratio r of the actual to the base rate only, so two scenarios see the same stream of possible problems.
"""

from __future__ import annotations

import calendar
import datetime
import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.cells import blocks
from sim.city import City
from sim.luck import Purpose, Tag, alias_table, mix, mix_one, pick, uniform
from sim.parameters import Parameters
from sim.tables import GRAIN, lognormal

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class BaseRate:
    """Expected requests by day, and who draws them: a category by season, then a street by exposed population."""

    def __init__(self, city: City, parameters: Parameters, seed: int, scale: float = 1.0) -> None:
        self.city = city
        self.scale = scale
        self._year_factor: dict[int, float] = {}
        self.share: Floats = city.categories["share"].to_numpy(dtype=float)
        self.season: Floats = city.categories[[f"season_{m}" for m in range(1, 13)]].to_numpy(dtype=float)
        self.population: Ints = np.maximum(1, np.floor(city.streets["population"].to_numpy() * scale + 0.5)).astype(
            np.int64
        )
        self.exposed = self._exposed(parameters, seed)  # (S, C), each column adds to 1
        self._urns = np.concatenate([_packed(*alias_table(self.exposed[:, c])) for c in range(len(self.share))])
        self._weights = [self.share * self.season[:, m] for m in range(12)]
        self._category = [alias_table(weights) for weights in self._weights]

    def _exposed(self, parameters: Parameters, seed: int) -> Floats:
        n_categories = len(self.share)
        out = np.empty((len(self.population), n_categories))
        keys = mix(mix_one(seed, Tag.CELL), self.city.streets["code"].to_numpy(dtype=np.int64))
        for c in range(n_categories):
            weights = self.population * lognormal(parameters.exposure_log_sd, uniform(keys, Purpose.EXPOSURE, c))
            out[:, c] = weights / math.fsum(weights.tolist())
        return out

    def daily_mean(self, day: datetime.date) -> float:
        """Return the expected number of requests on a day in the whole city."""
        if day.year not in self._year_factor:
            self._year_factor[day.year] = _year_factor(self, day.year)
        return _day_weight(self, day) * self._year_factor[day.year]

    def category_share(self, month: int) -> Floats:
        """Return the categories' shares of the requests in a calendar month 1…12, (C,)."""
        weights = self._weights[month - 1]
        return weights / math.fsum(weights)

    def cells(self, day: datetime.date) -> Floats:
        """Return the expected requests by street and category on a day, (S, C)."""
        return self.exposed * (self.category_share(day.month) * self.daily_mean(day))

    def month_cells(self, first: datetime.date, days: int) -> Floats:
        """Return the expected requests by street and category in the `days` days from `first` on, (S, C)."""
        return self.exposed * self.month_by_category(first, days)

    def month_by_category(self, first: datetime.date, days: int) -> Floats:
        """Return the whole city's expected requests by category in the `days` days from `first` on, (C,)."""
        means = [self.daily_mean(first + datetime.timedelta(d)) for d in range(days)]
        return self.category_share(first.month) * math.fsum(means)

    def year_cells(self, year: int) -> Floats:
        """Return the expected requests by street and category in a year, (S, C)."""
        months = [datetime.date(year, m, 1) for m in range(1, 13)]
        days = [calendar.monthrange(year, first.month)[1] for first in months]
        expected = [self.month_by_category(first, n) for first, n in zip(months, days, strict=True)]
        total = np.zeros_like(self.exposed)
        for part in blocks(len(total)):
            for month in expected:
                total[part] += self.exposed[part] * month
        return total

    def draw_category(self, month: int, u: Floats) -> Ints:
        """Draw categories in a calendar month 1…12 for uniforms `u` (n,)."""
        return pick(u, *self._category[month - 1])

    def draw_street(self, category: Ints, u: Floats) -> Ints:
        """Draw streets for uniforms `u` (n,) within the given categories (n,)."""
        scaled = u * len(self.population)
        column = scaled.astype(np.int64)
        entry = self._urns.take(category * len(self.population) + column)
        out: Ints = np.where((scaled - column) * GRAIN < entry >> 32, column, entry & 0xFFFFFFFF)
        return out


def _packed(accept: Floats, alias: Ints) -> Ints:
    """Return an alias table in one word a row, so that a draw reads memory once: accept × 2^30, then alias."""
    out: Ints = ((accept * GRAIN).astype(np.int64) << 32) | alias
    return out


def _day_weight(base: BaseRate, day: datetime.date) -> float:
    year_length = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    position = day.year + (day.timetuple().tm_yday - 0.5) / year_length
    season = math.fsum(base._weights[day.month - 1])
    return _volume_at(base.city.volumes, position) * base.city.weekday[day.weekday()] * season


def _volume_at(volumes: dict[int, float], position: float) -> float:
    """Interpolate the yearly volume between the middles of the published years; flat outside them."""
    years = sorted(volumes)
    if position <= years[0] + 0.5:
        return volumes[years[0]]
    for left, right in pairwise(years):
        if position <= right + 0.5:
            part = (position - left - 0.5) / (right - left)
            return volumes[left] + (volumes[right] - volumes[left]) * part
    return volumes[years[-1]]


def _year_factor(base: BaseRate, year: int) -> float:
    """Return the factor that makes a year's days add up to its published (or interpolated) volume."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    days = [first + datetime.timedelta(d) for d in range((last - first).days + 1)]
    per_head = _volume_at(base.city.volumes, year + 0.5) / base.city.base_population
    people = float(int(base.city.streets["population"].sum())) * base.scale
    return per_head * people / math.fsum(_day_weight(base, day) for day in days)
