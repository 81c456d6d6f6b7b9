"""Review: a district's reviewers look at a street's exclusion file, then the city's, each in turn and with a queue."""

from __future__ import annotations

from collections import deque
from typing import Any

from sim.luck import Purpose

from .chance import draw
from .ticket import Application


def rule_on_exclusions(model: Any) -> None:
    """Let the city take what it has time for, then every district; what districts pass enters the city's queue."""
    rules, people = model.rules.exclusion, model.world.total / 1e6
    files, model.exclusion_minutes = take(
        model,
        model.applications,
        model.exclusion_minutes + rules.city_minutes * people,
        rules.city_review_minutes,
        rules.city_days,
    )
    model.happened["files waiting for the city's reviewers"] += waits(model, model.applications, rules.city_days)
    for file in files:
        look_of_the_city(model, file)
    passed = []
    for district in model.districts:
        files, district.review_minutes = take(
            model,
            district.files,
            district.review_minutes + rules.district_minutes * (district.people / 1e6),
            rules.district_review_minutes,
            rules.district_days,
        )
        model.happened["files waiting for a district's reviewers"] += waits(model, district.files, rules.district_days)
        passed += [file for file in files if look_of_the_district(model, file)]
    for file in sorted(passed, key=lambda file: file.key):
        file.since = model.day
        model.applications.append(file)


def waits(model: Any, queue: deque[Application], days: int) -> bool:
    """Say whether a file has waited long enough, and waits on."""
    return bool(queue) and queue[0].since <= model.day - days


def take(
    model: Any, queue: deque[Application], account: float, minutes: int, days: int
) -> tuple[list[Application], float]:
    """Take the files out for which there is time, and return them with what is left; idle time is not saved up."""
    turns, taken = int(account // minutes), []
    while waits(model, queue, days) and len(taken) < turns:
        taken.append(queue.popleft())
    account -= len(taken) * minutes
    return taken, account if waits(model, queue, days) else min(account, float(minutes))


def convinces_the_district(model: Any, file: Application) -> bool:
    """Draw whether the district would pass the file on."""
    p = model.parameters
    chance = p.exclusion_district_true if file.truly else p.exclusion_district_false
    return draw(file.key, Purpose.EXCLUSION_DISTRICT, file.attempt) < chance


def look_of_the_district(model: Any, file: Application) -> bool:
    """Say whether the district passes the file on; if not, that was the ruling."""
    file.unit.book.count["review_minutes"] += model.rules.exclusion.district_review_minutes
    passed = convinces_the_district(model, file)
    model.happened["a file passed on by the district"] += passed
    if not passed:
        model.happened["a file refused by the district"] += 1
        note(model, file, accepted=False)
    return passed


def look_of_the_city(model: Any, file: Application) -> None:
    """Rule on one file; a ruling after the end of the period of assessment comes too late for the score."""
    p, book = model.parameters, file.unit.book
    book.count["review_minutes"] += model.rules.exclusion.city_review_minutes
    chance = p.exclusion_city_true if file.truly else p.exclusion_city_false
    accepted = draw(file.key, Purpose.EXCLUSION_RULING, file.attempt) < chance
    if not file.unit.is_street:  # nobody has looked at it yet
        accepted = accepted and convinces_the_district(model, file)
    note(model, file, accepted)
    if not accepted:
        model.happened["an exclusion refused"] += 1
    elif model.since <= file.month < model.month:
        model.happened["an exclusion from a month that is over, its score not made"] += 1
        file.unit.period_answers[file.answers] -= file.number
        model.excluded.append((file.key, file.attempt))
    elif file.month != model.month:
        model.happened["an exclusion accepted too late"] += 1
        book.count["files_late"] += 1
    else:
        model.happened["an exclusion accepted"] += 1
        book.answers[file.answers] -= file.number
        book.excluded[file.answers] += file.number
        if file.undeserved:
            book.undeserved[file.answers] -= file.number
        model.book_of(file.category).count["excluded"] += file.number
        model.excluded.append((file.key, file.attempt))


def note(model: Any, file: Application, accepted: bool) -> None:
    """Count a ruling: right or wrong, and the days that it took."""
    count = file.unit.book.count
    count["files_ruled"] += 1
    count["file_days"] += model.day - file.day
    count["files_accepted"] += accepted
    if accepted:
        count["files_rightly" if file.truly else "files_wrongly"] += 1
    else:
        count["files_denied_wrongly" if file.truly else "files_denied_rightly"] += 1
