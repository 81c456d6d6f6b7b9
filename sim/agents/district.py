"""District 区: the level between the city and its streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.agent import Agent
from sim.luck import Tag, mix_one, mix_texts
from sim.rules.reserves import Split

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Real = float | Floats


@dataclass(frozen=True)
class ReserveView:
    """What a district sees when it splits its reserve: the rule, and its n streets in the city's order, (n,) each."""

    rule: Split
    residents: Ints
    tickets: Ints  # filed last month
    score: Floats  # three-month mean, NaN before the first month
    staff: Floats  # officers of their own, the reserve's included
    reserve: float  # officers in the reserve, bought ones included


@dataclass(frozen=True)
class DistrictView:
    """What a district sees when it leans. Floats, or columns (n,) for many districts; NaN before the first month."""

    score: Real  # last month's, of all its streets together
    rank: Real  # among the districts, 1 is best
    place: Real  # 0 first … 1 last; 0.5 where there is no rank yet
    districts: Real  # how many are ranked
    target: Real  # as it handed it to its streets
    raise_by: Real  # what is usual, of the gap to 1
    meeting_share: Real  # share of districts, the lowest ranked, that are to hold a meeting


@dataclass(frozen=True)
class DistrictDecision:
    """What a district decides for the coming month; `raise_by` counts when targets are set, at the year's end."""

    lean: Real  # factor of what a point is worth to its streets for their targets, ≥ 0
    raise_by: Real  # of the gap to 1, 0–1
    meets: Any  # hold a review meeting; true or false


class District(Agent):
    """A district; scored on its streets' call-backs together and ranked among the districts.

    Override `lean` in a subclass and pass it in: `agents={"district": MyDistrict}`.
    """

    def __init__(self, model: Any, row: int, name: str, zone: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name
        self.zone = zone

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    def luck_key(self) -> int:
        """Return the district's own key of luck."""
        code = self.model.city.districts["code"].iloc[self.row]
        return int(mix_texts(mix_one(self.model.seed, Tag.DISTRICT), [str(code)])[0])

    def lean(self, view: DistrictView) -> DistrictDecision:
        """Lean the harder on streets the lower the district itself ranks: 1 + a (2 · place − 1), 1 in the middle.

        The lowest districts, a share set by the city, hold the secretary's review meeting 区委书记点评会. Targets are
        raised on the way down by what is usual 层层加码. (压力型体制; report 一(二).)
        """
        a: float = self.model.state.parameters.lean
        return DistrictDecision(
            lean=1.0 + a * (2.0 * view.place - 1.0),
            raise_by=view.raise_by,
            meets=view.rank > view.districts * (1.0 - view.meeting_share),
        )

    @property
    def streets(self) -> list[Any]:
        """Return the district's streets, in the city's order."""
        index = self.model.city.streets["district_index"]
        return [street for street in self.model.streets if index[street.row] == self.row]

    def split(self, view: ReserveView) -> Floats:
        """Return the weights (n,) by which the streets share the reserve: any numbers ≥ 0, not all 0.

        By head: residents. By load: tickets filed last month. To the weak: residents times the place from above by
        score, so the lowest of n weighs n times the highest; to the strong: the reverse. Without tickets or scores
        to go by, by head. Override it in a subclass: `agents={"district": MyDistrict}`.
        """
        heads = view.residents.astype(float)
        if view.rule is Split.LOAD and view.tickets.any():
            return view.tickets.astype(float)
        if view.rule in (Split.STRONG, Split.WEAK) and not np.isnan(view.score).all():
            ahead = np.nan_to_num(view.score)[None, :] > np.nan_to_num(view.score)[:, None]
            place = ahead.sum(axis=1 if view.rule is Split.WEAK else 0)
            weights: Floats = heads * (1.0 + place)
            return weights
        return heads

    @property
    def score(self) -> float:
        """Return last month's score, 0–1 (NaN before the first)."""
        return float(self.model.state.standing.district_score[self.row])

    @property
    def rank(self) -> float:
        """Return last month's rank among the districts, 1 is best."""
        return float(self.model.state.standing.district_rank[self.row])
