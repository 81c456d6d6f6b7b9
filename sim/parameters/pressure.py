"""Parameters: how districts react to their own rank, and what streets claim when asked."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class Leaning:
    """How districts react to their own rank, and what streets claim when asked."""

    sandbag: float = number(
        0.05, "score", 0, 0.5, "by which a street that is asked claims less than its own result", "申报保留幅度"
    )
    lean: float = number(
        0.5, "± share", 0, 1, "how much more the last district leans on its streets than the middle one", "区级施压强度"
    )
