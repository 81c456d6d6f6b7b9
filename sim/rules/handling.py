"""Rules of handling."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number


@dataclass(frozen=True)
class Handling:
    """Limits of handling that the hotline sets for every unit."""

    close_after: int = number(
        15, "days after the deadline", 0, 90, "unfinished tickets are closed as failed", "逾期结案天数"
    )

    def __post_init__(self) -> None:
        check(self)
