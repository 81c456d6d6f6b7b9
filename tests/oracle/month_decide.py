"""The month's end, second half: offices decide, morale and skill move, prevention lowers defects."""

from __future__ import annotations

import math
from typing import Any

from .chance import grain, ln, to_power
from .month import mean_points, points
from .units import Office

MOVE = 0.05  # most that effort or a share of time moves in a month
PRIOR_FILES = 10.0
GRAIN = 2**30


def clip(x: float, low: float, high: float) -> float:
    """Return x within low … high."""
    return min(high, max(low, x))


def known(x: float | None, otherwise: float) -> float:
    """Return x, or the least informed guess."""
    return otherwise if x is None else x


def decide(model: Any) -> None:
    """Let every office that is ranked move effort and shares of time a small step towards what pays."""
    if not model.assessed:
        return
    for street in model.streets:
        decide_office(model, street)
    if model.rules.tournament.departments_ranked:
        for department in model.departments:
            decide_office(model, department)
            model.happened["a department documents"] += department.documentation > 0.0


def decide_office(model: Any, office: Office) -> None:
    """Decide on the office's own books, never on the truth."""
    p, t, means = model.parameters, model.rules.tournament, office.means
    reached = known(means["reached"], 0.0)
    least = 1.0 / (reached + 2.0)
    unsolved = clip(1.0 - known(means["resolution"], 0.5), least, 1.0 - least)
    rest = p.effort_cost * p.effort_rest * p.effort_rest
    response = t.weight_resolution + t.weight_satisfaction
    hours = max(1e-6, known(means["hours"], 1.0))
    handling = (response * office.worth * unsolved * -ln(unsolved) + rest) / hours
    handling = handling * (1.0 - p.idle_seen * known(means["idle"], 0.0))
    model.happened["an office reckons with idle hours"] += p.idle_seen * known(means["idle"], 0.0) > 0.0
    documentation = documentation_gain(model, office, reached)
    prevented = model.prevented_per_hour if office.is_street else 0.0  # only streets have ground of their own
    prevention = p.discount * prevented * known(means["ticket_hours"], 0.0) * handling
    prevention += p.discount * prevented * office.request_worth
    gains = [gain * office.normal_hours for gain in (handling, documentation, prevention)]
    shares = [office.handling, office.documentation, office.prevention]
    pull = gains[0] * shares[0] + gains[1] * shares[1] + gains[2] * shares[2]
    push = p.step * (pull - p.effort_cost * office.effort / office.morale) / p.effort_cost
    mean = (gains[0] + gains[1] + gains[2]) / 3.0
    speed = p.step * office.effort / p.effort_cost
    moved = [share + clip(speed * (gain - mean), -MOVE, MOVE) for share, gain in zip(shares, gains, strict=True)]
    office.effort = clip(office.effort + clip(push, -MOVE, MOVE), 0.2, p.effort_most)
    office.handling, office.documentation, office.prevention = onto_simplex(moved)
    model.happened["a street documents"] += office.is_street and office.documentation > 0.0
    model.happened["a street prevents"] += office.is_street and office.prevention > 0.0
    model.happened["a share of time at zero"] += 0.0 in (office.handling, office.documentation, office.prevention)


def documentation_gain(model: Any, street: Office, reached: float) -> float:
    """Return what an hour of documentation gains: nothing beyond the failed tickets at hand."""
    file_hours = model.parameters.file_minutes / 60.0
    spent = street.documentation * street.effort * street.normal_hours
    if spent >= known(street.means["failed"], 0.0) * file_hours:
        model.happened["documentation beyond the failed tickets at hand"] += 1
        return 0.0
    accepted = 0.0
    if model.rules.exclusion.allowed:
        believed = PRIOR_FILES * model.parameters.accepted_prior
        accepted = (believed + street.files_accepted) / (PRIOR_FILES + street.files_ruled)
    gap = max(0.0, known(street.points, 0.5) - known(street.means["fail_points"], 0.0))
    return street.worth * accepted * gap / (max(1.0, reached) * file_hours)


def onto_simplex(point: list[float]) -> list[float]:
    """Return the nearest point with parts ≥ 0 that add to 1 (Held, Wolfe & Crowder 1974)."""
    high, middle, low = sorted(point, reverse=True)
    excess = high - 1.0
    if middle > (high + middle - 1.0) / 2.0:
        excess = (high + middle - 1.0) / 2.0
    if low > (high + middle + low - 1.0) / 3.0:
        excess = (high + middle + low - 1.0) / 3.0
    return [max(part - excess, 0.0) for part in point]


def move_morale(model: Any) -> None:
    """Move morale: it recovers; overwork, undeserved losses of points and paperwork wear it down."""
    p, values = model.parameters, points(model.rules)
    full = max(values)
    for office in model.offices:
        n, mean, _ = mean_points(office.book.answers, values)
        n_bad, mean_bad, _ = mean_points(office.book.undeserved, values)
        lost, lost_bad = n * (full - mean), n_bad * (full - mean_bad)
        undeserved = lost_bad / lost if lost > 0.0 else 0.0
        pressure = min(1.0, office.worth * undeserved / p.morale_worth)
        model.happened["full pressure of undeserved losses"] += pressure == 1.0
        change = (
            p.morale_recovery * (1.0 - office.morale)
            - p.morale_overwork * max(0.0, office.effort - p.effort_rest)
            - p.morale_pressure * pressure
            - p.morale_files * office.documentation
        )
        office.morale = clip(office.morale + change, 0.05, 1.0)


