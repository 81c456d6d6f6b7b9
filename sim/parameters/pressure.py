"""Parameters: how districts react to their own rank."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Leaning:
    """How districts react to their own rank."""

    lean: float = number(
        0.5, "± share", 0, 1, "how much more the last district leans on its streets than the middle one", "区级施压强度"
    )
