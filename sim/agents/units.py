"""The columns of all units that hold tickets: the streets first, then the departments and enterprises."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.city import City
from sim.luck import Purpose, Tag, mix_one, mix_texts, uniform
from sim.parameters import Parameters
from sim.tables import grain, lognormal, power

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WINDOW = 28  # days over which arriving work is averaged


class Units:
    """State of the U = streets + departments units; every column is (U,) unless said otherwise."""

    def __init__(self, city: City, parameters: Parameters, seed: int, need_2019: Floats, scale: float) -> None:
        """Set up units; `need_2019` (U,) is the standard minutes a day of 2019's requests that are truly theirs.

        It is the need at `scale`, the residents per resident.
        """
        p = parameters
        self.n_streets = len(city.streets)
        self.n = self.n_streets + len(city.departments)
        names = [f"street {code}" for code in city.streets["code"]] + [
            f"unit {code}" for code in city.departments["code"]
        ]
        self.keys: NDArray[np.uint64] = mix_texts(mix_one(seed, Tag.UNIT), names)
        self.staff_2019 = _staff(need_2019 / scale, p, uniform(self.keys, Purpose.STAFF)) * scale
        self.staff = self.staff_2019.copy()  # full-time officers (equivalents)
        self.added = np.zeros(self.n)  # of the staff, those seconded or bought: no other duty of theirs waits here
        self.filled = np.ones(self.n)  # share of posts that somebody holds
        self.leaving = np.zeros(self.n)  # share of officers who left at the end of last month
        self.effort = np.full(self.n, p.effort_rest)
        self.handling = np.ones(self.n)  # its share of hotline time; the three shares add to 1
        self.documentation = np.zeros(self.n)  # its share of hotline time
        self.prevention = np.zeros(self.n)  # its share of hotline time
        self.dispute_above = np.full(self.n, 0.5)  # believed chance above which a unit disputes
        self.exclude_above = np.full(self.n, 0.1)  # believed chance above which a unit applies for exclusion
        self.morale = np.full(self.n, p.morale_start)
        self.coordination = np.full(self.n, p.coordination_start)  # with the rest, 0–1
        spread = uniform(self.keys, Purpose.SKILL)
        first = np.minimum(1.0, p.skill_start * (1.0 + p.skill_spread * (2.0 * spread - 1.0)))
        self.skill_first: Floats = grain(first)  # at first, in every category; newcomers bring a multiple of it
        self.skill: Floats = np.repeat(self.skill_first[:, None], len(city.categories), axis=1)  # (U, C)
        self.handling_a_day = np.zeros(self.n)  # minutes that a day of this month has
        self.documentation_a_day = np.zeros(self.n)  # minutes that a day of this month has
        # the handling account, in minutes
        self.fraction = np.zeros(self.n)  # of a minute, carried to the next day
        self.carry = np.zeros(self.n, dtype=np.int64)  # left over before a ticket that did not fit
        self.owed = np.zeros(
            self.n, dtype=np.int64
        )  # spent on disputes, whistles and duplicates since the last day of work
        self.backlog = np.zeros(self.n, dtype=np.int64)  # standard minutes of waiting tickets
        daily = np.floor(need_2019).astype(np.int64)
        self.arriving = np.repeat(daily[None, :], WINDOW, axis=0)  # (WINDOW, U) standard minutes by day
        self.arriving_sum = self.arriving.sum(axis=0)  # standard minutes over the window
        # the documentation account
        self.file_fraction = np.zeros(self.n)  # of a minute of documentation, carried
        self.file_minutes = np.zeros(self.n, dtype=np.int64)

    def hours_factor(self) -> Floats:
        """Return the part of paid hotline time that becomes work: half of it needs morale (U,)."""
        return 0.5 + 0.5 * self.morale

    def set_minutes_a_day(self, working_minutes: float) -> None:
        """Set the minutes of handling and of documentation that a day of this month has at the present effort."""
        minutes = self.staff * working_minutes * self.effort * self.hours_factor()
        self.handling_a_day = minutes * self.handling
        self.documentation_a_day = minutes * self.documentation


def _staff(need: Floats, p: Parameters, u: Floats) -> Floats:
    """Share out staff by need^elasticity and luck so that the whole has capacity_to_need at the resting state."""
    spread = lognormal(p.staff_log_sd, u)
    need = np.maximum(need, 1.0)
    weight = grain(power(need, p.staff_elasticity) * spread)
    share = weight / float(np.sum((weight * 2.0**30).astype(np.int64)) / 2.0**30)
    whole = float(np.sum(np.floor(need).astype(np.int64)))
    minutes = p.capacity_to_need * whole * share
    out: Floats = minutes / (p.working_minutes * p.effort_rest * (0.5 + 0.5 * p.morale_start))
    return out
