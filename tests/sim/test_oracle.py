"""The fast engine and the oracle, the same model written plainly, agree bit for bit, day by day."""

from __future__ import annotations

import ast
import enum
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from sim import City, ExtraProblem, Parameters, Rules, TournamentModel
from sim.declare import Declaration, declarations
from sim.reforms.base import Reform
from sim.reforms.tournament_strength import TournamentStrength
from sim.rules import (
    CallBack,
    Casework,
    Dispatch,
    Dispute,
    DutyList,
    Escalation,
    Exclusion,
    Handling,
    JointReview,
    KeyComplainants,
    League,
    Patrol,
    Reserves,
    Split,
    Targets,
    Theme,
    Tilt,
    Tilting,
    Tournament,
    Whistle,
)

FOLDER = Path(__file__).parents[1] / "oracle"
if str(FOLDER.parent) not in sys.path:
    sys.path.append(str(FOLDER.parent))  # as `oracle`: `tests` is also the name of a package that Ciw installs

from oracle.compare import step_both  # noqa: E402
from oracle.model import Oracle  # noqa: E402

MAY_IMPORT = {"rules", "parameters", "city", "luck", "tables", "declare", "reforms.base"}
OUTSIDE = {
    "__future__",
    "calendar",
    "collections",
    "collections.abc",
    "dataclasses",
    "datetime",
    "itertools",
    "math",
    "mesa",
    "typing",
}


