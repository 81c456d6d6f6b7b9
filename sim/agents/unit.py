"""What streets and departments have in common: a row of the units' columns, seen as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.agents.agent import Agent
from sim.parameters import Parameters

if TYPE_CHECKING:
    from sim.state import State


class Unit(Agent):
    """An office that holds tickets; its state lives in the units' columns, in row `row`."""

    def __init__(self, model: Any, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    def state(self) -> State:
        """Return the run's state."""
        state: State = self.model.state
        return state

    @property
    def parameters(self) -> Parameters:
        """Return the behavioural parameters of the run."""
        return self.state.parameters

    @property
    def luck_key(self) -> int:
        """Return the office's own key of luck."""
        return int(self.state.units.keys[self.row])

    @property
    def effort(self) -> float:
        """Return hotline time over normal time."""
        return float(self.state.units.effort[self.row])

    @property
    def morale(self) -> float:
        """Return morale, 0–1."""
        return float(self.state.units.morale[self.row])

    @property
    def staff(self) -> float:
        """Return full-time officers (equivalents)."""
        return float(self.state.units.staff[self.row])

    @property
    def shares(self) -> tuple[float, float, float]:
        """Return the shares of hotline time for handling, documentation and prevention."""
        units = self.state.units
        return float(units.handling[self.row]), float(units.documentation[self.row]), float(units.prevention[self.row])

    @property
    def skill(self) -> Any:
        """Return a copy of the skill by category (C,)."""
        return self.state.units.skill[self.row].copy()

    @property
    def score(self) -> float:
        """Return last month's score, 0–1 (NaN before the first)."""
        return float(self.state.standing.score[self.row])

    @property
    def rank(self) -> float:
        """Return last month's rank in the league, 1 is best, ties share the mean (NaN before the first)."""
        return float(self.state.standing.rank[self.row])

    @property
    def worth(self) -> float:
        """Return what a point of score is worth to the office, in units of effort cost."""
        return float(self.state.standing.worth[self.row])

    @property
    def open_tickets(self) -> int:
        """Return the tickets waiting at this office."""
        state = self.state
        return int(np.count_nonzero(state.tickets.unit[state.queue] == self.row))
