"""What is compared, by name."""

from __future__ import annotations

TICKET = (
    *("key", "person", "home", "category", "level", "right", "unit", "minutes", "attempt", "transfers", "whistle"),
    *("first_day", "filed", "due", "contact", "closed", "strategic", "ever_resolved", "copies"),
    *("casework", "refiles"),
)
AT_CENTRE = (  # nobody has signed yet
    *("key", "person", "home", "category", "level", "right", "minutes", "attempt", "transfers"),
    *("first_day", "filed", "strategic", "ever_resolved", "copies", "refiles"),
)
AT_WORK = (*TICKET, "work", "stake")
DONE = (*TICKET, "work", "quality", "resolved")
APPLICATION = (
    *("day", "since", "month", "key", "attempt", "unit", "category", "answers", "number", "truly"),
    "undeserved",
)
DUTY_CLAIM = ("day", "month", "key", "attempt", "unit", "category", "answers", "number", "truly", "undeserved")
LISTS = ("advanced", "improving", "rectification", "governance")
SAME_NAME = (
    *("staff", "effort", "handling", "documentation", "prevention", "dispute_above", "exclude_above", "morale"),
    "coordination",
    *("filled", "leaving", "skill", "fraction", "carry", "owed", "backlog", "file_fraction", "file_minutes"),
)
STANDING = (
    *("score", "score_marked", "error2", "sampling2", "noise2", "worth", "expected"),
    *("points", "ranked", "request_worth", "period_answers"),
)
BY_STREET = ("item", "requests", "period_requests", "period_handed", "expected_score")
MEANS = ("resolution", "hours", "fail_points", "reached", "failed", "ticket_hours", "idle")
CITY = (*("prevented_per_hour", "year_prevention_minutes", "year_prevented"),)
