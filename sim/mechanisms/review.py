"""Review 逐级审核: district and city reviewers rule on exclusion files, each with a queue (report 二(二))."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.dispatch_center import ExclusionView
from sim.luck import Purpose, uniform
from sim.orders import by_key, by_unit
from sim.state import Applications, State
from sim.state.reviewers import ready

Bools = NDArray[np.bool_]


def rule_on_exclusions(state: State) -> None:
    """Let the city's and the districts' reviewers look at the files whose turn it is (model: step 5).

    Each desk has so many minutes a day per million residents, takes files first in first out after so many days at
    least, and does not save up idle time. A file passes the district with one chance and the city with another, higher
    where the ticket qualifies (strategic: the record of vain contacts is the proof; or not the unit's); together they
    are the chance of acceptance. A file that comes straight to the city gets both looks there. What is accepted leaves
    the score, not the resident's life; after the end of the month of the call-back, or of its period of assessment, it
    comes too late for the score.
    """
    _review_at_city(state)
    _review_at_districts(state)


def _review_at_city(state: State) -> None:
    rules, reviews = state.rules.exclusion, state.reviews
    files, daily = reviews.city, rules.city_minutes * (state.population / 1e6)
    waiting = ready(files.since, state.day - rules.city_days)
    n = reviews.at_city.turns(daily, waiting, rules.city_review_minutes)
    ruled, reviews.city = files.rows(slice(0, n)), files.rows(slice(n, None))
    p = state.parameters
    u = uniform(ruled.key, Purpose.EXCLUSION_RULING, ruled.attempt)
    convincing = u < np.where(ruled.truly, p.exclusion_city_true, p.exclusion_city_false)
    convincing &= _convinces_district(state, ruled) | (ruled.unit < state.units.n_streets)
    accepted = _ask(state, state.centre, ruled, convincing, "city")
    state.tally.count("review_minutes", ruled.unit, rules.city_review_minutes)
    _note(state, ruled, accepted)
    taken = ruled.rows(accepted)
    state.tally.count("files_late", taken.unit[~state.take_out(taken)])


def _review_at_districts(state: State) -> None:
    """Pass files on to the city, or refuse them, district by district."""
    rules, reviews = state.rules.exclusion, state.reviews
    files, minutes = reviews.district, rules.district_review_minutes
    district = reviews.district_of[files.unit[: ready(files.since, state.day - rules.district_days)]]
    waiting = np.bincount(district, minlength=len(reviews.millions))
    n = reviews.at_districts.turns(rules.district_minutes * reviews.millions, waiting, minutes)
    order = by_unit(district)
    place = np.arange(len(district)) - (np.cumsum(waiting) - waiting)[district[order]]
    looked_at = np.zeros(len(files), dtype=bool)
    looked_at[order[place < n[district[order]]]] = True
    seen, reviews.district = files.rows(looked_at), files.rows(~looked_at)
    convincing, passed = _convinces_district(state, seen), np.zeros(len(seen), dtype=bool)
    desk = reviews.district_of[seen.unit]
    for row in np.unique(desk):
        here = np.flatnonzero(desk == row)
        centre = state.district_centres[row]
        passed[here] = _ask(state, centre, seen.rows(here), convincing[here], "district")
    state.tally.count("review_minutes", seen.unit, minutes)
    refused = seen.rows(~passed)
    _note(state, refused, np.zeros(len(refused), dtype=bool))
    on = seen.rows(passed)
    on = on.rows(by_key(on.key))
    on.since = np.full(len(on), state.day, dtype=np.int64)
    reviews.city = reviews.city.join(on)


def _convinces_district(state: State, files: Applications) -> Bools:
    p = state.parameters
    u = uniform(files.key, Purpose.EXCLUSION_DISTRICT, files.attempt)
    out: Bools = u < np.where(files.truly, p.exclusion_district_true, p.exclusion_district_false)
    return out


def _ask(state: State, centre: Any, files: Applications, convincing: Bools, stage: str) -> Bools:
    """Let the centre that rules decide: the district's or the city's."""
    view = ExclusionView(files.unit, files.category, state.day - files.day, convincing, stage)
    out: Bools = centre.rule_on_exclusions(view)
    return out


def _note(state: State, files: Applications, accepted: Bools) -> None:
    """Count final rulings: right and wrong, accepted and denied, and the days since filing."""
    tally, truly = state.tally, files.truly
    tally.count("files_ruled", files.unit)
    tally.count("file_days", files.unit, state.day - files.day)
    tally.count("files_accepted", files.unit[accepted])
    for name, which in (
        ("files_rightly", accepted & truly),
        ("files_wrongly", accepted & ~truly),
        ("files_denied_rightly", ~accepted & ~truly),
        ("files_denied_wrongly", ~accepted & truly),
    ):
        tally.count(name, files.unit[which])