@dataclass(frozen=True)
class Amended(Reform):
    """A reform that puts whole parts of the rules, given by name, in the place of others."""

    parts: tuple[tuple[str, Any], ...] = ()

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with these parts."""
        return replace(rules, **dict(self.parts))


@dataclass(frozen=True)
class World:
    """One set of arguments, given to both."""

    scale: float = 0.1
    parameters: Parameters = field(default_factory=Parameters)
    rules: Rules = field(default_factory=Rules)
    reforms: tuple[Reform, ...] = ()
    start: str = "2019-10-01"  # so that 130 days hold four month ends, a year's end and a leap day
    split: int = 1


# too little capacity, more demand than the base rate, reviewers with queues, files that pay
SHORT = World(
    scale=0.2,
    parameters=Parameters(
        demand=1.7,
        capacity_to_need=1.1,
        strategic_share=0.05,
        contact_minutes=12,
        patrol_minutes=400,
        file_minutes=15,
        exclusion_district_true=0.95,
        exclusion_district_false=0.6,
        exclusion_city_true=0.95,
        exclusion_city_false=0.5,
        step=0.3,
        learning_tickets=50.0,
        prevention_yield=1.0,
        defect_return=0.2,
        staff_growth=-0.2,
        grievance_share=0.2,
        visit_turns=0.3,
        give_up=1.0,
        return_days=60.0,
        morale_worth=0.5,
        minutes_by_skill=0.7,
        leaving_threshold=0.95,
        leaving_by_morale=0.3,
    ),
    rules=Rules(
        tournament=Tournament(strength=4.0, weight_response=0.1, weight_resolution=0.5, league=League.ZONE),
        dispatch=Dispatch(learning=0.3, by_district=0.5, label_hours=20.0),
        joint_review=JointReview(reviewer_minutes=1000.0, queue_days=2),
        dispute=Dispute(reviewer_minutes=2000.0, review_days=3),
        handling=Handling(close_after=2),
        exclusion=Exclusion(district_minutes=3000.0, city_minutes=2000.0),
        patrol=Patrol(coverage=0.3),
        call_back=CallBack(coverage=0.9),
        key_complainants=KeyComplainants(hours=1500.0, requests=2, most=500.0, visits=3),
        casework=Casework(district_hours=2000.0, city_hours=300.0, from_streets=0.6, street_share=0.7),
        escalation=Escalation(after=2, queue_days=5.0, lowers_level=0.5),
        theme=Theme(kinds_a_month=3, months=1, pause=1, hours=300.0, street_share=0.3, casework_weight=2.0),
        reserves=Reserves(staff_share=0.1, money=2.0, split=Split.WEAK),
        tilting=Tilting(share=0.1, money=1.0, by=Tilt.LOAD, receivers=0.3),
    ),
    reforms=(
        TournamentStrength(start="2019-12-01", strength=8.0),
        Amended(start="2020-01-01", parts=(("casework", Casework(district_hours=0.0)),)),
        Amended(start="2020-01-01", parts=(("joint_review", JointReview(allowed=False)),)),
        Amended(start="2020-02-01", parts=(("dispute", Dispute(reviewer_minutes=0.0)),)),
    ),
)
# few call-backs, hence ties in rank and scores that stand; leagues of four streets
TINY = World(
    scale=0.004,
    parameters=Parameters(
        perception=0.0,
        accuracy_start=0.5,
        wrong_to_department=0.2,
        contact_minutes=40,
        diffusion=0.5,
        step=0.5,
        duty_error=0.1,
    ),
    rules=Rules(
        dispatch=Dispatch(label_hours=5000.0),
        duty_list=DutyList(in_force=True, reviewer_minutes=200.0),
        tournament=Tournament(pool_below=0, league=League.DISTRICT, advanced_share=0.5, improving_share=0.3),
        reserves=Reserves(split=Split.LOAD),
    ),
    reforms=(TournamentStrength(start="2019-12-01", end="2020-01-01", strength=0.0),),
)
# ample capacity, hours to spare for prevention; no disputes, no exclusion; two leagues of half streets
AMPLE = World(
    parameters=Parameters(
        idle_seen=0.6,
        idle_teaches=0.4,
        effort_most=1.05,
        **{"surge": 2.5, "surge_from": 2, "surge_months": 2},
        demand=0.8,
        capacity_to_need=4.0,
        prevention_yield=4.0,
        discount=1.0,
        step=0.1,
        diffusion=0.0,
        trust_loss=0.0,
    ),
    rules=Rules(
        dispatch=Dispatch(by_district=0.0),
        whistle=Whistle(allowed=False),
        dispute=Dispute(allowed=False),
        exclusion=Exclusion(allowed=False),
        key_complainants=KeyComplainants(hours=100.0, requests=2, most=1000.0),
    ),
    split=2,
)
# assessment by other rules: over two months, with requests as an item, tolerance and a handicap; or by fixed grades
VARIANT = World(
    scale=0.03,
    parameters=Parameters(
        hard_share=6.0,
        service_start=0.6,
        service_log_sd=0.8,
        service_wear=0.45,
        service_budget=0.3,
        service_deficit_power=0.7,
    ),
    rules=Rules(
        tournament=Tournament(
            weight_requests=0.3, tolerance=0.2, period_months=2, handicap=0.5, league=League.ZONE, governance_share=0.3
        ),
        targets=Targets(claims=0.6, audit=0.25),
        tilting=Tilting(share=0.1, by=Tilt.INDEX, receivers=0.2),
    ),
    split=3,
)
GRADED = World(scale=0.03, rules=Rules(tournament=Tournament(graded=True, weight_requests=0.2, grade_low=0.5)))
# assessed by the quarter: what is ruled on after a month's end is in time, and leaves the quarter's score
QUARTERS = World(
    scale=0.2,
    parameters=SHORT.parameters,
    rules=Rules(
        tournament=Tournament(strength=8.0, period_months=3),
        exclusion=SHORT.rules.exclusion,
        duty_list=DutyList(in_force=True, reviewer_minutes=300.0),
    ),
)
WORLDS = {
    **{"default": World(), "short": SHORT, "tiny": TINY, "ample": AMPLE},
    **{"variant": VARIANT, "graded": GRADED, "quarters": QUARTERS},
}

ALWAYS = {
    *("a month's end", "a year's end", "a problem filed again", "a problem put in from outside", "a resident gave up"),
    *("a department's ticket at a street", "a street's ticket at a department", "a street's ticket at a neighbour"),
    *("a ticket does not fit any more", "called back, but not reached"),
    *("a strategic resident called back", "a share of time at zero", "a solved problem relapses"),
    *("a point is worth something to a department", "a review meeting of a district"),
    *("a target of the year before replaced", "on the governance list with a project under way"),
    *("a duplicate merged", "a duplicate not recognised", "a ticket called back for its duplicates too"),
    *("a method taken over from praised streets", "newcomers fill vacancies", "a theme begins"),
    "a reserve split by head",
    "a duplicate at a wrong office",
}
PATROLS = {"a problem solved on patrol", "a problem found on patrol, but not solved"}
DISPUTES = {
    *("a dispute won", "a dispute lost", "an error of the dispute reviewers"),
    *("a right dispatch disputed by mistake", "a ticket disputed again after a transfer"),
}
CENTRES = {
    *("a ticket out of joint review", "an error of joint review", "a clear ticket taken for unclear"),
    *("a district's centre puts a dispatch right", "a district's centre passes a wrong dispatch on"),
}
BRANCHES = {  # what must have happened at least once in the first 130 days of a world
    "default": ALWAYS
    | DISPUTES
    | CENTRES
    | PATROLS
    | {
        *("the right office comes", "an office with authority comes"),
        *("a method taken over from neighbours", "a score pooled over three months", "resolved, but files again"),
        *("a street far below its target", "a street beyond its target"),
        *("no minutes for another file", "overload: tickets wait at the least care"),
        *("one who gave up let a problem pass", "two problems of one person on a day"),
    },
    "short": ALWAYS
    | DISPUTES
    | CENTRES
    | PATROLS
    | {
        "nobody comes to a whistle",
        *("disputes waiting for reviewers", "a duplicate of a ticket at a centre"),
        *("unclear tickets waiting for reviewers", "no room in the queue of joint review"),
        "joint review ends: what waits goes back to dispatch",
        "no dispute reviewers any more",
        *("a problem of a layer above the base rate", "a ticket of a strategic resident worked"),
        *("analysts label a part of what they find", "a file on a ticket disputed in vain"),
        *("a street documents", "an exclusion accepted", "an exclusion accepted too late", "an exclusion refused"),
        *("files waiting for a district's reviewers", "files waiting for the city's reviewers"),
        "a street owes too much to patrol",
        *("a file passed on by the district", "a file refused by the district"),
        *("contacts tried in vain with a strategic resident", "documentation beyond the failed tickets at hand"),
        *("an expired ticket closed as failed", "full pressure of undeserved losses", "not covered by call-backs"),
        *("overload: tickets wait at the least care", "no minutes for a first contact"),
        *("a return escalated", "casework refused", "cases waiting for caseworkers"),
        *("streets give hours to casework", "caseworkers have hours of their own"),
        *("a call-back after casework counts for the district", "a solved case lowers the level of its type"),
        *("no room in the directory", "a key complainant waits for a visit"),
        *("a strategic complainant turns cooperative", "a key complainant visited twice in a month"),
        *("care spread by what is at stake", "casework on request", "casework ends with cases waiting"),
        *("one who gave up let a problem pass", "officers leave for low morale", "a push fades"),
        *("a reserve split by score", "resources tilted", "officers moved in this month"),
        *("officers moved in last month", "a category was a theme not long ago"),
        *("a department documents", "two call-backs of one person on a day"),
    },
    "tiny": ALWAYS - {"two call-backs of one person on a day"}
    | DISPUTES
    | {
        *("the duty list read wrongly", "claims waiting for reviewers of the duty list"),
        *("a claim by the duty list reviewed too late", "a ticket out of the score by the duty list"),
        "a target without a result of one's own",
        "analysts label all they find",
        *("a tie in rank", "no call-back at all: the last score stands", "no score yet"),
        *("worked without a first contact before", "slack: idle at the most care"),
        *(
            "a reserve split by load",
            "a league of fewer than two scores",
            "documentation beyond the failed tickets at hand",
        ),
    },
    "ample": ALWAYS
    | {
        *("a month of a surge", "a key complainant leaves the directory"),
        "a street prevents",
        *("an office reckons with idle hours", "idle hours teach less than work"),
        "prevention follows the street's own tickets",
        "the year's prevention measured",
        "a score pooled over three months",
    },
    "variant": ALWAYS
    | {
        *("a month without an assessment", "all lost points forgiven", "requests count in a score"),
        *("a score expected from the streets of a cell", "too few like streets to expect a score from"),
        *("a handicap taken off a score", "a street is heard on its target"),
        *("a service at its standard from the start", "a service worn down in one month"),
        *("deficits breed requests", "good services spare requests", "resources tilted by the service index"),
        "resources tilted",
    },
    "quarters": {
        "an exclusion from a month that is over, its score not made",
        "a claim from a month that is over, its score not made",
        "a claim by the duty list reviewed too late",
    },
    "graded": ALWAYS | {"requests count in a score", "fixed grades instead of ranks"},
}
BEYOND = {"a repeat beyond the window of its cohort", "a problem resolved beyond the window of its cohort"}
LONG_RUN = {"default": set(), "short": BEYOND}  # within eight months, 1:1


def extra_problems(city: City, start: str) -> list[ExtraProblem]:
    """Return some problems put in from outside on the third day, two of them alike."""
    day = start[:-2] + "03"
    codes, kinds = city.streets["code"].tolist(), city.categories["name"].tolist()
    return [ExtraProblem(day, codes[i], kinds[i]) for i in (0, 3, 3, 5)]


def drawn(luck: random.Random, d: Declaration) -> Any:
    """Return a value of a declared number: often its default, sometimes an end of its range."""
    if d.low is None:
        return luck.choice(list(d.kind)) if issubclass(d.kind, enum.Enum) else luck.random() < 0.7
    inside = luck.randint(int(d.low), int(d.high)) if d.kind is int else luck.uniform(d.low, d.high)
    return luck.choices([inside, d.default, d.kind(d.low), d.kind(d.high)], weights=[6, 2, 1, 1])[0]


def point(seed: int) -> World:
    """Return a world drawn from the declared ranges of all parameters and rules."""
    luck = random.Random(seed)
    parameters = Parameters(**{name: drawn(luck, d) for name, d in declarations(Parameters).items()})
    values = {name: drawn(luck, d) for name, d in declarations(Rules).items()}
    grades = [f"tournament.grade_{name}" for name in ("low", "middle", "high")]
    values |= dict(zip(grades, sorted(values[name] for name in grades), strict=True))  # cut-offs come in their order
    weights = [f"tournament.weight_{name}" for name in ("response", "resolution", "satisfaction")]
    whole = sum(values[name] for name in weights) or 1.0
    values |= {name: values[name] / whole for name in weights}  # they add to 1
    values[weights[0]] = max(0.0, 1.0 - values[weights[1]] - values[weights[2]])
    rules = Rules()
    for part in {name.split(".")[0]: None for name in values}:
        of_part = {name.split(".")[1]: value for name, value in values.items() if name.split(".")[0] == part}
        rules = replace(rules, **{part: replace(getattr(rules, part), **of_part)})
    start = luck.choice(["2018-12-01", "2019-10-01", "2022-11-01"])
    return World(luck.choice([0.005, 0.02]), parameters, rules, start=start, split=luck.choice([1, 3]))


def run_both(world: World, days: int, seed: int = 1) -> Counter[str]:
    """Run engine and oracle side by side, compare all they know after every day, and return the oracle's branches."""
    city = City.load("small").split(world.split)
    common = {
        "city": city,
        "rules": world.rules,
        "parameters": world.parameters,
        "reforms": world.reforms,
        "seed": seed,
        "scale": world.scale,
        "start": world.start,
        "extra_problems": extra_problems(city, world.start),
    }
    model, oracle = TournamentModel(**common, log_tickets=True), Oracle(**common)
    try:
        for _ in range(days):
            date = model.date
            found = step_both(model, oracle)
            assert not found, "\n".join([f"{date} with seed {seed}:", *found])
        assert len(oracle.month_of_day) >= days
        residents = model.state.residents
        assert residents.requests.astype(int).sum() == sum(person.requests for person in oracle.people.values())
        tickets = model.record.tickets()
        excluded = tickets.loc[tickets["excluded"], ["problem", "attempt"]].itertuples(index=False, name=None)
        assert sorted(excluded) == sorted(oracle.excluded)
        return +oracle.happened
    finally:
        model.close()
        oracle.close()


