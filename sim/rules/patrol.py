"""Rules of grid patrols."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class Patrol:
    """Grid patrols 热线+网格: streets look for visible problems before anybody calls (report: “热线+网格”融合)."""

    coverage: float = number(
        0.05, "share", 0, 1, "visible problems that patrols find before anybody calls", "网格巡查发现率"
    )

    def __post_init__(self) -> None:
        check(self)
