"""The oracle's model: the day, the month and the year as lists of plain functions."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import Any

import mesa

from sim.city import City
from sim.luck import Tag, mix_one
from sim.parameters import Parameters
from sim.reforms.base import Reform, rules_in_force
from sim.rules import Rules

from . import (
    allocate,
    casework,
    day_answers,
    day_arise,
    day_centres,
    day_dispatch,
    day_duplicate,
    day_handle,
    day_refuse,
    day_whistle,
    duty_list,
    exclude,
    forecast,
    key_complainants,
    month,
    month_decide,
    pressure,
    review,
    services,
    stakes,
    theme,
)
from .people import Person, fading
from .ticket import Application, Call, Ticket
from .units import Book, Desk, District, Office, make_offices
from .world import ONE_DAY, Category, World

DAY = (
    day_answers.call_back,
    key_complainants.note_call_backs,
    duty_list.rule_by_duty_list,
    duty_list.claim_by_duty_list,
    review.rule_on_exclusions,
    exclude.apply_for_exclusion,
    casework.ask_for_casework,
    day_answers.come_back,
    day_arise.arise,
    day_answers.file_again,
    day_duplicate.duplicate,
    day_dispatch.rule_on_disputes,
    day_centres.review_jointly,
    day_centres.ask_for_joint_review,
    day_dispatch.dispatch,
    day_centres.by_district,
    day_dispatch.sign_for,
    day_dispatch.raise_disputes,
    day_whistle.whistle,
    day_handle.close_overdue,
    stakes.class_tickets,
    day_handle.enter_queue,
    theme.coordinate,
    day_handle.handle,
    day_refuse.refuse,
    casework.escalate,
    casework.work_cases,
)
MONTH = (
    exclude.close_file_accounts,
    forecast.expect_scores,
    month.score,
    month.rank,
    pressure.draw_consequences,
    pressure.lean,
    pressure.set_targets,
    month.worth,
    month.keep_books,
    key_complainants.keep_directory,
    day_dispatch.label,
    services.serve,
    month_decide.move_morale,
    month_decide.learn,
    month_decide.staffing,
    month_decide.prevent,
    theme.month_end,
    allocate.remember_load,
    day_dispatch.learn_catalogue,
    month_decide.coordinate,
    month_decide.decide,
)
NEW_MONTH = (
    month_decide.plan_work,
    allocate.allocate,
    theme.plan,
    casework.plan,
    pressure.run_projects,
    stakes.weigh_stakes,
    pressure.hold_talks,
    pressure.hold_meetings,
)
YEAR = (month_decide.update_belief,)


class Oracle(mesa.Model):
    """The same model as `sim.TournamentModel`, from the same arguments; a step is a day.

    `happened` counts how often each branch of the rules was taken.
    """

    def __init__(
        self,
        city: City,
        rules: Rules | None = None,
        parameters: Parameters | None = None,
        reforms: Sequence[Reform] = (),
        seed: int = 1,
        scale: float = 1.0,
        start: str = "2019-01-01",
        extra_problems: Sequence[Any] = (),
    ) -> None:
        super().__init__(seed=seed)
        self.city, self.seed = city, seed
        self.standing_rules, self.reforms = rules or Rules(), reforms
        self.parameters = p = parameters or Parameters()
        self.extra_problems = extra_problems
        self.date = datetime.date.fromisoformat(start)
        self.day = self.month = 0  # since the start
        self.happened: Counter[str] = Counter()
        self.world = World(city, p, seed, scale)
        self.fading = fading(p.grievance_fade, 256)
        self.districts = [District(self, row, zone) for row, zone in enumerate(city.districts["zone"])]
        self.offices: list[Office] = make_offices(self)
        self.streets = [office for office in self.offices if office.is_street]
        self.departments = [office for office in self.offices if not office.is_street]
        self.people: dict[int, Person] = {}  # by number, in order of first request
        self.accuracy = [p.accuracy_start] * len(self.world.categories)
        self.themes = [theme.Push(category) for category in self.world.categories]
        self.assessed = False  # a period of assessment ended with the last month
        forecast.find_cells(self)
        services.set_up(self)
        self.city_target: float | None = None
        self.prevented_per_hour = p.prevention_yield
        self.year_prevention_minutes = self.year_prevented = 0
        self.since = 0  # month from which call-backs are in no score yet
        self.dispute_minutes = self.exclusion_minutes = self.duty_minutes = self.review_minutes = 0.0
        self.called_again: list[tuple[Person, bool]] = []  # this month, and whether unsatisfied
        self.called_before: deque[list[tuple[Person, bool]]] = deque(maxlen=12)
        self.directory: list[Person] = []  # key complainants, the next to be visited first
        self.visiting_minutes = 0
        self.duty_reviews: deque[duty_list.Claim] = deque()
        self.desks = [*(district.desk for district in self.districts), Desk()]  # caseworkers, the city's last
        self.asked: list[Ticket] = []  # today, for casework
        self.precedents: Counter[int] = Counter()  # today's, by category
        self.level_left = [1.0] * len(self.world.categories)  # by precedents of casework
        self.hard: dict[int, list[float]] = {}  # problems above the streets, by year and category
        # where tickets are; those open at an office are in its queue
        self.entering: list[Ticket] = []  # to be dispatched today
        self.in_review: deque[tuple[Ticket, int]] = deque()  # unclear tickets, and the day of asking
        self.at_districts: list[Ticket] = []  # to be passed on tomorrow
        self.routed: list[Ticket] = []  # sent to an office today
        self.reviewed: list[Ticket] = []  # out of joint review today
        self.arriving: list[Ticket] = []  # dispatched today, and not disputed
        self.returned: list[Ticket] = []  # back today from a lost dispute
        self.arrived_today: dict[Office, int] = {}  # their minutes
        self.disputed: deque[tuple[Ticket, int]] = deque()  # and the day of the objection
        self.closed: list[Ticket] = []  # today
        self.calls: list[Call] = []  # today's
        self.waiting: defaultdict[int, list[Ticket]] = defaultdict(list)  # by the day of filing again
        self.applications: deque[Application] = deque()  # at the city
        self.excluded: list[tuple[int, int]] = []  # key and attempt of all tickets that left the score
        self.cohorts: dict[str, list[Counter[int]]]  # by month, then home street
        self.cohorts = {"repeats": [], "resolved": [], "late": []}
        self.month_of_day: list[int] = []
        self.begin_month()

    def day_key(self, tag: Tag, *more: int) -> int:
        """Return the key of something that happens on this calendar day."""
        return mix_one(self.seed, tag, self.date.toordinal(), *more)

    def book_of(self, category: Category) -> Book:
        """Return this month's counts of a category."""
        return self.category_books[category.row]

    def book_minutes(self, use: str, ticket: Ticket, minutes: int) -> None:
        """Count minutes that a ticket took, if it is a repeat."""
        if ticket.attempt > 1:
            self.on_repeats[use] += minutes

    def cohort(self, name: str, origin: int, home: Office) -> None:
        """Count a fate for the month of the day `origin`: beyond the window only a resolution, and as a late one."""
        if self.day - origin > day_answers.WINDOW:
            if name != "resolved":
                self.happened["a repeat beyond the window of its cohort"] += 1
                return
            self.happened["a problem resolved beyond the window of its cohort"] += 1
            name = "late"
        self.cohorts[name][self.month_of_day[origin]][home.row] += 1

    def begin_month(self) -> None:
        """Put the month's rules into force and open its books."""
        self.rules = rules_in_force(self.standing_rules, self.reforms, self.date.isoformat())
        self.month_first = self.date
        self.days = calendar.monthrange(self.date.year, self.date.month)[1]
        p, demand = self.parameters, self.parameters.demand
        if p.surge_from > 0 and p.surge_from <= self.month + 1 < p.surge_from + p.surge_months:
            self.happened["a month of a surge"] += 1
            demand *= p.surge
        for office in self.offices:
            office.book = Book()
            pairs = zip(office.defects, self.themes, strict=True)
            office.ratio = [defect * demand * push.left for defect, push in pairs]
        for street in self.streets:
            pairs = zip(street.ratio, self.world.categories, strict=True)
            street.ratio = [ratio * services.bred(self, street, category) for ratio, category in pairs]
        self.category_books = [Book() for _ in self.world.categories]
        self.days_to_close: Counter[int] = Counter()
        self.closed_by_attempt: Counter[int] = Counter()
        self.minutes_by_attempt: Counter[int] = Counter()
        self.on_repeats: Counter[str] = Counter()  # minutes by use, handling apart
        for rows in self.cohorts.values():
            rows.append(Counter())
        self.month_of_day += [self.month] * self.days
        for mechanism in NEW_MONTH:
            mechanism(self)

    def step(self) -> None:
        """Simulate one day; the month's last day finishes the month, December's last the year."""
        for mechanism in DAY:
            mechanism(self)
        today = self.date
        self.day += 1
        self.date = today + ONE_DAY
        if self.date.month == today.month:
            return
        self.happened["a month's end"] += 1
        for mechanism in MONTH:
            mechanism(self)
        if today.month == 12:
            self.happened["a year's end"] += 1
            for mechanism in YEAR:
                mechanism(self)
        self.month += 1
        self.begin_month()

    def close(self) -> None:
        """Free the model: Mesa keeps every model that has an agent in a class dictionary."""
        mesa.Agent._ids.pop(self, None)
        self.remove_all_agents()
