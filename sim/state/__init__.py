"""The state of a run: what mechanisms read and write. It decides nothing."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.residents import Residents
from sim.agents.units import Units
from sim.base_rate import BaseRate
from sim.books import Books, Cohorts, MonthTally, Standing
from sim.cells import blocks, cells
from sim.city import City
from sim.kinds import Kinds
from sim.luck import Tag, mix_one
from sim.parameters import Parameters
from sim.rules import League, Rules
from sim.state.allocation import Allocation
from sim.state.applications import Applications, Reviews
from sim.state.casework import Casework
from sim.state.directory import Directory
from sim.state.duty_reviews import DutyReviews
from sim.state.forecast import Forecast
from sim.state.pressure import Pressure
from sim.state.relief import Relief
from sim.state.reviewers import Reviewers
from sim.state.services import Services
from sim.state.stakes import Stakes
from sim.state.themes import Themes
from sim.state.today import Today
from sim.state.undelivered import Undelivered
from sim.tickets import NO_SLOTS, DayRing, Slots, Tickets

Ints = NDArray[np.int64]

__all__ = [
    "Applications",
    "Casework",
    "Directory",
    "DutyReviews",
    "ExtraProblem",
    "Forecast",
    "Pressure",
    "Relief",
    "Services",
    "Stakes",
    "State",
    "Today",
    "Undelivered",
]


@dataclass(frozen=True)
class ExtraProblem:
    """One more problem in: a resident of `street` (its code) files in `category` (its name) on `date` (ISO)."""

    date: str
    street: int
    category: str


class State:
    """Everything that changes during a run, and the constants it was built from."""

    def __init__(
        self,
        city: City,
        rules: Rules,
        parameters: Parameters,
        seed: int,
        start: datetime.date,
        scale: float,
        extra_problems: dict[datetime.date, list[tuple[int, int, int]]],
    ) -> None:
        self.city, self.rules, self.parameters, self.seed = city, rules, parameters, seed
        self.start, self.date = start, start
        self.day = 0  # days since the start
        self.month = 0  # months since the start
        self.month_first = start
        self.extra_problems = extra_problems  # date -> (number, street row, category row)
        self.centre: Any = None  # the city's DispatchCenter
        self.district_centres: list[Any] = []  # the districts', in their order
        self.district_of: Ints = city.streets["district_index"].to_numpy(dtype=np.int64)  # (S,)
        self.base = BaseRate(city, parameters, seed, scale)
        self.population = int(self.base.population.sum())
        self.kinds = Kinds(city, parameters.hard_share)
        self.district: Ints = city.streets["district_index"].to_numpy(dtype=np.int64)  # of each street
        n_categories = self.kinds.n
        requests = self.base.year_cells(2019)  # (S, C)
        need = self._need(requests)
        self.units = Units(city, parameters, seed, need, scale)
        n_streets = self.units.n_streets
        zones = np.unique(city.districts["zone"].to_numpy(dtype=str), return_inverse=True)[1]
        self.zone: Ints = zones[self.district].astype(np.int64)  # of each street
        self.forecast = Forecast(
            self.zone, need[:n_streets], self.units.staff_2019[:n_streets], requests, self.kinds.level_above
        )
        self.residents = Residents(seed, parameters, self.base.population)
        district = city.streets["district_index"].to_numpy(dtype=np.int64)
        self.reviews = Reviews(district, self.base.population, len(city.districts))  # of exclusion files
        self.tickets = Tickets()
        self.today = Today()
        self.accuracy = np.full(n_categories, parameters.accuracy_start)  # of the catalogue
        self.district_accuracy = np.full((len(city.districts), n_categories), parameters.district_accuracy_start)
        self.labelled: NDArray[np.float64] = np.zeros(n_categories)  # tickets that analysts labelled this month
        self.defects = np.ones((self.units.n_streets, n_categories))  # stock relative to the base rate's
        self.ratio = self.defects.copy()  # r of this month, the actual over the base rate (S, C)
        self.relief = Relief(self.units.n_streets, n_categories)  # of the level that new problems need
        self.themes = Themes(self.units.n, n_categories)
        self.allocation = Allocation(self.units.n_streets)
        self.services = Services(city, parameters, seed, self.base.population, self.units.keys[:n_streets], start)
        self.prevented_per_hour = parameters.prevention_yield  # what streets believe, from the city's average
        # since the new year, as if all residents were simulated:
        self.year_prevention_minutes = 0  # minutes of prevention
        self.year_prevented = 0  # 1/1024 requests prevented
        self.work_factor = np.zeros(
            (self.units.n, n_categories), dtype=np.int32
        )  # minutes at a unit's skill, in 1/1024
        # where tickets are
        self.queue: Slots = NO_SLOTS  # open at units; each unit's by deadline, as they were served last
        self.uncontacted: Slots = NO_SLOTS  # of them, without first contact
        self.undelivered = Undelivered()  # with a dispatch centre
        self.disputed: Slots = NO_SLOTS  # under dispute review, first in first out
        self.disputed_day: Ints = np.zeros(0, dtype=np.int64)  # on which each came under review
        self.closed: Slots = NO_SLOTS  # closed today
        self.waiting = DayRing()  # problems whose residents will file again
        self.casework = Casework(city, self.base, self.kinds, parameters.demand)
        self.directory = Directory(self.units.n_streets)
        self.duty_reviews = DutyReviews.none()
        self.duty_reviewers = Reviewers()
        self.stakes = Stakes(self.units.n)
        self.dispute_reviewers = Reviewers()
        # the month's books
        self.tally = self._open_tally()
        self.books = Books(self.units.n)
        self.cohorts = Cohorts(self.units.n_streets)
        self.standing = Standing(self.units.n_streets, self.units.n, len(city.districts))
        self.pressure = Pressure(self.units.n_streets, len(city.districts))
        self.record: Any = None  # the run's Record
        self.days = 0  # of the current month

    def _need(self, requests: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the standard minutes a day of a year's requests (S, C) by the unit that truly answers, (U,)."""
        city, kinds = self.city, self.kinds
        yearly = requests * kinds.minutes  # (S, C) minutes a year
        need = np.zeros(len(city.streets) + len(city.departments))
        bodies = (
            (kinds.share_department, city.department_start, city.department_list),
            (kinds.share_enterprise, city.enterprise_start, city.enterprise_list),
        )
        for c in range(kinds.n):
            need[: len(city.streets)] += yearly[:, c] * kinds.share_street[c]
            whole = math.fsum(yearly[:, c].tolist())
            for share, start, rows in bodies:
                chosen = rows[start[c] : start[c + 1]]
                for row in chosen:
                    need[len(city.streets) + row] += whole * share[c] / len(chosen)
        return need / 365.0

    @property
    def open_tickets(self) -> int:
        """Return the open tickets: with a centre or a unit, in dispute review, in casework, or not yet called back."""
        at_units = len(self.queue) + len(self.disputed)
        return len(self.undelivered) + at_units + len(self.casework) + len(self.closed)

    def _open_tally(self) -> MonthTally:
        return MonthTally(self.units.n, self.kinds.n, len(self.city.districts))

    @property
    def ratio(self) -> NDArray[np.float64]:
        """Return r of this month, the actual over the base rate (S, C); set as a whole, as `layers` follows."""
        return self._ratio

    @ratio.setter
    def ratio(self, ratio: NDArray[np.float64]) -> None:
        self._ratio = ratio
        self.layers = math.ceil(float(ratio.max()))  # of the base stream that requests can come from

    def begin_month(self, rules: Rules, days: int) -> None:
        """Put the month's rules into force and open its books."""
        self.rules, self.days = rules, days
        del self.tally  # before the next one is made, which then finds its memory warm
        self.tally = self._open_tally()
        self.cohorts.begin_month(days)
        self.month_first = self.date
        self.casework.year = self.date.year
        demand = self.parameters.demand * self.parameters.surge_in(self.month)
        deficit_power = self.parameters.service_deficit_power
        ratio = self.ratio
        for part in blocks(len(ratio)):
            ratio[part] = self.defects[part] * demand * self.themes.left
            if deficit_power > 0.0:
                ratio[part] *= self.services.bred(part, deficit_power)
        self.ratio = ratio

    def normal_hours(self) -> NDArray[np.float64]:
        """Return the units' normal working hours of the current month (U,)."""
        return self._hours_of(self.units.staff)

    def own_hours(self) -> NDArray[np.float64]:
        """Return the normal hours (U,) of those who have other duties there: not of seconded or bought staff."""
        return self._hours_of(self.units.staff - self.units.added)

    def _hours_of(self, staff: NDArray[np.float64]) -> NDArray[np.float64]:
        return staff * (self.parameters.working_minutes * self.days / 60.0)

    def part_of_today(self, month: Ints) -> Ints:
        """Return what today has of a month's minutes (n,): whole ones, which add up to the month's."""
        day = self.date.day
        return month * day // self.days - month * (day - 1) // self.days

    def base_requests(self) -> NDArray[np.float64]:
        """Return the current month's base rate by street and category (S, C)."""
        return self.base.month_cells(self.month_first, self.days)

    def work_minutes(
        self, slots: Slots, units: NDArray[np.integer[Any]], categories: NDArray[np.integer[Any]]
    ) -> NDArray[np.int64]:
        """Return the whole minutes that tickets (n,) take at their units' skill, at least one each."""
        factor = cells(self.work_factor, units, categories)
        minutes = self.tickets.minutes.take(slots).astype(np.int64)
        out: NDArray[np.int64] = np.maximum(1, (minutes * factor + 1023) >> 10)
        return out

    def take_out(self, files: Applications | DutyReviews) -> NDArray[np.bool_]:
        """Take call-backs (n,) out of their units' scores unless the score is made; return which were in time.

        A month that is over stands as it was told: its call-backs leave only the score of their period, not made yet.
        """
        in_time, this_month = files.month >= self.standing.since, files.month == self.month
        earlier, out = files.rows(in_time & ~this_month), files.rows(this_month)
        np.subtract.at(self.standing.period_answers, (earlier.unit, earlier.answers), earlier.number)
        tally, undeserved = self.tally, out.rows(out.undeserved)
        tally.count_answers("answers", out.unit, out.answers, -out.number)
        tally.count_answers("excluded", out.unit, out.answers, out.number)
        tally.count_answers("undeserved", undeserved.unit, undeserved.answers, -undeserved.number)
        tally.count_category("excluded", out.category, out.number)
        self.record.log.exclude(files.key[in_time], files.attempt[in_time])
        return in_time

    def leagues(self) -> list[NDArray[np.intp]]:
        """Return the street rows of each league in force."""
        rule = self.rules.tournament.league
        label = {League.CITY: self.city.league, League.DISTRICT: self.district, League.ZONE: self.zone}[rule]
        order = np.argsort(label, kind="stable")
        return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)

    def department_leagues(self) -> list[NDArray[np.intp]]:
        """Return the unit rows of the departments' and the enterprises' league, none if they are not ranked."""
        if not self.rules.tournament.departments_ranked:
            return []
        kind = self.city.departments["kind"].to_numpy(dtype=str)
        leagues = [self.units.n_streets + np.flatnonzero(kind == value) for value in np.unique(kind)]
        return [rows for rows in leagues if len(rows)]

    def day_key(self, tag: Tag, *more: int) -> int:
        """Return the key of something that happens on this calendar day."""
        return mix_one(self.seed, tag, self.date.toordinal(), *more)
