"""TournamentModel: the day, the month and the year as short lists of mechanisms."""

from __future__ import annotations

import calendar
import datetime
import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents.complainant import Complainants
from sim.agents.district import ReserveView
from sim.agents.residents import LONGEST
from sim.arguments import (
    checked_agents,
    checked_all,
    checked_city,
    checked_kind,
    checked_scale,
    checked_seed,
    extra_by_date,
    first_of_month,
)
from sim.asking import ask
from sim.city import City
from sim.mechanisms.allocate import allocate, remember_load
from sim.mechanisms.arise import arise, bring
from sim.mechanisms.by_district import by_district
from sim.mechanisms.call_back import call_back
from sim.mechanisms.casework import ask_for_casework, escalate, plan_casework, work_cases
from sim.mechanisms.come_back import come_back, file_again
from sim.mechanisms.coordinate import coordinate
from sim.mechanisms.decide import carry_out, view
from sim.mechanisms.dispatch import dispatch, learn_catalogue, look_up, sign_for
from sim.mechanisms.dispute import raise_disputes, rule_on_disputes
from sim.mechanisms.duplicate import duplicate
from sim.mechanisms.duty_list import claim_by_duty_list, rule_by_duty_list
from sim.mechanisms.exclude import apply_for_exclusion, close_file_accounts
from sim.mechanisms.expect_score import expect_scores
from sim.mechanisms.handle import close_overdue, enter_queue, handle
from sim.mechanisms.joint_review import ask_for_joint_review, review_jointly
from sim.mechanisms.keep_books import keep_books
from sim.mechanisms.key_complainants import keep_directory, note_call_backs
from sim.mechanisms.label import label
from sim.mechanisms.learn import learn, plan_work
from sim.mechanisms.lists import draw_consequences, hold_talks, run_projects
from sim.mechanisms.morale import morale
from sim.mechanisms.patrol import patrol
from sim.mechanisms.prevent import prevent, update_belief
from sim.mechanisms.refuse import refuse
from sim.mechanisms.relapse import relapse
from sim.mechanisms.review import rule_on_exclusions
from sim.mechanisms.score import rank, score
from sim.mechanisms.services import serve
from sim.mechanisms.staffing import staffing
from sim.mechanisms.stakes import class_tickets, weigh_stakes
from sim.mechanisms.targets import carry_out_lean, district_view, hold_meetings, set_targets
from sim.mechanisms.theme import coordinate_themes, plan_themes, theme
from sim.mechanisms.whistle import whistle
from sim.mechanisms.worth import worth
from sim.parameters import Parameters
from sim.record import Record
from sim.reforms.base import Reform, rules_in_force
from sim.rules import Rules
from sim.state import ExtraProblem, State, Today

DAY: tuple[Callable[[State], None], ...] = (
    call_back,  # yesterday's closed tickets: the three answers
    note_call_backs,  # of those who have come back
    rule_by_duty_list,  # reviews whose turn it is
    claim_by_duty_list,  # what is not a street's duty, where the list is in force
    rule_on_exclusions,  # reviews whose turn it is
    apply_for_exclusion,  # files on today's failed tickets
    ask_for_casework,  # on problems above the street that have just failed
    come_back,  # residents give up, let it rest, or will file again
    relapse,  # solved problems come up again; all others that rest end
    arise,  # new problems
    patrol,  # some are found and solved before anybody calls
    bring,  # residents bring the others to the hotline
    file_again,  # problems that come back today
    duplicate,  # residents of open tickets file once more
    rule_on_disputes,  # won: dispatched anew; lost: back to the unit
    review_jointly,  # unclear tickets of earlier days
    look_up,  # what the city's catalogue would send astray
    ask_for_joint_review,  # unclear tickets of today
    dispatch,  # to the right unit or a plausible wrong one
    by_district,  # some go by way of the district's centre, a day later
    sign_for,  # the clock starts
    raise_disputes,  # units object
    whistle,  # who must lead calls others in
    close_overdue,  # long after the deadline
    class_tickets,  # by what units have at stake
    enter_queue,
    coordinate_themes,  # hours of departments and streets for the monthly themes
    handle,  # contact, care, work, close
    refuse,  # strategic residents do not answer the unit
    escalate,  # cases asked for, and what has come back too often, go up
    work_cases,  # caseworkers of districts and city
)


def begin_month(state: State, split: Callable[[int, ReserveView], Any]) -> None:
    """Begin a month: staff and minutes, reserves and themes, and what last month's lists and ranks bring; stakes."""
    plan_work(state)
    allocate(state, split)
    plan_themes(state)
    plan_casework(state)
    run_projects(state)
    state.units.set_minutes_a_day(state.parameters.working_minutes)
    weigh_stakes(state)
    hold_talks(state)
    hold_meetings(state)


