"""Prevention credit: few requests per 10 000 residents count in the score (未诉先办, report 一(二))."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class PreventionCredit(Reform):
    """Let requests per 10 000 residents count in the score, so that a request prevented pays (report 一(二), 二(六)).

    Works through prevention: an hour of it gains points. Costs the hours that go into it instead of handling. Could
    fail because few requests are also got by discouraging callers: streets of this model cannot do that, so what is
    found here is an upper bound; or because streets with much need lose points for what is not their doing.
    """

    costs: ClassVar[tuple[str, ...]] = ("prevention_share",)

    weight: float = number(0.1, "share", 0, 1, "weight of requests per 10 000 residents", "万人诉求比权重")

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        return replace(rules, tournament=replace(rules.tournament, weight_requests=self.weight))

    @classmethod
    def neutral(cls) -> PreventionCredit:
        """Return values at which it changes nothing."""
        return cls(weight=0.0)
