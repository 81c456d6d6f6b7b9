"""Rules of call-backs."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class CallBack:
    """Call-backs 回访, from which every score is made."""

    coverage: float = number(
        1.0, "share", 0, 1, "share of closed tickets called back", "回访覆盖率", "published 2018: 0.16; now all"
    )

    def __post_init__(self) -> None:
        check(self)