@pytest.mark.parametrize("name", WORLDS)
def test_equal_day_by_day_and_month_by_month(name):
    happened = run_both(WORLDS[name], days=130)
    assert not BRANCHES[name] - happened.keys()


@pytest.mark.parametrize("seed", range(3))
def test_equal_at_points_drawn_from_the_declared_ranges(seed):
    run_both(point(seed), days=95, seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_equal_at_many_points(seed):
    run_both(point(seed), days=130, seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", LONG_RUN)
def test_equal_one_to_one_for_eight_months(name, seed):
    world = replace(WORLDS[name], scale=1.0, reforms=(TournamentStrength(start="2020-02-01", strength=2.0),))
    happened = run_both(world, days=244, seed=seed)
    assert not LONG_RUN[name] - happened.keys()


@pytest.mark.slow
def test_equal_with_thousands_of_streets():
    run_both(World(scale=0.3, split=400), days=33)


def test_every_branch_that_the_oracle_counts_is_asserted():
    counted = {name for file in FOLDER.glob("*.py") for name in re.findall(r'happened\["(.+?)"\]', file.read_text())}
    assert counted == set().union(*BRANCHES.values(), *LONG_RUN.values())


def test_the_oracle_is_independent_of_the_engine():
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [f"sim.{alias.name}" for alias in node.names] if node.module == "sim" else [node.module]
            else:
                continue
            for name in names:
                assert name in OUTSIDE or name.removeprefix("sim.") in MAY_IMPORT, f"{file.name}: {name}"


def test_a_difference_is_noticed():
    city = City.load("small")
    model = TournamentModel(city, seed=1, scale=0.1, log_tickets=True)
    oracle = Oracle(city, seed=1, scale=0.1)
    for _ in range(3):
        assert step_both(model, oracle) == []
    street = max(oracle.streets, key=lambda street: len(street.queue))
    street.queue[0].minutes += 1
    assert any(line.startswith(("queue[", "closed today[")) for line in step_both(model, oracle))
    model.close()
    oracle.close()
