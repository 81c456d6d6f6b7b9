"""DispatchCenter 派单中心: the city's keeps the catalogue and rules on disputes and exclusions; a district's checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.agent import Agent
from sim.luck import Tag, mix_one, mix_texts

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

LEAST, MOST = 0.3, 0.995  # accuracy of a catalogue that nobody keeps, and of the best one


@dataclass(frozen=True)
class DisputeView:
    """The disputes to rule on today, (n,) each: unit, category, days under review, and what the review found."""

    unit: Ints
    category: Ints
    days: Ints
    found_wrong: Bools  # the reviewers hold the dispatch for wrong; they may err


@dataclass(frozen=True)
class ExclusionView:
    """The exclusion files to rule on today, (n,) each: unit, category, days since filing, and whether they convince.

    `stage` says whose look it is: "district" (accepted files go on to the city) or "city".
    """

    unit: Ints
    category: Ints
    days: Ints
    convincing: Bools
    stage: str


class DispatchCenter(Agent):
    """The city's dispatch centre (`district` is None) or a district's (`district` is its row).

    Override a method in a subclass, which then serves at all of them: `agents={"dispatch_center": MyCentre}`. The
    city's centre rules on disputes; on exclusions the district's rules first, then the city's.
    """

    def __init__(self, model: Any, district: int | None = None) -> None:
        super().__init__(model)
        self.district = district

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {'the city' if self.district is None else f'district {self.district}'}>"

    @property
    def luck_key(self) -> int:
        """Return the centre's own key of luck."""
        codes = self.model.city.districts["code"]
        of = "city" if self.district is None else str(codes.iloc[self.district])
        return int(mix_texts(mix_one(self.model.seed, Tag.CENTRE), [of])[0])

    @property
    def accuracy(self) -> Floats:
        """Return a copy of the accuracy of the centre's catalogue by category (C,), 0–1."""
        state = self.model.state
        accuracy: Floats = state.accuracy if self.district is None else state.district_accuracy[self.district]
        return accuracy.copy()

    def learn(self, accuracy: Floats, returned: Floats) -> Floats:
        """Return next month's accuracy by category (C,) from the thousands of returned, or labelled, tickets (C,).

        They close a part of the gap; new and unclear kinds of request open it again (report 二(二)).
        """
        state = self.model.state
        closed = np.minimum(1.0, state.rules.dispatch.learning * returned)
        learnt = accuracy + closed * (1.0 - accuracy) - state.parameters.accuracy_decay
        p = state.parameters
        first = p.accuracy_start if self.district is None else p.district_accuracy_start
        kept: Floats = np.clip(learnt, min(LEAST, first), max(MOST, first))
        return kept

    def rule_on_disputes(self, view: DisputeView) -> Bools:
        """Return which disputes are upheld (n,): those in which the review finds the dispatch wrong."""
        return view.found_wrong

    def rule_on_exclusions(self, view: ExclusionView) -> Bools:
        """Return which applications pass (n,): those whose file convinces; asked at both stages."""
        return view.convincing
