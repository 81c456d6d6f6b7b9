"""Rules of whistles."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, switch


@dataclass(frozen=True)
class Whistle:
    """First-receiver rule 首接负责 and whistles 吹哨报到: who leads calls in who has authority (report 一(二))."""

    allowed: bool = switch(True, "units lead and whistle for others", "首接负责、允许吹哨报到", "report 一(二)")

    def __post_init__(self) -> None:
        check(self)
