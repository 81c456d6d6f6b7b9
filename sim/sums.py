"""Sums: the counts of a record as arrays over months, for the whole city or street by street."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.books import Cohorts
from sim.points import SAID_RESOLVED
from sim.spread import mean

if TYPE_CHECKING:
    from sim.record import Record

Floats = NDArray[np.float64]

BESIDE = {  # use: minutes paid for beside those that streets' and departments' staff have at work, in no other count
    "settling": "settling_minutes",
    "joint_review": "joint_review_minutes",
    "exclusion_review": "review_minutes",
    "duty_review": "duty_review_minutes",
    "labels": "label_minutes",
    "centre": "centre_minutes",
    "caseworkers": "casework_new_minutes",
    "visits": "key_paid_minutes",
}


def ratio(over: Any, under: Any) -> Floats:
    """Return over / under elementwise, NaN where there is nothing to divide by."""
    under = np.asarray(under, dtype=float)
    return np.where(under > 0.0, np.asarray(over, dtype=float) / np.where(under > 0.0, under, 1.0), np.nan)


def _points(answers: NDArray[np.int64], values: list[float]) -> Floats:
    total = np.zeros(len(answers))
    for code, value in enumerate(values):
        total = total + answers[:, code] * value
    return total


class Sums:
    """Counts over months: (T,) for the city, all units together, or (T, S) by street."""

    def __init__(self, record: Record, by_street: bool) -> None:
        self.record, self.by_street = record, by_street
        self.n_streets = len(record.city.streets)
        self.shape = (len(record.months), self.n_streets) if by_street else (len(record.months),)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column by street, (T, S), whatever the level of these sums."""
        rows = [row[: self.n_streets] for row in self.record.columns.get(name, [])]
        found = np.array(rows) if rows else np.zeros((0, self.n_streets))
        return found.astype(np.int64) if found.dtype.kind == "i" else found  # counts are kept in fewer bytes

    def count(self, name: str) -> Floats:
        """Return a count, summed over all units or by street."""
        rows = self.record.columns.get(name, [])
        if self.by_street:
            return self.column(name).astype(float)
        return np.array([float(row.sum()) for row in rows])

    def answers(self, name: str, codes: list[int] | None = None) -> Floats:
        """Return how many call-backs gave one of `codes` (all if None); `name` is "answers" or "excluded".

        "answers" are all that count: for the unit, or for its district after casework.
        """
        chosen = list(range(8)) if codes is None else codes
        rows = [row[:, chosen].sum(axis=1) for row in self._table(name)]
        if self.by_street:
            return np.array([row[: self.n_streets] for row in rows], dtype=float).reshape(self.shape)
        return np.array([float(row.sum()) for row in rows])

    def _table(self, name: str) -> list[NDArray[Any]]:
        """Return a table of answers (U, 8) for every month."""
        columns = self.record.columns
        if name != "answers":
            return columns.get(name, [])
        both = zip(columns.get(name, []), columns.get("handed", []), strict=True)
        return [np.add(own, handed, dtype=np.int64) for own, handed in both]

    def of_city(self, name: str) -> Floats:
        """Return a count that belongs to no unit, (T,)."""
        return np.array(self.record.city_counts.get(name, []), dtype=float)

    def points(self) -> Floats:
        """Return the points gained in call-backs that count, by the rules of each month."""
        rows = self._table("answers")
        total = [_points(row, values) for row, values in zip(rows, self.record.values, strict=True)]
        if self.by_street:
            return np.array([row[: self.n_streets] for row in total], dtype=float).reshape(self.shape)
        return np.array([math.fsum(row) for row in total], dtype=np.float64)

    def street_mean(self, name: str) -> Floats:
        """Return the mean of a column over the streets where it is known, or the column itself by street."""
        column = self.column(name)
        if self.by_street:
            out: Floats = column.astype(float)
            return out
        return np.array([mean(row) for row in column])

    def paid(self, part: str | None = None) -> Floats:
        """Return the hotline hours paid for, of streets and departments, or those set apart for a part of the work."""
        columns = self.record.columns
        out = []
        for t in range(len(self.record.months)):
            hours = columns["normal_hours"][t] * columns["effort"][t]
            if part is not None:
                hours = hours * columns[part][t]
            out.append(hours[: self.n_streets] if self.by_street else math.fsum(hours))
        return np.array(out).reshape(self.shape)

    def hours(self, use: str) -> Floats:
        """Return the hours that went into one use (see `record.USES`), (T,), of all units, or of others beside them."""
        columns = self.record.columns
        minutes = {
            "contact": "contact_minutes",
            "dispute": "dispute_minutes",
            "whistles": "whistle_minutes",
            "duplicates": "merge_minutes",
            "casework": "casework_taken_minutes",
            "themes": "theme_minutes",
            "refusals": "refusal_minutes",
            "patrol": "patrol_minutes",
            "handling": "handled_minutes",
            "meetings": "meeting_minutes",
            "talks": "talk_minutes",
            "idle": "idle_minutes",
            "documentation": "file_minutes",
            **BESIDE,
        }
        if use in minutes:
            return self.count(minutes[use]) / 60.0
        out = []
        for t in range(len(self.record.months)):
            normal, effort, works = columns["normal_hours"][t], columns["effort"][t], columns["work_share"][t]
            own = columns["own_hours"][t]
            each = {
                "prevention": normal * effort * works * columns["prevention"][t],
                "low_morale": normal * effort * (1.0 - works),
                "overtime": normal * np.maximum(0.0, effort - 1.0),
                "withdrawn": own * np.maximum(0.0, np.minimum(effort, 1.0) - self.record.effort_rest),
            }[use]
            out.append(math.fsum(each))
        return np.array(out)

    def withdrawn(self) -> Floats:
        """Return the hours that streets withdraw from unranked duties: effort above its rest, up to normal time.

        Of their own staff, as those seconded or bought for the hotline have no other duties there.
        """
        share = np.maximum(0.0, np.minimum(self.column("effort"), 1.0) - self.record.effort_rest)
        return self._hours("own_hours", share)

    def overtime(self) -> Floats:
        """Return the hours that streets work above normal time: effort above 1."""
        return self._hours("normal_hours", np.maximum(0.0, self.column("effort") - 1.0))

    def _hours(self, of: str, share: Floats) -> Floats:
        """Return the hours that are a share (T, S) of each street's normal time, or of its own staff's."""
        each = self.column(of) * share
        return each if self.by_street else np.array([math.fsum(row) for row in each])

    def cohort(self, name: str) -> Floats:
        """Return a cohort count ("repeats" or "resolved"); NaN for months whose 180 days are not over."""
        record, values = self.record, self._fates(name)
        for t, month in enumerate(record.months):
            year, number = int(month[:4]), int(month[5:])
            following = record.start.replace(year=year + number // 12, month=number % 12 + 1)
            if (record.observed_until - following).days < Cohorts.WINDOW:
                values[t] = np.nan
        return values

    def cohort_so_far(self, name: str) -> Floats:
        """Return a cohort count as far as it is known at the run's end; "resolved" with what came after 180 days.

        The sum of "resolved" over months is all problems resolved in the run.
        """
        return self._fates(name) + self._fates("late") if name == "resolved" else self._fates(name)

    def _fates(self, name: str) -> Floats:
        """Return a count kept by month of origin ("repeats", "resolved" or "late"), as far as it is known."""
        record = self.record
        if record.cohorts is None:
            return np.zeros(self.shape)
        rows = getattr(record.cohorts, name)[: len(record.months)]
        return rows.astype(float) if self.by_street else rows.sum(axis=1).astype(float)  # type: ignore[no-any-return]

    def said_resolved(self, name: str = "answers") -> Floats:
        """Return how many call-backs said "resolved"."""
        return self.answers(name, SAID_RESOLVED)
