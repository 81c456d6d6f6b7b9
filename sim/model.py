"""TournamentModel: the day, the month and the year as short lists of mechanisms."""

from __future__ import annotations

import calendar
import datetime
import gc
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents.complainant import Complainants
from sim.agents.department import Department
from sim.agents.dispatch_center import DispatchCenter
from sim.agents.district import District
from sim.agents.street import Street
from sim.asking import ask
from sim.city import City
from sim.mechanisms.arise import arise
from sim.mechanisms.call_back import call_back
from sim.mechanisms.come_back import come_back, file_again
from sim.mechanisms.decide import carry_out, view
from sim.mechanisms.dispatch import dispatch, learn_catalogue
from sim.mechanisms.dispute import raise_disputes, rule_on_disputes
from sim.mechanisms.exclude import apply_for_exclusion, close_file_accounts, rule_on_exclusions
from sim.mechanisms.handle import close_overdue, enter_queue, handle
from sim.mechanisms.keep_books import keep_books
from sim.mechanisms.learn import learn, plan_work
from sim.mechanisms.morale import morale
from sim.mechanisms.prevent import prevent, update_belief
from sim.mechanisms.score import rank, score
from sim.mechanisms.worth import worth
from sim.parameters import Parameters
from sim.record import Record
from sim.reforms.base import Reform, rules_in_force
from sim.rules import Rules
from sim.state import ExtraProblem, State, Today

AGENTS: dict[str, type] = {"street": Street, "department": Department, "district": District, "dispatch_center": DispatchCenter}

DAY: tuple[Callable[[State], None], ...] = (
    call_back,  # yesterday's closed tickets: the three answers
    rule_on_exclusions,  # reviews whose turn it is
    apply_for_exclusion,  # files on today's failed tickets
    come_back,  # residents give up, let it rest, or will file again; ended problems leave
    arise,  # new problems
    file_again,  # problems that come back today
    rule_on_disputes,  # won: dispatched anew; lost: back to the unit
    dispatch,  # to the right unit or a plausible wrong one
    raise_disputes,  # units object
    close_overdue,  # long after the deadline
    enter_queue,
    handle,  # contact, care, work, close
)


def end_month(state: State, decide: Callable[[State], None]) -> None:
    """Finish a month: score, league, worth, books; then the record, decisions, morale, skill, defects, catalogue."""
    close_file_accounts(state)
    score(state)
    rank(state)
    worth(state)
    keep_books(state)
    state.record.close_month(state)
    decide(state)
    morale(state)
    learn(state)
    prevent(state)
    learn_catalogue(state)


def end_year(state: State) -> None:
    """Finish a year: what prevention is believed to yield."""
    update_belief(state)


