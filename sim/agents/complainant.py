"""Complainant 诉求人: a Mesa agent that is a view of one row, made when it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.agents.columns import Columns
from sim.luck import Purpose, Tag, mix, uniform

if TYPE_CHECKING:
    from sim.state import State


class Complainant(mesa.Agent):  # type: ignore[misc]
    """A resident who has complained. `unique_id` is the person's number; equality is by model and person.

    It does not register with Mesa: millions of registered agents would cost gigabytes, and nothing would gain.
    """

    def __init__(self, model: Any, row: int) -> None:
        self.model = model
        self.row = row
        self.unique_id = row
        self.pos = None

    def __repr__(self) -> str:
        return f"<Complainant {self.row} of {self.street.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Complainant) and self.model is other.model and self.row == other.row

    def __hash__(self) -> int:
        return hash((id(self.model), self.row))

    def remove(self) -> None:
        """Refuse: residents are rows and cannot be removed. Raises TypeError."""
        raise TypeError("a complainant is a row of the residents' columns and cannot be removed")

    @property
    def _state(self) -> State:
        state: State = self.model.state
        return state

    @property
    def _rows(self) -> Any:
        return np.array([self.row])

    @property
    def street(self) -> Any:
        """Return the street the person lives in."""
        starts = self._state.residents.start
        return self.model.streets[int(np.searchsorted(starts, self.row, side="right")) - 1]

    @property
    def requests(self) -> int:
        """Return the problems brought to the hotline so far, at most 255."""
        return int(self._state.residents.requests[self.row])

    @property
    def grievance(self) -> float:
        """Return today's grievance 心结, 0–1; of one who has never complained, the grievance of the first day."""
        residents = self._state.residents
        if self.requests == 0:
            return float(residents.born(self._rows)[0][0])
        return float(residents.grievance(self._rows, self._state.month)[0])

    @property
    def trust(self) -> float:
        """Return trust, 0–1; of one who has never complained, that with which the first request will be made."""
        residents = self._state.residents
        if self.requests == 0:
            return float(residents.born(self._rows)[1][0])
        return float(residents.trust(self._rows)[0])

    @property
    def patience(self) -> float:
        """Return patience, 0–1; fixed for life."""
        return float(self._state.residents.patience(self._rows)[0])

    @property
    def strategic(self) -> bool:
        """Say whether the person refuses the unit and answers no whatever is done."""
        return bool(self._state.residents.strategic(self._rows)[0])

    @property
    def gave_up(self) -> bool:
        """Say whether the person has given up on the hotline."""
        return bool(self._state.residents.gave_up[self.row])


class Complainants(Columns[Complainant]):
    """The people who have complained, in order of first request; `by_id` finds any resident by number."""

    def __init__(self, model: Any) -> None:
        self._model = model
        # neither function holds this object: in a circle it would keep a closed model until the next garbage collection
        super().__init__(
            lambda row: Complainant(model, row), model.state.residents.order, lambda r: _shuffled(model, r)
        )

    def by_id(self, number: int) -> Complainant:
        """Return the resident of that number. Raises IndexError if there is none."""
        people = len(self._model.state.residents.requests)
        if not 0 <= number < people:
            raise IndexError(f"no resident {number}; numbers run from 0 to {people - 1}")
        return Complainant(self._model, int(number))


def _shuffled(model: Any, rows: Any) -> Any:
    state: State = model.state
    return rows[np.argsort(uniform(mix(state.day_key(Tag.PERSON), rows), Purpose.AGENT), kind="stable")]
