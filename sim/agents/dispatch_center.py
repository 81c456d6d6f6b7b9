"""DispatchCenter 派单中心: keeps the catalogue and rules on disputes and exclusions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

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
    """The exclusion files to rule on today, (n,) each: unit, category, days under review, and whether they convince."""

    unit: Ints
    category: Ints
    days: Ints
    convincing: Bools


class DispatchCenter(mesa.Agent):  # type: ignore[misc]
    """The city's dispatch centre; override a method in a subclass: `agents={"dispatch_center": MyCentre}`."""

    def learn(self, accuracy: Floats, returned: Floats) -> Floats:
        """Return next month's accuracy by category (C,) from the thousands of returned tickets (C,).

        Returned tickets close a part of the gap; new and unclear kinds of request open it again (report 二(二)).
        """
        state = self.model.state
        closed = np.minimum(1.0, state.rules.dispatch.learning * returned)
        learnt = accuracy + closed * (1.0 - accuracy) - state.parameters.accuracy_decay
        first = state.parameters.accuracy_start
        kept: Floats = np.clip(learnt, min(LEAST, first), max(MOST, first))
        return kept

    def rule_on_disputes(self, view: DisputeView) -> Bools:
        """Return which disputes are upheld (n,): those in which the review finds the dispatch wrong."""
        return view.found_wrong

    def rule_on_exclusions(self, view: ExclusionView) -> Bools:
        """Return which applications are accepted (n,): those whose file convinces."""
        return view.convincing
