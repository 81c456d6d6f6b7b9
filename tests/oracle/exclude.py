"""Exclude: offices compile files on failed tickets and hand them to their reviewers."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from sim.luck import Purpose

from .chance import draw
from .day_answers import RESOLVED
from .ticket import Application, Call
from .units import Office


def apply_for_exclusion(model: Any) -> None:
    """Let every office compile files on today's failed tickets while its documentation minutes last."""
    p, new = model.parameters, []
    failed = defaultdict(list)
    for found in model.calls:
        if found.reached and found.own and not found.claimed and not found.answers & RESOLVED:
            failed[found.ticket.unit].append(found)
    for office in model.offices:
        share = office.documentation
        exact = office.staff * p.working_minutes * office.effort * office.works * share + office.file_fraction
        whole = math.floor(exact)
        office.file_fraction = exact - whole
        office.file_minutes += whole
        office.book.count["available_minutes"] += whole
        if model.rules.exclusion.allowed:
            new += files_of(model, office, failed[office])
    for file in sorted(new, key=lambda file: file.key):
        (file.unit.district.files if file.unit.is_street else model.applications).append(file)


def files_of(model: Any, office: Office, failed: list[Call]) -> list[Application]:
    """Return the files that one office compiles today: first on what it takes for excludable, in key order."""
    p, promising, others = model.parameters, [], []
    for found in failed:
        ticket = found.ticket
        truly = ticket.person.strategic or ticket.misplaced
        knows = draw(ticket.key, Purpose.BELIEF_EXCLUDE, ticket.attempt) < p.exclusion_recognition
        (promising if truly == knows else others).append(found)
    chosen = promising if p.exclusion_true >= office.exclude_above else []
    chosen = chosen + (others if p.exclusion_false >= office.exclude_above else [])
    files = []
    for found in chosen:
        if office.file_minutes < p.file_minutes:
            model.happened["no minutes for another file"] += 1
            break
        ticket = found.ticket
        office.file_minutes -= p.file_minutes
        office.book.count["files"] += 1
        office.book.count["file_minutes"] += p.file_minutes
        model.book_minutes("files", ticket, p.file_minutes)
        if ticket.in_vain == ticket.attempt:
            model.happened["a file on a ticket disputed in vain"] += 1
        else:
            model.book_of(ticket.category).count["odd_wrong"] += ticket.misplaced
            office.book.count["odd"] += 1
        truly = ticket.person.strategic or ticket.misplaced
        files.append(
            Application(
                day=model.day,
                since=model.day,
                month=model.month,
                key=ticket.key,
                attempt=ticket.attempt,
                unit=office,
                category=ticket.category,
                answers=found.answers,
                number=ticket.number,
                truly=truly,
                undeserved=truly or ticket.above,
            )
        )
    return files


def close_file_accounts(model: Any) -> None:
    """End the month's documentation accounts: minutes without a ticket to document were idle."""
    for office in model.offices:
        office.book.count["idle_minutes"] += office.file_minutes
        office.file_minutes = 0