class TournamentModel(mesa.Model):  # type: ignore[misc]
    """Beijing's 12345 hotline as an assessment tournament of street offices, one resident to one, a step a day.

    `seed` is an int ≥ 0, or None to draw one (see `model.seed`); luck is keyed, so `rng` is refused. `start` is the
    first of a month. `reforms` amend `rules` by month. `agents` replaces agent classes by name ("street",
    "department", "district", "dispatch_center"). `log_tickets` keeps every ticket, not only the panel of one problem
    in 64. `extra_problems` adds single problems (`ExtraProblem`).

    Raises ValueError for a bad argument (CityError for a broken city), TypeError for `rng`.
    """

    def __init__(
        self,
        city: str | Path | City = "beijing",
        rules: Rules | None = None,
        parameters: Parameters | None = None,
        reforms: Sequence[Reform] = (),
        seed: int | None = None,
        scale: float = 1.0,
        start: str = "2019-01-01",
        agents: Mapping[str, type] | None = None,
        log_tickets: bool = False,
        extra_problems: Iterable[ExtraProblem] = (),
        rng: None = None,
    ) -> None:
        if rng is not None:
            raise TypeError("rng is refused: luck is keyed by the seed; pass seed=")
        seed = _checked_seed(seed)
        super().__init__(seed=seed)
        self.seed = seed
        first = _first_of_month(start)
        if not 0.0 < scale <= 1.0:
            raise ValueError(f"scale: {scale!r} must be above 0 and at most 1 (residents per resident)")
        self.city = city if isinstance(city, City) else City.load(city)
        self.standing_rules = rules or Rules()
        self.reforms = tuple(reforms)
        classes = _checked_agents(agents or {})
        self.state = State(
            self.city, self.standing_rules, parameters or Parameters(), seed, first, scale, _by_date(extra_problems, self.city)
        )
        self.state.record = self.record = Record(self.city, seed, first, scale, log_tickets)
        self._make_agents(classes)
        self.running = True
        self._begin_month()

    def _make_agents(self, classes: dict[str, type]) -> None:
        city = self.city
        streets = city.streets
        self._streets = [classes["street"](self, row, name) for row, name in enumerate(streets["name_zh"])]
        n = len(self._streets)
        self._departments = [classes["department"](self, n + row, name) for row, name in enumerate(city.departments["name"])]
        table = zip(city.districts["name"], city.districts["zone"], strict=True)
        self._districts = [classes["district"](self, row, name, zone) for row, (name, zone) in enumerate(table)]
        self.state.centre = classes["dispatch_center"](self)
        self.streets = _agent_set(self._streets, self)
        self.departments = _agent_set(self._departments, self)
        self.districts = _agent_set(self._districts, self)
        self.centers = _agent_set([self.state.centre], self)

    @property
    def parameters(self) -> Parameters:
        """Return the behavioural parameters of the run."""
        return self.state.parameters

    @property
    def rules(self) -> Rules:
        """Return the rules in force this month."""
        return self.state.rules

    @property
    def date(self) -> datetime.date:
        """Return the day that the next step will simulate."""
        return self.state.date

    @property
    def complainants(self) -> Complainants:
        """Return the people who have complained so far, in order of first request."""
        return Complainants(self)

    def step(self) -> None:
        """Simulate one day; the month's last day finishes the month, December's last the year."""
        state = self.state
        state.today = Today()
        for mechanism in DAY:
            mechanism(state)
        today = state.date
        state.day += 1
        state.date = today + datetime.timedelta(days=1)
        if state.date.month != today.month:
            end_month(state, self._decide)
            if today.month == 12:
                end_year(state)
            state.month += 1
            self._begin_month()

    def run(self, months: int = 12, on_month: Callable[[int], None] | None = None) -> Record:
        """Simulate whole months (a begun month counts as the first) and return the record.

        `on_month` is called with the number of months done. A run whose open tickets pass the guard's multiple of a
        month's arrivals stops and is recorded as runaway. Raises ValueError if months < 1.
        """
        if isinstance(months, bool) or not isinstance(months, int) or months < 1:
            raise ValueError(f"months: {months!r} must be a whole number ≥ 1")
        for done in range(1, months + 1):
            month = self.state.month
            while self.running and self.state.month == month:
                self.step()
            if on_month is not None:
                on_month(done)
            if not self.running:
                break
        return self.record

    def close(self) -> None:
        """Free the model: Mesa keeps every model that has an agent in a class dictionary (mesa 3.3)."""
        mesa.Agent._ids.pop(self, None)
        self.remove_all_agents()
        self.state.centre = None
        self._streets, self._departments, self._districts = [], [], []
        gc.collect()

    def _decide(self, state: State) -> None:
        seen = view(state)
        n = state.units.n_streets
        for agents, rows in ((self._streets, np.arange(n)), (self._departments, np.arange(n, state.units.n))):
            for chosen, decision in ask(agents, rows, seen):
                carry_out(state, chosen, decision)

    def _begin_month(self) -> None:
        state = self.state
        days = calendar.monthrange(state.date.year, state.date.month)[1]
        rules = rules_in_force(self.standing_rules, self.reforms, state.date.isoformat())
        state.begin_month(rules, days)
        plan_work(state)
        if self.record.check_runaway(state):
            self.running = False


def _checked_seed(seed: Any) -> int:
    if seed is None:
        return secrets.randbelow(2**31)
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0 or seed >= 2**63:
        raise ValueError(f"seed: {seed!r} must be a whole number from 0 to 2^63 - 1, or None")
    return int(seed)


def _first_of_month(start: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(start)
    except (TypeError, ValueError):
        raise ValueError(f"start: {start!r} must be a date like 2019-01-01") from None
    if day.day != 1:
        raise ValueError(f"start: {start} must be the first of a month")
    return day


def _checked_agents(agents: Mapping[str, type]) -> dict[str, type]:
    for name, cls in agents.items():
        if name not in AGENTS:
            raise ValueError(f"agents: unknown agent {name!r}; known are {', '.join(AGENTS)}")
        if not (isinstance(cls, type) and issubclass(cls, AGENTS[name])):
            raise ValueError(f"agents: {name} must be a subclass of {AGENTS[name].__name__}, not {cls!r}")
    return {**AGENTS, **agents}


def _agent_set(agents: list[Any], model: Any) -> Any:
    return mesa.agent.AgentSet(agents, random=model.random)


def _by_date(extra: Iterable[ExtraProblem], city: City) -> dict[datetime.date, list[tuple[int, int, int]]]:
    """Return the extra problems by date as (number, street row, category row)."""
    rows = {int(code): row for row, code in enumerate(city.streets["code"])}
    kinds = {name: row for row, name in enumerate(city.categories["name"])}
    out: dict[datetime.date, list[tuple[int, int, int]]] = {}
    for number, problem in enumerate(extra):
        if problem.street not in rows:
            raise ValueError(f"extra_problems: no street {problem.street} in {city.name}")
        if problem.category not in kinds:
            raise ValueError(f"extra_problems: no category {problem.category!r}; known are {', '.join(kinds)}")
        day = datetime.date.fromisoformat(problem.date)
        out.setdefault(day, []).append((number, rows[problem.street], kinds[problem.category]))
    return out
