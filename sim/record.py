"""Record: what a run leaves, as tidy tables by month, by street and month, and by category and month."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.books import CATEGORY_COUNTS, Cohorts
from sim.changes import Changes, changes
from sim.city import City
from sim.offices import departments
from sim.outcomes import OUTCOMES
from sim.points import points
from sim.sums import BESIDE, Sums
from sim.ticket_log import TicketLog

if TYPE_CHECKING:
    from sim.state import State

_STANDING = ("score", "error2", "noise2", "worth", "score_marked")
_UNITS = ("effort", "handling", "documentation", "prevention", "morale", "staff", "leaving", "coordination")
USES = (
    "contact",
    "handling",
    "documentation",
    "dispute",
    "whistles",
    "duplicates",
    "casework",
    "themes",
    "refusals",
    "patrol",
    "meetings",
    "talks",
    "prevention",
    "idle",
    "low_morale",
    "overtime",
    "withdrawn",
    *BESIDE,
)


def kept(counts: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
    """Return a copy of a month's counts in as few bytes as they need, in none if all are 0."""
    least, most = counts.min(initial=0), counts.max(initial=0)
    if least == most == 0:
        return np.broadcast_to(np.int16(0), counts.shape)
    small = [kind for kind in (np.int16, np.int32) if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max]
    return counts.astype(small[0] if small else np.int64)


