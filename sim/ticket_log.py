"""The ticket log: one row for every called-back ticket of the panel of problems, or of all problems if asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.tickets import NO_SLOTS, RELAPSES, Slots

if TYPE_CHECKING:
    from sim.state import State

PANEL = 63  # a problem is in the panel if key & 63 == 0: one in 64, the same ones in every scenario

_COLUMNS = (
    "key",
    "attempt",
    "person",
    "home",
    "unit",
    "right",
    "category",
    "level",
    "first_day",
    "filed",
    "due",
    "contact",
    "closed",
    "minutes",
    "resolved",
    "strategic",
    "copies",
    "casework",
    "whistle",
)


class TicketLog:
    """Rows are written when a ticket is called back; exclusions are noted later and joined when the table is made."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole
        self._rows: list[dict[str, NDArray[Any]]] = []
        self._at: Slots = NO_SLOTS  # which of the tickets called back last are rows of the last batch
        self._excluded: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []

    def _in_panel(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        return np.ones(len(keys), dtype=bool) if self.whole else (keys & np.uint64(PANEL)) == 0

    def write(self, state: State, slots: Slots, reached: NDArray[np.bool_], answers: NDArray[np.int64]) -> None:
        """Note today's called-back tickets with what was answered (codes, -1 if not reached)."""
        self._at = at = np.flatnonzero(self._in_panel(state.tickets.key.take(slots)))
        slots = slots[at]
        row: dict[str, NDArray[Any]] = {name: getattr(state.tickets, name)[slots] for name in _COLUMNS}
        row["answers"] = np.where(reached[at], answers[at], -1).astype(np.int8)
        row["grievance"] = state.today.grievance[at].astype(np.float32)
        row["follows"] = np.zeros(len(at), dtype=np.uint8)
        self._rows.append(row)

    def follow(self, codes: NDArray[np.uint8]) -> None:
        """Note what follows today's call-backs, in the order in which they were written: RESTS … CASE."""
        for row in self._rows[-1:]:
            row["follows"] = codes.take(self._at)

    def relapse(self, keys: NDArray[np.uint64]) -> None:
        """Note that these problems, which were called back today, will come up again."""
        keys = keys[self._in_panel(keys)]
        for row in self._rows[-1:]:
            row["follows"][np.isin(row["key"], keys)] = RELAPSES

    def exclude(self, keys: NDArray[np.uint64], attempts: NDArray[np.int64]) -> None:
        """Note the tickets (by problem key and attempt) that left the score."""
        at = self._in_panel(keys)
        self._excluded.append((keys[at], attempts[at]))

    def table(self) -> pd.DataFrame:
        """Return the log by day of call-back and problem: attempt, person, rows of units, days, answers, exclusion.

        `copies` are duplicates that were not recognised and were closed, called back and scored with the ticket.
        `grievance` is the resident's before the call-back; `follows` says what the problem does next: it rests, the
        resident gives up, files again, it is a case, or it relapses (RESTS … RELAPSES).
        """
        names = (*_COLUMNS, "answers", "grievance", "follows")
        rows = self._rows or [{name: np.zeros(0, dtype=np.int64) for name in names}]
        orders = [np.argsort(row["key"]) for row in rows]  # slots, in whose order rows were written, carry no meaning
        columns = {name: [row[name][order] for row, order in zip(rows, orders, strict=True)] for name in names}
        out = pd.DataFrame({name: np.concatenate(parts) for name, parts in columns.items()})
        out = out.rename(columns={"key": "problem"})
        reached = out["answers"] >= 0
        for bit, name in enumerate(("said_responded", "said_resolved", "said_satisfied")):
            out[name] = ((out["answers"].to_numpy() >> bit & 1) == 1) & reached
        out["reached"] = reached
        keys = [f"{key}-{attempt}" for batch in self._excluded for key, attempt in zip(*batch, strict=True)]
        mine = out["problem"].astype(str) + "-" + out["attempt"].astype(str)
        out["excluded"] = mine.isin(keys)
        return out.drop(columns="answers")