def learn(model: Any) -> None:
    """Move skill by category: learning by doing, and methods taken over from neighbours and praised streets ahead."""
    p, new = model.parameters, {}
    praised = [street for street in model.streets if street.praised > 0]
    for office in model.offices:
        new[office] = []
        count = office.book.count
        idle = min(1.0, count["idle_minutes"] / max(1, count["available_minutes"]))
        model.happened["idle hours teach less than work"] += p.idle_teaches < 1.0 and idle > 0.0
        effort = office.effort * (1.0 - (1.0 - p.idle_teaches) * idle)
        for row, skill in enumerate(office.skill):
            tickets = office.book.worked[row]
            worked = tickets / (tickets + p.learning_tickets)
            gained = p.learning * effort * worked * (1.0 - skill)
            if office.neighbours:
                known_there = sum(math.floor(other.skill[row] * GRAIN) for other in office.neighbours)
                mean = known_there / (len(office.neighbours) * float(GRAIN))
                model.happened["a method taken over from neighbours"] += mean > skill
                gained += p.diffusion * max(0.0, mean - skill)
            if office.is_street and praised:
                known_there = sum(math.floor(other.skill[row] * GRAIN) for other in praised)
                mean = known_there / (len(praised) * float(GRAIN))
                model.happened["a method taken over from praised streets"] += mean > skill and p.praise_diffusion > 0.0
                gained += p.praise_diffusion * max(0.0, mean - skill)
            new[office].append(grain(min(1.0, skill + gained)))
    for office in model.offices:
        office.skill = new[office]


def staffing(model: Any) -> None:
    """Let officers leave, the more the lower the morale, and newcomers fill a part of the vacancies."""
    p = model.parameters
    for office in model.offices:
        model.happened["officers leave for low morale"] += p.leaving_by_morale > 0.0 and (
            office.morale < p.leaving_threshold
        )
        low = max(0.0, p.leaving_threshold - office.morale)
        office.leaving = min(1.0, p.leaving_base + p.leaving_by_morale * low)
        stay = office.filled - office.leaving * office.filled
        come = p.hiring * (1.0 - stay)
        office.filled = stay + come
        model.happened["newcomers fill vacancies"] += come > 0.0
        share, first = come / max(1e-9, office.filled), p.newcomer_skill * office.skill_first
        office.skill = [grain(min(1.0, skill - share * (skill - first))) for skill in office.skill]


def prevent(model: Any) -> None:
    """Move each street's stock of defects: it grows back to 1, and hours of prevention lower it."""
    p = model.parameters
    expected_in_all = [p.demand * n for n in model.world.month_by_category(model.month_first)]
    for street, exposed in zip(model.streets, model.world.exposed, strict=True):
        base = [share * n for share, n in zip(exposed, expected_in_all, strict=True)]
        hours = street.normal_hours * street.effort * street.works * street.prevention
        whole = 0.0
        for expected in base:
            whole += expected
        z = p.defect_return * p.prevention_yield * hours / max(1e-9, whole)
        tickets = sum(street.book.worked.values())
        model.happened["prevention follows the street's own tickets"] += tickets > 0 and hours > 0.0
        model.year_prevention_minutes += math.floor(hours / model.world.scale * 60.0)
        defects = []
        for row, (d, expected) in enumerate(zip(street.defects, base, strict=True)):
            model.year_prevented += math.floor(expected / model.world.scale * (1.0 - d) * 1024.0)
            aimed = z * aim(p.prevention_focus, street.book.worked[row], tickets, expected, whole)
            defects.append(clip(d + p.defect_return * (1.0 - d) - d * aimed / (1.0 + aimed), 0.0, 1.0))
        street.defects = defects


def aim(focus: float, worked: int, tickets: int, expected: float, whole: float) -> float:
    """Return the hours on one kind over those of an even effort: a share follows the street's own tickets."""
    if tickets == 0:
        return 1.0
    own = worked * whole / max(1e-9, tickets * expected)
    return (1.0 - focus) + focus * own


def update_belief(model: Any) -> None:
    """At the year's end let streets believe half of what the city measured of prevention."""
    if model.year_prevention_minutes > 0:
        model.happened["the year's prevention measured"] += 1
        measured = (model.year_prevented / 1024.0) / (model.year_prevention_minutes / 60.0)
        most = 4.0 * model.parameters.prevention_yield
        model.prevented_per_hour = 0.5 * model.prevented_per_hour + 0.5 * min(measured, most)
    model.year_prevention_minutes = model.year_prevented = 0


def plan_work(model: Any) -> None:
    """Set the coming month's staff, which grows by the year, and the minutes that work takes at each skill."""
    p = model.parameters
    years = (model.date.year - 2019) + (model.date.month - 1) / 12.0
    for office in model.offices:
        office.staff = office.staff_2019 * max(0.05, 1.0 + p.staff_growth * years) * office.filled
        factors = [to_power(skill / p.skill_start, -p.minutes_by_skill) for skill in office.skill]
        office.work_factor = [math.floor(factor * 1024.0 + 0.5) for factor in factors]


def coordinate(model: Any) -> None:
    """Let offices learn to work together by the month's joint cases, and forget it."""
    p = model.parameters
    for office in model.offices:
        count, k = office.book.count, office.coordination
        cases = count["whistles_answered"] + count["whistles_called"] + count["joint_reviews"]
        used = cases / (cases + p.coordination_cases)
        office.coordination = k + p.coordination_gain * (1.0 - k) * used - p.coordination_decay * k