class Record:
    """What a run leaves. Grows by a row a month; the tables are made when asked for."""

    def __init__(self, city: City, seed: int, start: datetime.date, scale: float, log_tickets: bool) -> None:
        self.city, self.seed, self.start, self.scale = city, seed, start, scale
        self.log = TicketLog(log_tickets)
        self.months: list[str] = []
        self.runaway_month: str | None = None
        self.columns: dict[str, list[NDArray[Any]]] = {}  # name -> one array (U, …) a month
        self.by_category: dict[str, list[NDArray[np.int64]]] = {name: [] for name in (*CATEGORY_COUNTS, "accuracy")}
        self.values: list[list[float]] = []  # points of the answer codes, by the rules of the month
        self.city_counts: dict[str, list[int]] = {}  # what belongs to no unit: name -> one number a month
        self.days_to_close: list[NDArray[np.int64]] = []
        self.attempt_counts: list[NDArray[np.int64]] = []
        self.cohorts: Cohorts | None = None
        self.service_level_2020 = 1.0  # at which the service index is 100
        self.effort_rest = 0.0  # effort above it is withdrawn from unranked duties
        self.observed_until = start  # the day after the last one simulated

    def close_month(self, state: State) -> None:
        """Write down the month that has just ended, with the decisions that were in force during it."""
        n, units, standing, tally = state.units.n_streets, state.units, state.standing, state.tally
        self.months.append(state.month_first.isoformat()[:7])
        self.observed_until = state.date
        self.cohorts, self.effort_rest = state.cohorts, state.parameters.effort_rest
        self.service_level_2020 = state.parameters.service_level_2020
        held: dict[str, Any] = {name: kept(counts) for name, counts in tally.unit.items()}
        held |= {name: kept(getattr(tally, name)) for name in ("answers", "handed", "excluded")}
        held |= {name: getattr(standing, name).copy() for name in _STANDING}
        held |= {name: getattr(units, name).copy() for name in _UNITS}
        held |= {"rank": standing.rank.copy(), "skill": units.skill.sum(axis=1) / units.skill.shape[1]}
        held |= {f"list_{name}": on.copy() for name, on in standing.lists.items()}
        open_now = np.zeros(units.n, dtype=np.int64)
        np.add.at(open_now, state.tickets.unit[state.queue], 1)
        np.add.at(open_now, state.tickets.unit[state.disputed], 1)
        held["casework_backlog"] = np.bincount(state.tickets.unit[state.casework.slots], minlength=units.n)
        held["files_waiting"] = state.reviews.waiting(units.n)
        held |= {"backlog": open_now, "normal_hours": state.normal_hours(), "work_share": units.hours_factor()}
        held["own_hours"] = state.own_hours()
        held["relief"] = 1.0 - state.relief.factor.sum(axis=1) / state.relief.factor.shape[1]
        held["vacancies"] = 1.0 - units.filled
        target = state.pressure.held_to
        held |= {"target": target.copy(), "target_gap": np.maximum(0.0, target - standing.points[:n])}
        held |= {"expected_score": standing.expected_score.copy()}
        held |= {"praised": state.pressure.praised > 0}
        held |= {name: getattr(standing, name).copy() for name in ("district_score", "district_rank")}
        held["service_level"] = state.services.of_streets()
        held["defects"] = state.defects.sum(axis=1) / state.defects.shape[1]
        for name, column in held.items():
            self.columns.setdefault(name, []).append(column)
        held_at_centres = state.undelivered
        for name, number in (
            ("in_review", len(held_at_centres.in_review)),
            ("at_districts", len(held_at_centres.at_districts)),
            ("assessed", int(standing.assessed)),
            *((f"{use}_on_repeats", minutes) for use, minutes in tally.on_repeats.items()),
        ):
            self.city_counts.setdefault(name, []).append(number)
        for name in CATEGORY_COUNTS:
            self.by_category[name].append(tally.category[name])
        self.by_category["accuracy"].append(state.accuracy.copy())
        self.values.append(points(state.rules))
        self.days_to_close.append(tally.days_to_close)
        self.attempt_counts.append(tally.attempts)
        self._n_streets = n

    def check_runaway(self, state: State) -> bool:
        """Say, and note, whether open tickets have passed the guard's multiple of last month's arrivals."""
        if not self.months:
            return False
        arrivals = sum(int(self.columns[name][-1].sum()) for name in ("problems", "repeats"))
        if state.open_tickets > state.parameters.runaway_months * max(1, arrivals):
            self.runaway_month = self.months[-1]
        return self.runaway_month is not None

    @property
    def runaway(self) -> str | None:
        """Return the month in which the run was stopped as runaway, or None."""
        return self.runaway_month

    def sums(self, streets: bool = False) -> Sums:
        """Return the counts from which outcomes are computed: city totals (T,), or by street (T, S)."""
        return Sums(self, streets)

    def monthly(self) -> pd.DataFrame:
        """Return one row a month: `month` ("2019-01") and every outcome."""
        sums = self.sums()
        return pd.DataFrame({"month": self.months, **{name: o.compute(sums) for name, o in OUTCOMES.items()}})

    def streets(self) -> pd.DataFrame:
        """Return one row a street and month: month, street (code), score, rank, and the outcomes that make sense.

        `resolved` of `closed` tickets and `said_resolved` of `counted` call-backs are the counts behind real and
        reported resolution, so that several months can be put together.
        """
        n_months, n = len(self.months), len(self.city.streets)
        sums = self.sums(streets=True)
        out: dict[str, Any] = {
            "month": np.repeat(np.array(self.months, dtype=object), n),
            "street": np.tile(self.city.streets["code"].to_numpy(), n_months),
        }
        for name in ("score", "rank", "score_marked", "worth", "target", "expected_score", "staff"):
            out[name] = sums.column(name).ravel()
        out["score_error"] = np.sqrt(sums.column("noise2")).ravel()
        for name in ("advanced", "improving", "rectification", "governance"):
            out[name] = sums.column(f"list_{name}").ravel()
        out |= {"closed": sums.count("closed").ravel(), "resolved": sums.count("resolved").ravel()}
        out |= {"counted": sums.answers("answers").ravel(), "said_resolved": sums.said_resolved().ravel()}
        out |= {name: o.compute(sums).ravel() for name, o in OUTCOMES.items() if o.by_street}
        return pd.DataFrame(out)

    def departments(self) -> pd.DataFrame:
        """Return one row a department or enterprise and month: score, rank in its league, worth, effort, resolution."""
        return departments(self)

    def categories(self) -> pd.DataFrame:
        """Return one row a category and month: month, category, counts, and the catalogue's accuracy."""
        names = self.city.categories["name"].to_numpy()
        out: dict[str, Any] = {
            "month": np.repeat(np.array(self.months, dtype=object), len(names)),
            "category": np.tile(names, len(self.months)),
        }
        return pd.DataFrame(out | {name: np.concatenate(rows) for name, rows in self.by_category.items() if rows})

    def hours(self) -> pd.DataFrame:
        """Return one row a month and use: month, use, hours, of streets and departments together, and beside them.

        contact … low_morale add up to the paid hotline hours; `withdrawn` (from unranked duties) and `overtime` are
        parts of the same hours: what lies above the resting effort, up to and beyond normal time. joint_review … visits
        are others' hours beside these: reviewers, analysts, the centre that merges, new caseworkers, social workers.
        """
        sums = self.sums()
        table = {use: sums.hours(use) for use in USES}
        frame = pd.DataFrame({"month": self.months, **table})
        return frame.melt(id_vars="month", var_name="use", value_name="hours")

    def attempts(self) -> pd.DataFrame:
        """Return one row an attempt number 1…10 (10 = ten or more), whole run: tickets closed, and hours on them.

        `hours` are those of handling and casework. A ticket and its unrecognised duplicates are one here.
        """
        total = np.sum(self.attempt_counts, axis=0) if self.attempt_counts else np.zeros((2, 10), dtype=np.int64)
        return pd.DataFrame({"attempt": np.arange(1, 11), "tickets": total[0], "hours": total[1] / 60.0})

    def tickets(self) -> pd.DataFrame:
        """Return the log of called-back tickets: all with log_tickets, else of the panel of one problem in 64."""
        return self.log.table()

    def changed(self, other: Record) -> Changes:
        """Return the problems and streets whose fate differs between this run and another of the same seed."""
        return changes(self, other)
