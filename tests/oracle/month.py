"""The month's end, first half: score, rank, lists, what a point is worth, and the offices' own books."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sim.luck import Purpose
from sim.rules import League, Rules

from .chance import draw, normal_density
from .day_answers import RESOLVED
from .units import Office

BINS = 128  # of the league's histogram of scores, at most
GRAIN = 2**30
LEAST_ERROR2 = 2.0**-40  # of a score


def points(rules: Rules) -> list[float]:
    """Return what each of the 8 combinations of answers is worth."""
    t = rules.tournament
    weights = (t.weight_response, t.weight_resolution, t.weight_satisfaction)
    return [math.fsum(weight for bit, weight in enumerate(weights) if code >> bit & 1) for code in range(8)]


def mean_points(answers: list[int], values: list[float]) -> tuple[int, float, float]:
    """Return number, mean and variance of the points of these answers; 0, 0.0, 0.0 if there are none."""
    n = sum(answers)
    if n == 0:
        return 0, 0.0, 0.0
    total = squares = 0.0
    for number, value in zip(answers, values, strict=True):
        total += number * value
        squares += number * (value * value)
    mean = total / n
    return n, mean, max(0.0, squares / n - mean * mean)


def score(model: Any) -> None:
    """Score offices on a period's answers, on three periods' if they are few; on none the last score stands."""
    t = model.rules.tournament
    for office in model.offices:
        office.period_answers = [a + b for a, b in zip(office.period_answers, office.book.answers, strict=True)]
        office.period_handed = [a + b for a, b in zip(office.period_handed, office.book.handed, strict=True)]
        office.period_requests += office.book.count["problems"] + office.book.count["repeats"]
        office.last_closed.append((office.book.count["closed"], office.book.count["resolved"]))
        closed, resolved = (sum(month[i] for month in office.last_closed) for i in (0, 1))
        office.expected = max(0.0, resolved / max(1, closed) - 0.5)
    model.assessed = (12 * model.month_first.year + model.month_first.month) % t.period_months == 0
    model.happened["a month without an assessment"] += not model.assessed
    if not model.assessed:
        return
    model.since = model.month + 1
    for street in model.streets:
        street.requests = street.period_requests
    if t.weight_requests > 0.0:
        for league in leagues(model):
            set_items(league, model.world.population)
    for office in model.offices:
        score_office(model, office)
    for office in model.offices:
        office.ranked = office.score
    take_off_handicap(model)
    score_districts(model)
    for office in model.offices:
        office.period_answers, office.period_handed, office.period_requests = [0] * 8, [0] * 8, 0


def score_office(model: Any, office: Office) -> None:
    """Score one office: its mean points, and what the rules make of them."""
    t, values, s0 = model.rules.tournament, points(model.rules), model.parameters.perception
    answers = office.period_answers
    office.last_answers.append(answers)
    if sum(answers) < t.pool_below:
        model.happened["a score pooled over three months"] += sum(answers) > 0 and len(office.last_answers) > 1
        answers = [sum(period[code] for period in office.last_answers) for code in range(8)]
    n, mean, variance = mean_points(answers, values)
    office.score_marked = n == 0
    if n == 0:
        model.happened["no call-back at all: the last score stands"] += office.score is not None
        model.happened["no score yet"] += office.score is None
        if office.score is not None:
            office.error2 = max(LEAST_ERROR2, office.sampling2 + s0 * s0)
        return
    shrunk = (n * mean + 1.0) / (n + 2)
    sampling2 = max(variance / n, shrunk * (1.0 - shrunk) / (n + 2))
    noise2 = variance / (n - 1) if n > 1 else sampling2
    office.points, made = mean, mean
    if t.tolerance > 0.0:
        made += t.tolerance * max(values)
        if made >= max(values):
            made, sampling2, noise2 = max(values), 0.0, 0.0
            model.happened["all lost points forgiven"] += 1
    if t.weight_requests > 0.0 and office.is_street:
        w, slope = t.weight_requests, office.item * (1.0 - office.item)
        made = (1.0 - w) * made + w * office.item
        of_requests = w * w * (slope * slope / max(1, office.requests))
        sampling2 = (1.0 - w) * (1.0 - w) * sampling2 + of_requests
        noise2 = (1.0 - w) * (1.0 - w) * noise2 + of_requests
        model.happened["requests count in a score"] += 1
    office.score, office.sampling2, office.noise2 = made, sampling2, noise2
    office.error2 = max(LEAST_ERROR2, sampling2 + s0 * s0)


def set_items(league: list[Office], population: list[int]) -> None:
    """Turn requests per resident into a score item: one half at the league's median, less with more requests."""
    rates = {street: street.requests / population[street.row] for street in league}
    ordered = sorted(rates.values())
    middle = (ordered[(len(league) - 1) // 2] + ordered[len(league) // 2]) / 2.0
    for street in league:
        street.item = middle / (middle + rates[street]) if rates[street] + middle > 0.0 else 0.5


def take_off_handicap(model: Any) -> None:
    """Take a share of what was expected of a street, above the mean, off the score that is ranked."""
    h = model.rules.tournament.handicap
    known = [street for street in model.streets if street.expected_score is not None]
    if h == 0.0 or not known:
        return
    mean = math.fsum(street.expected_score for street in known) / len(known)
    for street in known:
        if street.score is not None:
            street.ranked = street.score - h * (street.expected_score - mean)
            model.happened["a handicap taken off a score"] += 1


def score_districts(model: Any) -> None:
    """Score districts on their streets' call-backs together, those after casework included."""
    for district in model.districts:
        answers = [0] * 8
        for street in model.streets:
            if street.district is district:
                own = zip(answers, street.period_answers, street.period_handed, strict=True)
                answers = [whole + a + b for whole, a, b in own]
        n, mean, _ = mean_points(answers, points(model.rules))
        if n > 0:
            district.score = district.ranked = mean
    set_ranks(model.districts)


def set_ranks(offices: Sequence[Any]) -> None:
    """Rank by the score that is ranked, 1 is best; equal scores share the mean of their ranks; no score, no rank."""
    for office in offices:
        others = [other.ranked for other in offices if other.ranked is not None]
        if office.ranked is None:
            office.rank = None
        else:
            better, equal = sum(s > office.ranked for s in others), others.count(office.ranked)
            office.rank = (better + 1 + better + equal) / 2.0


def leagues(model: Any) -> list[list[Office]]:
    """Return the streets of each league in force."""
    found: dict[Any, list[Office]] = defaultdict(list)
    for street, label in zip(model.streets, model.city.league.tolist(), strict=True):
        by = {League.CITY: label, League.DISTRICT: street.district, League.ZONE: street.district.zone}
        found[by[model.rules.tournament.league]].append(street)
    return list(found.values())


def department_leagues(model: Any) -> list[list[Office]]:
    """Return the departments' and the enterprises' league, none if they are not ranked."""
    if not model.rules.tournament.departments_ranked:
        return []
    kinds = model.city.departments["kind"].tolist()
    found = [[o for o, k in zip(model.departments, kinds, strict=True) if k == kind] for kind in sorted(set(kinds))]
    return [league for league in found if league]


def rank(model: Any) -> None:
    """Rank offices in their leagues and draw up the streets' lists; where an order must be total, luck breaks ties."""
    if not model.assessed:
        return
    for office in model.offices:
        before = office.compared
        if before is None or office.ranked is None:
            office.compared, office.gain = office.ranked, None
        else:
            office.compared, office.gain = before + 0.5 * (office.ranked - before), office.ranked - before
    for league in leagues(model):
        set_ranks(league)
        scores = [street.ranked for street in league if street.ranked is not None]
        model.happened["a tie in rank"] += len(set(scores)) < len(scores)
        draw_up_lists(model, league)
    for department in model.departments:
        department.rank = None
    for league in department_leagues(model):
        set_ranks(league)


def draw_up_lists(model: Any, league: list[Office]) -> None:
    """Put the first of each order on the list, a share of the league rounded up; scores count where there is one."""
    t = model.rules.tournament
    orders = (
        ("advanced", t.advanced_share, lambda s: (s.ranked is None, -(s.ranked or 0.0))),
        ("improving", t.improving_share, lambda s: (s.gain is None, -(s.gain or 0.0))),
        ("rectification", t.rectification_share, lambda s: (s.ranked is None, s.ranked or 0.0)),
        ("governance", t.governance_share, lambda s: (False, -s.requests)),
    )
    luck = {street: draw(street.key, Purpose.RANK, model.month) for street in league}
    for name, share, order in orders:
        room = math.ceil(share * len(league)) if len(league) > 1 else 0
        first = sorted(league, key=lambda s, order=order: (*order(s), luck[s]))[:room]
        for street in league:
            street.lists.discard(name)
        for street in first:
            known = {"governance": True, "improving": street.gain is not None}
            if known.get(name, street.ranked is not None):
                street.lists.add(name)


def worth(model: Any) -> None:
    """Set what a point is worth to each office: β × (rank share gained per point + worth of the lists' cut-offs)."""
    if not model.assessed:
        return
    for office in model.offices:
        office.worth = office.request_worth = 0.0
    for league in leagues(model):
        set_worth(model, league, lists=True)
    for league in department_leagues(model):
        set_worth(model, league, lists=False)


def set_worth(model: Any, league: list[Office], lists: bool) -> None:
    """Set what a point is worth in one league; departments and enterprises have neither lists nor targets."""
    t = model.rules.tournament
    known = [office for office in league if office.compared is not None]
    if not known:
        return
    model.happened["a league of fewer than two scores"] += len(known) < 2
    lists_gain = lists and len(known) > 1  # who is alone is on every list whatever it does
    ordered = sorted(office.compared for office in known)
    n_top, n_low = (math.ceil(share * len(known)) for share in (t.advanced_share, t.rectification_share))
    n_bins = number_of_bins(known)
    bins = histogram(known, n_bins)
    for office in known:
        error = math.sqrt(office.error2)
        gain = grade_gain(model, office) if t.graded else rank_gain(office, bins, n_bins, len(known))
        if lists_gain and t.advanced_worth > 0.0 and n_top > 0:
            distance = (office.compared - ordered[-n_top]) / error
            gain += t.advanced_worth * normal_density(distance) / error
        if lists_gain and t.rectification_worth > 0.0 and n_low > 0:
            distance = (office.compared - ordered[n_low - 1]) / error
            gain += t.rectification_worth * normal_density(distance) / error
        if lists:
            gain += worth_of_target(model, office)
        office.worth = t.strength * gain * point_adds(model, office)
        if lists and t.weight_requests > 0.0:
            a_month = max(1, office.requests) / t.period_months
            takes = t.weight_requests * (office.item * (1.0 - office.item)) / a_month
            office.request_worth = t.strength * gain * takes
        model.happened["a point is worth something to a department"] += not office.is_street and office.worth > 0.0


def grade_gain(model: Any, office: Office) -> float:
    """Return what a point gains under fixed grades: the mean of the densities at the three cut-offs."""
    t, error, total = model.rules.tournament, math.sqrt(office.error2), 0.0
    for cut in (t.grade_low, t.grade_middle, t.grade_high):
        total += normal_density((office.compared - cut) / error) / error
    model.happened["fixed grades instead of ranks"] += 1
    return total / 3.0


def point_adds(model: Any, office: Office) -> float:
    """Return what a mean point of call-backs adds to the score."""
    t, full = model.rules.tournament, max(points(model.rules))
    if t.tolerance > 0.0 and office.points + t.tolerance * full >= full:
        return 0.0
    return 1.0 - t.weight_requests if office.is_street else 1.0


def worth_of_target(model: Any, street: Office) -> float:
    """Return what a point adds while a street is below its target."""
    rules = model.rules.targets
    if street.target is None:
        return 0.0
    points_of = street.compared - (street.ranked - street.points)
    gap = max(0.0, street.target - points_of)
    model.happened["a street beyond its target"] += gap == 0.0
    model.happened["a street far below its target"] += gap >= rules.full_gap
    return rules.worth * street.district.lean * min(1.0, gap / rules.full_gap)


def number_of_bins(streets: list[Office]) -> int:
    """Return the number of bins: each a quarter as wide as the least error of a distance, or 128 of them."""
    least = math.sqrt(2.0 * min(street.error2 for street in streets))
    return min(BINS, math.ceil(1.0 / (0.25 * least)))


def bin_of(street: Office, n_bins: int) -> int:
    """Return the bin of the street's three-month mean score."""
    return min(int(min(1.0, max(0.0, street.compared)) * n_bins), n_bins - 1)


def histogram(streets: list[Office], n_bins: int) -> dict[int, tuple[int, float, float]]:
    """Return number, mean score and mean squared error of the streets in each bin, in the order of the bins."""
    members = defaultdict(list)
    for street in streets:
        members[bin_of(street, n_bins)].append(street)
    out = {}
    for place, found in sorted(members.items()):
        whole = len(found) * float(GRAIN)
        scores = sum(math.floor(street.compared * GRAIN + 0.5) for street in found)
        errors = sum(math.floor(street.error2 * GRAIN + 0.5) for street in found)
        out[place] = (len(found), scores / whole, errors / whole)
    return out


def rank_gain(street: Office, bins: dict[int, tuple[int, float, float]], n_bins: int, n: int) -> float:
    """Return the gain in rank share per point: the mean over rivals of φ(d / σ) / σ, rivals at their bins' means."""
    mine, total = bin_of(street, n_bins), 0.0
    for place, (number, score, error2) in bins.items():
        sigma = math.sqrt(street.error2 + error2)
        rivals = number - (place == mine)
        total += rivals * (normal_density((street.compared - score) / sigma) / sigma)
    return total / max(1, n - 1)


def keep_books(model: Any) -> None:
    """Enter the month into the offices' own books with weight 1/3; the first month is taken whole."""
    values = points(model.rules)
    for office in model.offices:
        book = office.book
        failed = [0 if code & RESOLVED else number for code, number in enumerate(book.answers)]
        n, n_failed, fail_points = sum(book.answers), *mean_points(failed, values)[:2]
        worked = book.count["closed"] - book.count["unworked"] - book.count["casework_closed"]
        month = {
            "resolution": (n - n_failed) / n if n > 0 else None,
            "fail_points": fail_points if n_failed > 0 else None,
            "reached": float(n),
            "failed": float(n_failed),
            "hours": office.normal_hours * office.effort * office.handling,
            "ticket_hours": book.count["handled_minutes"] / (60.0 * worked) if worked > 0 else None,
        }
        at_hand = book.count["available_minutes"]
        month["idle"] = book.count["idle_minutes"] / at_hand if at_hand > 0 else None
        for name, value in month.items():
            old = office.means[name]
            if value is not None:
                office.means[name] = value if old is None else old + 1.0 / 3.0 * (value - old)
        office.files_ruled = office.files_ruled * (1.0 - 1.0 / 3.0) + book.count["files_ruled"]
        office.files_accepted = office.files_accepted * (1.0 - 1.0 / 3.0) + (
            book.count["files_accepted"] - book.count["files_late"]
        )
