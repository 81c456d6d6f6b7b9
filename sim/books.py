"""The month's books: what is counted, what each unit remembers of its own results, and where it stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.points import ANSWERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PRIOR_FILES = 10.0  # files that the belief held before experience counts for
POOLED = 3  # months over which few call-backs are pooled
YEAR = 12
DAYS = 64  # length of the histogram of days to closing; the last cell holds all longer ones

# what is counted by unit, each (U,); by home street: problems, repeats, refused, wrong, gave_up, trust, trust_n,
# relapses, duplicates, merged, centre_minutes, closed_by_home, disputes_won_by_home
UNIT_COUNTS = (
    *("problems", "repeats", "refused", "wrong", "gave_up", "trust", "trust_n", "relapses", "duplicates", "merged"),
    *("closed_by_home", "disputes_won_by_home"),
    *("received", "disputes", "disputes_won", "closed", "resolved", "unworked", "overdue", "days"),
    *("handled_minutes", "repeat_minutes", "contact_minutes", "dispute_minutes", "file_minutes"),
    *("merge_minutes", "theme_minutes", "work_minutes", "fresh_minutes"),
    *("reserve_minutes", "moved_minutes", "settling_minutes", "money"),
    *("joint_reviews", "by_district", "redirected"),
    *("whistles", "whistles_answered", "whistles_called", "whistle_minutes"),
    *("centre_minutes", "refusal_minutes", "patrolled", "patrol_solved", "patrol_minutes"),
    *("meeting_minutes", "talk_minutes", "project_minutes"),
    *("idle_minutes", "available_minutes", "not_reached", "reached_resolved"),
    *("casework_entered", "casework_refused", "casework_closed", "casework_resolved", "casework_days", "escalated"),
    *("casework_minutes", "casework_new_minutes", "casework_taken_minutes"),
    *("key_listed", "key_waiting", "key_visits", "key_turned", "key_paid_minutes"),
    *("duty_claims", "duty_out", "duty_rightly", "duty_late", "duty_review_minutes"),
    *("odd", "label_minutes", "joint_review_minutes"),
    *("files", "files_ruled", "files_accepted", "files_late", "file_days", "review_minutes"),
    *("files_rightly", "files_wrongly", "files_denied_rightly", "files_denied_wrongly"),
)
# what is counted by category, each (C,)
CATEGORY_COUNTS = (
    *("problems", "repeats", "received", "wrong", "disputes_won", "closed", "resolved", "handled_minutes"),
    *("excluded", "excluded_resolved", "said_resolved", "reached", "casework_resolved", "joint_reviews", "redirected"),
    *("odd_wrong", "theme"),  # odd tickets (see label.py) at wrong units; theme: 1 if under the push of a monthly theme
)
REPEAT_USES = ("contacts", "files", "whistles", "reviews", "casework")  # of minutes on tickets, beside handling


class MonthTally:
    """Whole-number counts of one month; `close` hands them over and starts the next."""

    def __init__(self, n_units: int, n_categories: int, n_districts: int) -> None:
        columns = np.zeros((len(UNIT_COUNTS), n_units), dtype=np.int64)  # in one: what is not counted takes no memory
        self.unit: dict[str, Ints] = dict(zip(UNIT_COUNTS, columns, strict=True))
        self.category: dict[str, Ints] = {name: np.zeros(n_categories, dtype=np.int64) for name in CATEGORY_COUNTS}
        self.answers = np.zeros((n_units, ANSWERS), dtype=np.int64)  # reached call-backs, excluded ones taken out
        self.handed = np.zeros((n_units, ANSWERS), dtype=np.int64)  # after casework, counted for the district instead
        self.undeserved = np.zeros((n_units, ANSWERS), dtype=np.int64)  # of them, what the unit could not help
        self.excluded = np.zeros((n_units, ANSWERS), dtype=np.int64)  # answers taken out by exclusion
        self.worked = np.zeros((n_units, n_categories), dtype=np.int64)  # tickets worked
        self.returned = np.zeros((n_districts, n_categories), dtype=np.int64)  # disputes won by a district's streets
        self.days_to_close = np.zeros(DAYS, dtype=np.int64)  # tickets closed, by days since filing
        self.attempts = np.zeros((2, 10), dtype=np.int64)  # tickets closed, and minutes, by attempt 1…10 or more
        self.on_repeats = dict.fromkeys(REPEAT_USES, 0)  # minutes of all units on further attempts, by use

    def idle_share(self) -> Floats:
        """Return the share of the minutes at hand for handling and files that found no work (U,); 0 without any."""
        out: Floats = self.unit["idle_minutes"] / np.maximum(1, self.unit["available_minutes"])
        return out

    def count(self, name: str, units: NDArray[np.integer], amounts: Ints | int = 1) -> None:
        """Add to a count by unit; repeated units add up."""
        np.add.at(self.unit[name], units, amounts)

    def count_category(self, name: str, categories: NDArray[np.integer], amounts: Ints | int = 1) -> None:
        """Add to a count by category."""
        np.add.at(self.category[name], categories, amounts)

    def count_repeats(self, use: str, attempts: NDArray[np.integer], minutes: Ints | int) -> None:
        """Add the minutes (n,), or so many each, that tickets took to those on repeats, as far as they are such."""
        again = attempts > 1
        whole = minutes * np.count_nonzero(again) if isinstance(minutes, int) else minutes[again].sum()
        self.on_repeats[use] += int(whole)

    def count_answers(self, table: str, units: NDArray[np.integer], answers: Ints, amount: Ints | int = 1) -> None:
        """Add to a table of answers by unit: "answers", "handed", "undeserved" or "excluded"."""
        np.add.at(getattr(self, table).reshape(-1), units * np.int64(ANSWERS) + answers, amount)


class Cohorts:
    """Fates within 180 days, and problems resolved later, by month of origin; one row a month, (S,) by home street."""

    WINDOW = 180

    def __init__(self, n_streets: int) -> None:
        self.n_streets = n_streets
        self.repeats = np.zeros((0, n_streets), dtype=np.int64)  # repeats filed, by the month of closing before them
        self.resolved = np.zeros((0, n_streets), dtype=np.int64)  # problems resolved, by the month of first filing
        self.late = np.zeros((0, n_streets), dtype=np.int64)  # likewise, those resolved after the 180 days
        self._month_of_day = np.zeros(0, dtype=np.int64)

    def begin_month(self, days: int) -> None:
        """Open the row of a month of so many days."""
        self._month_of_day = np.append(self._month_of_day, np.full(days, len(self.repeats), dtype=np.int64))
        row = np.zeros((1, self.n_streets), dtype=np.int64)
        self.repeats = np.concatenate([self.repeats, row])
        self.resolved = np.concatenate([self.resolved, row])
        self.late = np.concatenate([self.late, row])

    def repeat(self, closed: NDArray[np.integer], homes: NDArray[np.integer], day: int) -> None:
        """Count repeats filed on `day` (n,) whose last tickets were closed on the days `closed`."""
        within = day - closed <= self.WINDOW
        self._add(self.repeats, closed[within], homes[within])

    def resolve(self, first: NDArray[np.integer], homes: NDArray[np.integer], day: int) -> None:
        """Count problems (n,) first filed on the days `first` and really resolved on `day`."""
        late = day - first > self.WINDOW
        if late.any():  # on few days
            self._add(self.late, first[late], homes[late])
            first, homes = first[~late], homes[~late]
        self._add(self.resolved, first, homes)

    def _add(self, rows: Ints, origin: NDArray[np.integer], homes: NDArray[np.integer]) -> None:
        np.add.at(rows.reshape(-1), self._month_of_day[origin] * self.n_streets + homes, 1)


class Books:
    """A unit's own books: exponential means (weight 1/3) of its months, (U,); NaN before the first month."""

    def __init__(self, n_units: int) -> None:
        self.resolution = np.full(n_units, np.nan)  # reported
        self.hours = np.full(n_units, np.nan)  # paid for handling in a month
        self.fail_points = np.full(n_units, np.nan)  # mean points of failed tickets
        self.reached = np.full(n_units, np.nan)  # call-backs that count
        self.failed = np.full(n_units, np.nan)  # failed tickets at hand in a month
        self.ticket_hours = np.full(n_units, np.nan)  # per ticket handled
        self.idle = np.full(n_units, np.nan)  # share of the hours at hand for handling and files that found no work
        self.files_ruled = np.zeros(n_units)  # decayed, for the acceptance rate
        self.files_accepted = np.zeros(n_units)  # in time, decayed likewise

    def believed_acceptance(self, prior: float, allowed: bool) -> Floats:
        """Return the share of exclusion files (U,) that units believe are accepted; they know if none is allowed.

        The belief before experience, `prior`, counts as ten files.
        """
        if not allowed:
            return np.zeros(len(self.files_ruled))
        return (_PRIOR_FILES * prior + self.files_accepted) / (_PRIOR_FILES + self.files_ruled)


