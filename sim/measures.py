"""Measures: how the outcomes that need more than a line are computed from a record's sums."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.spread import days_quantile, gini, signal, tau_b, variance
from sim.sums import BESIDE, Sums, ratio

Floats = NDArray[np.float64]


def reported(s: Sums) -> Floats:
    """Return reported resolution: yes over reached and not excluded."""
    return ratio(s.said_resolved(), s.answers("answers"))


def real(s: Sums) -> Floats:
    """Return real resolution: really resolved over all tickets closed in the month, excluded and strategic included."""
    return ratio(s.count("resolved"), s.count("closed"))


def gross(s: Sums) -> tuple[Floats, Floats]:
    """Return reached call-backs and those that said resolved, excluded ones included."""
    return s.answers("answers") + s.answers("excluded"), s.said_resolved() + s.said_resolved("excluded")


def gap_excluded(s: Sums) -> Floats:
    """Return the part of the reporting gap that exclusion makes."""
    reached, said = gross(s)
    return reported(s) - ratio(said, reached)


def gap_misreported(s: Sums) -> Floats:
    """Return the part of the gap that wrong answers make, among those reached."""
    reached, said = gross(s)
    return ratio(said, reached) - ratio(s.count("reached_resolved"), reached)


def gap_not_reached(s: Sums) -> Floats:
    """Return the rest of the gap: those not reached differ, and call-backs come a day after closing."""
    reached, _ = gross(s)
    return ratio(s.count("reached_resolved"), reached) - real(s)


def answered(bit: int) -> Callable[[Sums], Floats]:
    """Return the share of call-backs that count with one of the answers yes: 1 responded, 2 resolved, 4 satisfied."""
    codes = [code for code in range(8) if code & bit]
    return lambda s: ratio(s.answers("answers", codes), s.answers("answers"))


def filed(s: Sums) -> Floats:
    """Return tickets filed: new problems, repeats, and duplicates that were not recognised."""
    return s.count("problems") + s.count("repeats") + (s.count("duplicates") - s.count("merged"))


def further_share(s: Sums) -> Floats:
    """Return the share of further attempts among tickets filed and cases: repeats, and what is handed up as a case.

    A failure that goes up is tried again without being filed again, so the share of repeats does not see it.
    """
    cases = s.count("casework_entered")
    return ratio(s.count("repeats") + cases, filed(s) + cases)


def casework_hours(s: Sums) -> Floats:
    """Return the hours paid for caseworkers, new ones and those taken from streets."""
    return (s.count("casework_new_minutes") + s.count("casework_taken_minutes")) / 60.0


def staff_hours(s: Sums) -> Floats:
    """Return all hours that the hotline takes, each once: of streets and departments, and beside them.

    Beside them are what officers moved or bought are paid for but do not work at first, and the hours of new
    caseworkers, social workers, joint reviewers, reviewers of exclusions and by the duty list, analysts who label, and
    the centre that merges. Reviewers' hours are those they spend on tickets, caseworkers' and social workers' those
    they are there; dispute reviewers are left out. Moved, seconded and bought staff are the streets'.
    """
    total = s.paid()
    for minutes in BESIDE.values():
        total = total + s.count(minutes) / 60.0
    return total


def waiting(s: Sums) -> Floats:
    """Return open tickets at month's end: at units or under dispute review; for the city, with the centres too."""
    at_units = s.count("backlog")
    return at_units if s.by_street else at_units + s.of_city("in_review") + s.of_city("at_districts")


def catalogue_accuracy(s: Sums) -> Floats:
    """Return the accuracy of the city's catalogue, (T,): the mean over categories by tickets received."""
    record = s.record
    pairs = zip(record.by_category["received"], record.by_category["accuracy"], strict=True)
    return np.array([float(ratio(math.fsum(n * accuracy), int(n.sum()))) for n, accuracy in pairs])


def paid_share(part: str) -> Callable[[Sums], Floats]:
    """Return the share of paid hotline hours set apart for a part of the work."""
    return lambda s: ratio(s.paid(part), s.paid())


def days_within(share: float) -> Callable[[Sums], Floats]:
    """Return the days within which this share of the tickets was closed."""
    return lambda s: np.array([days_quantile(counts, share) for counts in s.record.days_to_close])


def kinds_pushed(s: Sums) -> Floats:
    """Return the categories under the push of a monthly theme, (T,)."""
    return np.array([float(row.sum()) for row in s.record.by_category["theme"]])


def over_streets(name: str, f: Callable[[Floats], float]) -> Callable[[Sums], Floats]:
    """Return a function of a column over streets, month by month."""
    return lambda s: np.array([f(row) for row in s.column(name)])


def rank_signal(s: Sums) -> Floats:
    """Return the share of score variance over streets that is not sampling noise, (T,)."""
    pairs = zip(s.column("score"), s.column("noise2"), strict=True)
    return np.array([signal(scores, noise) for scores, noise in pairs])


def rank_stability(s: Sums) -> Floats:
    """Return Kendall's τ_b of the ranks of consecutive assessments, (T,); NaN for the first and for months without.

    Between assessments ranks stand still: they would agree with themselves.
    """
    ranks, out = s.column("rank"), np.full(len(s.column("rank")), np.nan)
    for before, now in pairwise(np.flatnonzero(s.of_city("assessed"))):
        out[now] = tau_b(ranks[before], ranks[now])
    return out


def real_gini(s: Sums) -> Floats:
    """Return the Gini coefficient of real resolution over streets, (T,)."""
    each = ratio(s.column("resolved"), s.column("closed"))
    return np.array([gini(row) for row in each])


def department_resolution(s: Sums) -> Floats:
    """Return real resolution of the tickets that departments and enterprises closed, (T,)."""
    columns, n = s.record.columns, s.n_streets
    resolved, closed = ([float(row[n:].sum()) for row in columns.get(name, [])] for name in ("resolved", "closed"))
    return ratio(resolved, closed)


def district_sd(s: Sums) -> Floats:
    """Return the standard deviation of the districts' scores, (T,)."""
    return np.array([math.sqrt(variance(row)) for row in s.record.columns.get("district_score", [])])


def requests_per_10k(s: Sums) -> Floats:
    """Return new problems and repeats of a month per 10 000 residents of a street, or of the city."""
    people = s.record.city.streets["population"].to_numpy(dtype=float) * s.record.scale
    each = s.column("problems") + s.column("repeats")
    whole = s.count("problems") + s.count("repeats")
    return np.asarray(10_000.0 * (each / people if s.by_street else whole / math.fsum(people)))


def service_index(s: Sums) -> Floats:
    """Return the service index at month's end: 100 at the level of 2020; of the city the mean over residents."""
    each: Floats = 100.0 * s.column("service_level") / s.record.service_level_2020
    if s.by_street:
        return each
    people = s.record.city.streets["population"].to_numpy(dtype=float)
    return np.array([math.fsum(row * people) / math.fsum(people) for row in each])
