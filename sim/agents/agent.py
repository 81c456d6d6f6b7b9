"""What all agents of the model share: chance by a key of their own."""

from __future__ import annotations

import abc
from typing import Any

import mesa

from sim.luck import Purpose, uniform_one


class Agent(mesa.Agent, abc.ABC):  # type: ignore[misc]
    """An agent that draws chance only through `luck`, never through Mesa's `random` or `rng`."""

    @property
    @abc.abstractmethod
    def luck_key(self) -> int:
        """Return the agent's own key of luck, from the run's seed and what the agent is."""

    def luck(self, purpose: Purpose = Purpose.AGENT, attempt: int | None = None) -> float:
        """Return the agent's own uniform in [0, 1) for a purpose; by default a new one every month."""
        model: Any = self.model
        return uniform_one(self.luck_key, purpose, model.state.month if attempt is None else attempt)
