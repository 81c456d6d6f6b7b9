"""District 区: the level between the city and its streets."""

from __future__ import annotations

from typing import Any

import mesa


class District(mesa.Agent):  # type: ignore[misc]
    """A district; scored on its streets' call-backs together and ranked among the districts."""

    def __init__(self, model: Any, row: int, name: str, zone: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name
        self.zone = zone

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    def streets(self) -> list[Any]:
        """Return the district's streets, in the city's order."""
        index = self.model.city.streets["district_index"]
        return [street for street in self.model.streets if index[street.row] == self.row]

    @property
    def score(self) -> float:
        """Return last month's score, 0–1 (NaN before the first)."""
        return float(self.model.state.standing.district_score[self.row])

    @property
    def rank(self) -> float:
        """Return last month's rank among the districts, 1 is best."""
        return float(self.model.state.standing.district_rank[self.row])
