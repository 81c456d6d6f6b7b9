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

BINS = 128  # of the league's histogram of scores
GRAIN = 2**30


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
    """Score offices on the month's answers, on three months' if they are few; on none the last score stands."""
    values, s0 = points(model.rules), model.parameters.perception
    for office in model.offices:
        office.last_answers.append(list(office.book.answers))
        answers = office.book.answers
        if sum(answers) < model.rules.tournament.pool_below:
            model.happened["a score pooled over three months"] += sum(answers) > 0 and len(office.last_answers) > 1
            answers = [sum(month[code] for month in office.last_answers) for code in range(8)]
        n, mean, variance = mean_points(answers, values)
        office.score_marked = n == 0
        if n > 0:
            shrunk = (n * mean + 1.0) / (n + 2)
            office.score = mean
            office.sampling2 = max(variance / n, shrunk * (1.0 - shrunk) / (n + 2))
            office.error2 = office.sampling2 + s0 * s0
        else:
            model.happened["no call-back at all: the last score stands"] += office.score is not None
            model.happened["no score yet"] += office.score is None
        office.last_closed.append((office.book.count["closed"], office.book.count["resolved"]))
        closed, resolved = (sum(month[i] for month in office.last_closed) for i in (0, 1))
        office.expected = max(0.0, resolved / max(1, closed) - 0.5)
    for district in model.districts:
        books = [street.book for street in model.streets if street.district is district]
        n, mean, _ = mean_points(
            [sum(book.answers[code] + book.handed[code] for book in books) for code in range(8)], values
        )
        if n > 0:
            district.score = mean
    set_ranks(model.districts)


def set_ranks(offices: Sequence[Any]) -> None:
    """Rank by score, 1 is best; equal scores share the mean of their ranks; no score, no rank."""
    for office in offices:
        others = [other.score for other in offices if other.score is not None]
        if office.score is None:
            office.rank = None
        else:
            better, equal = sum(s > office.score for s in others), others.count(office.score)
            office.rank = (better + 1 + better + equal) / 2.0


def leagues(model: Any) -> list[list[Office]]:
    """Return the streets of each league in force."""
    found: dict[Any, list[Office]] = defaultdict(list)
    for street, label in zip(model.streets, model.city.league.tolist(), strict=True):
        by = {League.CITY: label, League.DISTRICT: street.district, League.ZONE: street.district.zone}
        found[by[model.rules.tournament.league]].append(street)
    return list(found.values())


def rank(model: Any) -> None:
    """Rank streets in their leagues and draw up the lists; where an order must be total, luck breaks ties."""
    for street in model.streets:
        before = street.compared
        if before is None:
            street.compared, street.gain = street.score, 0.0
        else:
            street.compared, street.gain = before + 0.5 * (street.score - before), street.score - before
    for league in leagues(model):
        set_ranks(league)
        scores = [street.score for street in league if street.score is not None]
        model.happened["a tie in rank"] += len(set(scores)) < len(scores)
        draw_up_lists(model, league)


def draw_up_lists(model: Any, league: list[Office]) -> None:
    """Put the first of each order on the list, a share of the league rounded up; streets without a score come last."""
    t = model.rules.tournament
    orders = (
        ("advanced", t.advanced_share, lambda s: (s.score is None, -(s.score or 0.0))),
        ("improving", t.improving_share, lambda s: (False, -s.gain)),
        ("rectification", t.rectification_share, lambda s: (s.score is None, s.score or 0.0)),
        ("governance", t.governance_share, lambda s: (False, -s.book.count["problems"] - s.book.count["repeats"])),
    )
    luck = {street: draw(street.key, Purpose.RANK, model.month) for street in league}
    for name, share, order in orders:
        first = sorted(league, key=lambda s, order=order: (*order(s), luck[s]))[: math.ceil(share * len(league))]
        for street in league:
            street.lists.discard(name)
        for street in first:
            street.lists.add(name)


def worth(model: Any) -> None:
    """Set what a point is worth to each street: β × (rank share gained per point + worth of the lists' cut-offs)."""
    t = model.rules.tournament
    for league in leagues(model):
        known = [street for street in league if street.compared is not None]
        if len(known) < 2:
            model.happened["a league of fewer than two scores"] += 1
            continue
        ordered = sorted(street.compared for street in known)
        n_top, n_low = (math.ceil(share * len(known)) for share in (t.advanced_share, t.rectification_share))
        bins = histogram(known)
        for street in known:
            gain, error = rank_gain(street, bins, len(known)), math.sqrt(street.error2)
            if t.advanced_worth > 0.0 and n_top > 0:
                distance = (street.compared - ordered[-n_top]) / error
                gain += t.advanced_worth * normal_density(distance) / error
            if t.rectification_worth > 0.0 and n_low > 0:
                distance = (street.compared - ordered[n_low - 1]) / error
                gain += t.rectification_worth * normal_density(distance) / error
            street.worth = t.strength * gain


def bin_of(street: Office) -> int:
    """Return the bin of the street's three-month mean score."""
    return min(int(min(1.0, max(0.0, street.compared)) * BINS), BINS - 1)


def histogram(streets: list[Office]) -> dict[int, tuple[int, float, float]]:
    """Return number, mean score and mean squared error of the streets in each bin, in the order of the bins."""
    members = defaultdict(list)
    for street in streets:
        members[bin_of(street)].append(street)
    out = {}
    for place, found in sorted(members.items()):
        whole = len(found) * float(GRAIN)
        scores = sum(math.floor(street.compared * GRAIN + 0.5) for street in found)
        errors = sum(math.floor(street.error2 * GRAIN + 0.5) for street in found)
        out[place] = (len(found), scores / whole, errors / whole)
    return out


def rank_gain(street: Office, bins: dict[int, tuple[int, float, float]], n: int) -> float:
    """Return the gain in rank share per point: the mean over rivals of φ(d / σ) / σ, rivals at their bins' means."""
    mine, total = bin_of(street), 0.0
    for place, (number, score, error2) in bins.items():
        sigma = math.sqrt(street.error2 + error2)
        rivals = number - (place == mine)
        total += rivals * (normal_density((street.compared - score) / sigma) / sigma)
    return total / (n - 1)


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
        for name, value in month.items():
            old = office.means[name]
            if value is not None:
                office.means[name] = value if old is None else old + 1.0 / 3.0 * (value - old)
        office.files_ruled = office.files_ruled * (1.0 - 1.0 / 3.0) + book.count["files_ruled"]
        office.files_accepted = office.files_accepted * (1.0 - 1.0 / 3.0) + book.count["files_accepted"]
