"""Parameters: a wave of requests."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Surging:
    """A wave of requests: some months in which so many times as many problems arise; a scenario, off by default."""

    surge: float = number(
        1.0, "× base rate", 0, 6, "problems in a surge, over what they would be", "诉求激增倍数", "off: 1"
    )
    surge_from: int = number(
        0, "month", 0, 1200, "first month of the surge, 1 is the run's first", "激增起始月", "off: 0"
    )
    surge_months: int = number(3, "months", 0, 120, "the surge lasts", "激增持续月数", "scenario")

    def surge_in(self, month: int) -> float:
        """Return by what a surge multiplies the problems of a month, 0 being the run's first."""
        first = self.surge_from - 1
        return self.surge if self.surge_from > 0 and first <= month < first + self.surge_months else 1.0
