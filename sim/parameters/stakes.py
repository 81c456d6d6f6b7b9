"""Parameters: care by what a unit has at stake."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Stakes:
    """Care by what a unit has at stake."""

    stake_power: float = number(
        0.5,
        "-",
        0,
        1,
        "care goes with the points at stake to this power (0: all alike)",
        "办理投入对得分利害的弹性",
    )
    duty_error: float = number(0.02, "chance", 0, 0.5, "the duty list is read wrongly", "职责清单误判率")