class Standing:
    """Where units stand after the last month's score."""

    def __init__(self, n_streets: int, n_units: int, n_districts: int) -> None:
        self.assessed = False  # a period of assessment ended with the last month
        self.since = 0  # month from which call-backs are in no score yet
        self.period_answers = np.zeros((n_units, ANSWERS), dtype=np.int64)  # since the last assessment
        self.period_handed = np.zeros((n_streets, ANSWERS), dtype=np.int64)  # after casework, for the district
        self.period_requests = np.zeros(n_streets, dtype=np.int64)  # filed by residents, since the last assessment
        self.requests = np.zeros(n_streets, dtype=np.int64)  # of the last period that was assessed
        self.points = np.full(n_units, np.nan)  # mean points of call-backs
        self.item = np.full(n_streets, np.nan)  # requests per 10 000 residents as a score item, 0–1
        self.score = np.full(n_units, np.nan)  # points, and what the rules make of them, 0–1
        self.expected_score = np.full(n_streets, np.nan)  # of a street in like circumstances
        self.ranked = np.full(n_units, np.nan)  # the score, less the handicap
        self.score_marked = np.zeros(n_units, dtype=bool)  # no call-back at all: last month's score stands
        self.error2 = np.full(n_units, np.nan)  # squared standard error, perception included
        self.sampling2 = np.full(n_units, np.nan)  # squared sampling error as units reckon with it, a bound from above
        self.noise2 = np.full(n_units, np.nan)  # squared sampling error, unbiased
        self.compared = np.full(n_units, np.nan)  # three-month exponential mean of scores
        self.rank = np.full(n_units, np.nan)  # within the league, 1 is best
        self.worth = np.zeros(n_units)  # what a mean point of call-backs is worth
        self.request_worth = np.zeros(n_units)  # what a request fewer a month is worth
        self.lists = {
            name: np.zeros(n_streets, dtype=bool) for name in ("advanced", "improving", "rectification", "governance")
        }  # who is on which list
        self.district_score = np.full(n_districts, np.nan)  # of its streets' call-backs together
        self.district_rank = np.full(n_districts, np.nan)  # among the districts
        self.recent_answers: list[NDArray[np.int64]] = []  # of the last assessments, newest last
        self.year_resolved: list[NDArray[np.int64]] = []  # (closed, resolved) by unit, last 12 months
        self.expected = np.zeros(n_units)  # 12-month real resolution above one half