def end_month(state: State, lean: Callable[[State], None], decide: Callable[[State], None]) -> None:
    """Finish a month: score, league, lists, targets, worth, books, record; what it leaves behind; then decisions."""
    close_file_accounts(state)
    expect_scores(state)
    score(state)
    rank(state)
    draw_consequences(state)
    lean(state)
    set_targets(state)
    worth(state)
    keep_books(state)
    keep_directory(state)
    label(state)
    serve(state)
    state.record.close_month(state)
    morale(state)
    learn(state)
    staffing(state)
    prevent(state)
    theme(state)
    remember_load(state)
    learn_catalogue(state)
    coordinate(state)
    decide(state)


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
        seed = checked_seed(seed)
        super().__init__(seed=seed)
        self.seed = seed
        first = first_of_month(start)
        scale = checked_scale(scale)
        self.city = checked_city(city)
        self.standing_rules = Rules() if rules is None else checked_kind("rules", rules, Rules)
        self.reforms = tuple(checked_all("reforms", reforms, Reform))
        classes = checked_agents({} if agents is None else agents)
        self.state = State(
            self.city,
            self.standing_rules,
            Parameters() if parameters is None else checked_kind("parameters", parameters, Parameters),
            seed,
            first,
            scale,
            extra_by_date(extra_problems, self.city, first),
        )
        log_all = checked_kind("log_tickets", log_tickets, bool)
        self.state.record = self.record = Record(self.city, seed, first, scale, log_all)
        _keep_freed_memory()
        collecting = gc.isenabled()
        gc.disable()  # many agents are made and none is dropped: looking for garbage would take as long again
        try:
            self._make_agents(classes)
        finally:
            if collecting:
                gc.enable()
        self.running = True
        self._begin_month()

    def _make_agents(self, classes: dict[str, type]) -> None:
        city = self.city
        streets = city.streets
        self._streets = [classes["street"](self, row, name) for row, name in enumerate(streets["name_zh"].tolist())]
        n = len(self._streets)
        self._departments = [
            classes["department"](self, n + row, name) for row, name in enumerate(city.departments["name"])
        ]
        table = zip(city.districts["name"], city.districts["zone"], strict=True)
        self._districts = [classes["district"](self, row, name, zone) for row, (name, zone) in enumerate(table)]
        self.state.centre = classes["dispatch_center"](self)
        self.state.district_centres = [classes["dispatch_center"](self, row) for row in range(len(self._districts))]
        self.streets = self.agents_by_type[classes["street"]]
        self.departments = self.agents_by_type[classes["department"]]
        self.districts = self.agents_by_type[classes["district"]]
        self.centers = self.agents_by_type[classes["dispatch_center"]]

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
        """Simulate one day; the month's last day finishes the month, December's last the year.

        Raises ValueError once the model is closed.
        """
        state = self.state
        if state.centre is None:
            raise ValueError("the model is closed; what it recorded stays in model.record")
        state.today = Today()
        for mechanism in DAY:
            mechanism(state)
        today = state.date
        state.day += 1
        state.date = today + datetime.timedelta(days=1)
        if state.date.month != today.month:
            end_month(state, self._lean, self._decide)
            if today.month == 12:
                end_year(state)
            state.month += 1
            self._begin_month()

    def run(self, months: int = 12, on_month: Callable[[int], None] | None = None) -> Record:
        """Simulate whole months (a begun month counts as the first) and return the record.

        `on_month` is called with the number of months done. A run whose open tickets pass the guard's multiple of a
        month's arrivals stops and is recorded as runaway. Raises ValueError if months < 1 or beyond the longest run.
        """
        if isinstance(months, bool) or not isinstance(months, int) or months < 1:
            raise ValueError(f"months: {months!r} must be a whole number ≥ 1")
        if self.state.month + months > LONGEST:
            raise ValueError(f"months: {self.state.month} run and {months} to come are more than {LONGEST} in all")
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
        """Free the model as soon as nobody holds it: nothing of its own, no agent and nothing in Mesa does so any more.

        Mesa 3.3 keeps every model that has an agent in a class dictionary, and each model's `step` in the model.
        """
        agents = list(self.agents)
        mesa.Agent._ids.pop(self, None)
        self.remove_all_agents()
        for agent in agents:
            agent.model = None
        self.state.centre, self.state.district_centres = None, []
        self._streets, self._departments, self._districts = [], [], []
        for name in ("step", "_user_step"):
            self.__dict__.pop(name, None)

    def _lean(self, state: State) -> None:
        rows = np.arange(len(self._districts))
        for chosen, decision in ask(self._districts, rows, district_view(state), "lean"):
            carry_out_lean(state, chosen, decision)

    def _decide(self, state: State) -> None:
        if not state.standing.assessed:  # decisions follow an assessment
            return
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
        begin_month(state, lambda row, view: self._districts[row].split(view))
        if self.record.check_runaway(state):
            self.running = False


def _keep_freed_memory() -> None:
    """Let the C library keep what is freed for the next array, up to 32 MiB, instead of asking the system every day.

    glibc keeps twice the largest block that it has ever given back; elsewhere this does nothing. A twentieth of a year.
    """
    block = np.empty(1 << 24, dtype=np.uint8)  # never written to, so it takes no memory
    del block
