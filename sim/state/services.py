"""Services: which share of each 七有五性 dimension's standard a street provides, and what asked for it this month."""

from __future__ import annotations

import datetime
import math

import numpy as np
from numpy.typing import NDArray

from sim.city import City
from sim.city_fields import DIMENSIONS
from sim.luck import Keys, Purpose, Tag, mix_one, mix_texts, uniform
from sim.parameters import Parameters
from sim.tables import lognormal, power

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_DEFICIT = 0.05  # below it a deficit breeds as few requests as at it


class Services:
    """Levels by dimension and street, (D, S) in [0, 1]; D are the dimensions on which a category of the city hangs.

    A dimension on which none hangs has no demand that could wear it: its level is unknown, and it is in no index.
    """

    def __init__(
        self,
        city: City,
        parameters: Parameters,
        seed: int,
        population: Ints,
        streets: Keys,
        start: datetime.date,
    ) -> None:
        """Set up services of streets with these residents and keys, both (S,)."""
        hangs = city.categories["dimension"].tolist()
        self.dimensions = [name for name in DIMENSIONS if name in hangs]
        self.of_category: Ints = np.array([self.dimensions.index(name) for name in hangs], dtype=np.int64)  # (C,)
        self.share: Floats = population / float(population.sum())  # of the residents, (S,)
        self.start = parameters.service_level_after(max(0, 12 * (start.year - 2019) + start.month - 1))
        luck = [uniform(streets, Purpose.SERVICE, DIMENSIONS.index(name)) for name in self.dimensions]
        self.level: Floats = np.minimum(1.0, self.start * lognormal(parameters.service_log_sd, np.array(luck)))
        districts = mix_texts(mix_one(seed, Tag.UNIT), [f"district {code}" for code in city.districts["code"]])
        drawn = lognormal(parameters.service_budget_log_sd, uniform(districts, Purpose.SERVICE_BUDGET))
        budget: Floats = drawn[city.streets["district_index"].to_numpy(dtype=np.int64)]
        self.budget: Floats = budget / math.fsum((budget * self.share).tolist())  # B: the mean resident's is 1, (S,)
        shape = len(population), len(self.dimensions)
        self.problems = np.zeros(shape, dtype=np.int32)  # that arose this month; (S, D), short: problems come by street

    def note(self, streets: Ints, categories: Ints) -> None:
        """Count problems (n,) that arise, filed or not, by dimension and home street."""
        cell = streets * self.problems.shape[1]
        cell += self.of_category.take(categories)
        np.add.at(self.problems.reshape(-1), cell, np.int32(1))

    def of_streets(self) -> Floats:
        """Return the streets' mean level over the dimensions, (S,)."""
        total: Floats = self.level[0].copy()
        for level in self.level[1:]:
            total += level
        total /= len(self.level)
        return total

    def bred(self, streets: slice, deficit_power: float) -> Floats:
        """Return by what deficits multiply the problems of these streets by category, (n, C); 1 at the city's start."""
        first = max(LEAST_DEFICIT, 1.0 - self.start)
        deficit = np.maximum(LEAST_DEFICIT, 1.0 - self.level[:, streets]) / first
        out: Floats = power(deficit, deficit_power)[self.of_category].T
        return out
