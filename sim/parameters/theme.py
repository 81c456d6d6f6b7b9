"""Parameters: what a monthly theme brings."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number


@dataclass(frozen=True)
class ThemeEffects:
    """What a monthly theme brings."""

    theme_half: float = number(
        20.0, "hours per 1 000 base requests", 0.1, 5000, "hours that do half of what is left to do", "主题推进半效工时"
    )
    theme_level: float = number(
        0.1,
        "share",
        0,
        1,
        "problems above a street's authority that a full push leaves to streets",
        "主题降低的高权限占比",
    )
    theme_defects: float = number(
        0.02, "share", 0, 1, "requests of the category that a full push takes away", "主题减少的诉求占比"
    )
    theme_fade: float = number(0.1, "a month", 0, 1, "fading of a push that is over", "主题成效消退速率")
