"""Offices: streets, departments and enterprises that hold tickets, and the districts over the streets."""

from __future__ import annotations

import math
from collections import Counter, deque
from typing import Any

import mesa

from sim.luck import Purpose, Tag, mix_one
from sim.tables import lognormal_quantiles

from .chance import draw, grain, to_power

WINDOW = 28  # days over which arriving work is averaged
ANSWERS = 8


class Book:
    """One office's counts of one month."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.answers = [0] * ANSWERS  # reached call-backs by answers, excluded ones taken out
        self.handed = [0] * ANSWERS  # after casework, counted for the district instead
        self.undeserved = [0] * ANSWERS  # of them, what the office could not help
        self.excluded = [0] * ANSWERS
        self.worked: Counter[int] = Counter()  # tickets by category


class Office(mesa.Agent):
    """A street, department or enterprise: its staff, its tickets, its accounts and where it stands."""

    def __init__(self, model: Any, row: int, name: str, is_street: bool, need: float) -> None:
        super().__init__(model)
        p = model.parameters
        self.row, self.name, self.is_street, self.need = row, name, is_street, need
        self.key = mix_one(model.seed, Tag.UNIT, *name.encode())
        self.district: District | None = None
        self.neighbours: list[Office] = []
        self.staff_2019 = self.staff = 0.0
        self.filled, self.leaving = 1.0, 0.0  # posts filled, officers who left
        self.effort, self.morale = p.effort_rest, p.morale_start
        self.handling, self.documentation, self.prevention = 1.0, 0.0, 0.0  # shares of hotline time
        self.dispute_above, self.exclude_above = 0.5, 0.1
        skill = grain(min(1.0, p.skill_start * (1.0 + p.skill_spread * (2.0 * draw(self.key, Purpose.SKILL) - 1.0))))
        self.skill_first = skill
        self.skill = [skill] * len(model.world.categories)
        self.coordination = p.coordination_start
        self.work_factor: list[int] = []  # minutes at this skill, in 1/1024, by category
        self.care_weights = [65536] * 4  # of tickets by class of stake, in 2^-16
        # tickets and accounts
        self.queue: list[Any] = []
        self.arriving = deque([math.floor(need)] * WINDOW, maxlen=WINDOW)  # standard minutes by day
        self.fraction, self.carry, self.owed = 0.0, 0, 0
        self.moved = self.bought = 0  # parts of an officer: received less given, and paid for
        self.received: tuple[int, int] | None = None  # in the last two months
        self.tickets_last_month = 0
        self.theme_minutes = 0  # of coordination in the month
        self.file_fraction, self.file_minutes = 0.0, 0
        # the month and what is remembered of it
        self.book = Book()
        self.last_answers: deque[list[int]] = deque(maxlen=3)
        self.last_closed: deque[tuple[int, int]] = deque(maxlen=12)  # closed, really resolved
        self.expected = 0.0
        self.means: dict[str, float | None] = dict.fromkeys(
            ("resolution", "hours", "fail_points", "reached", "failed", "ticket_hours", "idle")
        )
        self.files_ruled = self.files_accepted = 0.0
        # where it stands
        self.period_answers, self.period_handed = [0] * ANSWERS, [0] * ANSWERS  # since the last assessment
        self.period_requests = self.requests = 0  # the second of the last period assessed
        self.points: float | None = None
        self.item: float | None = None
        self.ranked: float | None = None
        self.expected_score: float | None = None
        self.cells: list[Any] = []  # of like streets, from coarse to fine
        self.year_back: deque[list[int]] = deque(maxlen=12)  # answers by month
        self.score: float | None = None
        self.score_marked = False
        self.sampling2: float | None = None
        self.noise2: float | None = None
        self.error2: float | None = None
        self.compared: float | None = None
        self.gain = 0.0
        self.rank: float | None = None
        self.worth = self.request_worth = 0.0
        self.lists: set[str] = set()
        # streets only
        self.defects = [1.0] * len(model.world.categories)
        self.ratio = self.defects
        self.services: dict[str, float] = {}  # levels by dimension
        self.service_budget = 1.0
        self.arisen: Counter[str] = Counter()  # problems of the month by dimension, filed or not
        self.casework_fraction = [0.0, 0.0]  # of a minute, of district and city hours
        self.casework_taken = 0.0  # of a minute, of what it gives of these hours
        self.casework_given = 0  # minutes of the month
        self.visiting_fraction = 0.0  # of a social worker's minute
        self.assigned: float | None = None  # target, by the district
        self.target: float | None = None
        self.held_to: float | None = None  # the target of the month that has just ended
        self.year_answers = [0] * ANSWERS
        self.praised = self.project_left = self.project_category = 0
        self.relief: dict[str, list[float]] = {}  # by source, what is left of the level above the street, by category

    @property
    def works(self) -> float:
        """Return the part of paid hotline time that becomes work: half of it needs morale."""
        return 0.5 + 0.5 * self.morale

    def relief_of(self, category: int) -> float:
        """Return what all sources together leave of the share of problems above the street's authority."""
        left = 1.0
        for _, factors in sorted(self.relief.items()):
            left *= factors[category]
        return left

    def minutes_at_its_skill(self, ticket: Any) -> int:
        """Return the standard minutes that a ticket takes at the office's skill."""
        return max(1, math.ceil(ticket.minutes * self.work_factor[ticket.category.row] / 1024))

    @property
    def normal_hours(self) -> float:
        """Return the normal working hours of the month."""
        return self.staff * (self.model.parameters.working_minutes * self.model.days / 60.0)

    @property
    def backlog(self) -> int:
        """Return the standard minutes of the tickets that wait here."""
        return sum(ticket.work for ticket in self.queue)


