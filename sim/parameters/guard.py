"""Parameters: when a run is stopped."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Guard:
    """When a run is stopped."""

    runaway_months: float = number(
        20.0, "months of arrivals", 1, 1000, "open tickets at which a run is stopped as runaway", "失控判定", "guard"
    )
