"""Casework: the cases that wait for caseworkers, and the caseworkers' minutes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.base_rate import BaseRate
from sim.city import City
from sim.kinds import Kinds
from sim.orders import by_unit
from sim.tickets import NO_SLOTS, Slots

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

REQUESTED, ESCALATED = 1, 2  # how a ticket came to be a case, in `tickets.casework`; 0: it is none


class Casework:
    """Cases by office, first in first out by (day entered, key), columns (n,); offices: the districts, then the city.

    A ticket that is a case is open, holds its slot, and keeps in `tickets.unit` the street that handed it up.
    """

    def __init__(self, city: City, base: BaseRate, kinds: Kinds, demand: float) -> None:
        self.district: Ints = city.streets["district_index"].to_numpy(dtype=np.int64)
        self.n_districts = len(city.districts)
        n = self.n_districts + 1
        self.population: Ints = np.zeros(n, dtype=np.int64)  # that an office works for
        np.add.at(self.population, self.district, base.population)
        self.population[-1] = base.population.sum()
        self.slots: Slots = NO_SLOTS
        self.office: Ints = np.zeros(0, dtype=np.int64)
        self.day: Ints = np.zeros(0, dtype=np.int64)  # on which the case was taken in
        self.cost: Ints = np.zeros(0, dtype=np.int64)  # minutes of caseworkers
        self.minutes: Ints = np.zeros(n, dtype=np.int64)  # at hand, those spent on the case in hand included (N,)
        self.earned: Ints = np.zeros(n, dtype=np.int64)  # minutes of the whole month
        self.taken: Ints = np.zeros(len(city.streets), dtype=np.int64)  # of them, those that streets give
        self.fraction: Floats = np.zeros((2, len(city.streets)))  # of a minute, of district and city hours, by street
        self.taken_fraction: Floats = np.zeros(len(city.streets))  # of a minute, of what streets give of these hours
        self.level_left: Floats = np.ones(kinds.n)  # of the shares above the street's authority, by category
        self._base, self._kinds, self._demand = base, kinds, demand
        self.year = 0  # the present one
        self._hard: dict[int, Floats] = {}  # by year

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def hard(self) -> Floats:
        """Return the problems above the street's authority that the year's volume brings, by category (C,)."""
        if self.year not in self._hard:
            cells, above = self._base.year_cells(self.year), self._demand * self._kinds.level_above
            self._hard[self.year] = np.array([math.fsum(cells[:, c].tolist()) * above[c] for c in range(self._kinds.n)])
        return self._hard[self.year]

    def backlog(self) -> Ints:
        """Return the minutes of caseworkers that the waiting cases will take (N,)."""
        out = np.zeros(self.n_districts + 1, dtype=np.int64)
        np.add.at(out, self.office, self.cost)
        return out

    def put(self, slots: Slots, office: Ints, day: int, cost: Ints) -> None:
        """Take in cases (n,), in key order, on `day`."""
        self.slots = np.concatenate([self.slots, slots])
        self.office = np.concatenate([self.office, office])
        self.day = np.concatenate([self.day, np.full(len(slots), day, dtype=np.int64)])
        self.cost = np.concatenate([self.cost, cost])

    def take(self, which: NDArray[np.bool_]) -> tuple[Slots, Ints, Ints]:
        """Return slots, days taken in and minutes of the cases that `which` (n,) marks, and forget them."""
        out = self.slots[which], self.day[which], self.cost[which]
        self.slots, self.office = self.slots[~which], self.office[~which]
        self.day, self.cost = self.day[~which], self.cost[~which]
        return out

    def within_means(self) -> NDArray[np.bool_]:
        """Mark the cases (n,) that the offices' minutes are enough for, each office's first in first out."""
        order = by_unit(self.office)
        office, total = self.office[order], np.cumsum(self.cost[order])
        n = np.bincount(office, minlength=len(self.minutes))
        before = np.concatenate([[0], total])[np.cumsum(n) - n]
        out = np.zeros(len(order), dtype=bool)
        out[order] = total <= (before + self.minutes)[office]
        return out