class Desk:
    """The caseworkers of a district or of the city: their cases, first in first out, and their minutes."""

    def __init__(self) -> None:
        self.cases: deque[Any] = deque()
        self.minutes = 0
        self.earned = 0  # minutes of the whole month


class District(mesa.Agent):
    """A district: scored on its streets' call-backs together; its reviewers look at their exclusion files."""

    def __init__(self, model: Any, row: int, zone: str) -> None:
        super().__init__(model)
        self.row, self.zone = row, zone
        self.desk = Desk()
        self.accuracy = [model.parameters.district_accuracy_start] * len(model.world.categories)  # of its catalogue
        self.returned: Counter[int] = Counter()  # disputes that its streets won this month, by category
        self.people = 0
        self.files: deque[Any] = deque()
        self.review_minutes = 0.0
        self.score: float | None = None
        self.ranked: float | None = None
        self.rank: float | None = None
        self.target: float | None = None
        self.lean, self.raise_by, self.meets = 1.0, 0.0, False


def need_by_office(world: Any) -> list[float]:
    """Return the standard minutes a day of 2019's requests by the office that truly answers for them."""
    n_streets = len(world.population)
    need = [0.0] * (n_streets + len(world.city.departments))
    minutes = world.year_minutes(2019)
    for c in world.categories:
        for street in range(n_streets):
            need[street] += minutes[street][c.row] * c.share_street
        whole = math.fsum(row[c.row] for row in minutes)
        for share, rows in ((c.share_department, c.departments), (c.share_enterprise, c.enterprises)):
            for row in rows:
                need[n_streets + row] += whole * share / len(rows)
    return [minutes / 365.0 for minutes in need]


def make_offices(model: Any) -> list[Office]:
    """Make the streets, then the departments and enterprises, and share out the staff."""
    city, need = model.city, need_by_office(model.world)
    names = [f"street {code}" for code in city.streets["code"]]
    names += [f"unit {code}" for code in city.departments["code"]]
    n_streets = len(city.streets)
    offices = [Office(model, row, name, row < n_streets, need[row]) for row, name in enumerate(names)]
    start, neighbours = city.neighbour_start.tolist(), city.neighbour_list.tolist()
    for row, district in enumerate(city.streets["district_index"].tolist()):
        offices[row].district = model.districts[district]
        model.districts[district].people += model.world.population[row]
        offices[row].neighbours = [offices[other] for other in neighbours[start[row] : start[row + 1]]]
    share_out_staff(offices, model.parameters, model.world.scale)
    return offices


def share_out_staff(offices: list[Office], p: Any, scale: float) -> None:
    """Give staff by need^elasticity and luck, so that the whole has the set ratio of capacity to need at rest."""
    spread = lognormal_quantiles(p.staff_log_sd).tolist()
    weights = []
    for office in offices:
        luck = spread[int(draw(office.key, Purpose.STAFF) * 4096)]
        weights.append(grain(to_power(max(office.need / scale, 1.0), p.staff_elasticity) * luck))
    whole_weight = sum(int(weight * 2.0**30) for weight in weights) / 2.0**30
    whole_need = float(sum(math.floor(max(office.need / scale, 1.0)) for office in offices))
    minutes_of_one = p.working_minutes * p.effort_rest * (0.5 + 0.5 * p.morale_start)
    for office, weight in zip(offices, weights, strict=True):
        office.staff_2019 = p.capacity_to_need * whole_need * (weight / whole_weight) / minutes_of_one * scale
        office.staff = office.staff_2019
