"""Numbers as text, and captions, as all studies write them."""

from __future__ import annotations

import math
from typing import Any

from experiments.words import interval_words


def percent(value: float, digits: int = 1) -> str:
    """Return a share as per cent."""
    return "–" if math.isnan(value) else f"{100.0 * value:.{digits}f}"


def percent_in(row: Any, digits: int = 1) -> str:
    """Return the mean of a row in per cent with its interval (mean, low, high), if there is one."""
    text = percent(row["mean"], digits)
    return text if math.isnan(row["low"]) else f"{text} [{percent(row['low'], digits)}, {percent(row['high'], digits)}]"


def plain(value: float, low: float = math.nan, high: float = math.nan, digits: int = 2, sign: str = "") -> str:
    """Return a number, with its interval if there is one; `sign` is "+" where a plus is written too."""
    if math.isnan(value):
        return "–"
    text = _number(value, digits, sign)
    return text if math.isnan(low) else f"{text} [{_number(low, digits, sign)}, {_number(high, digits, sign)}]"


def _number(value: float, digits: int, sign: str) -> str:
    return ("∞" if value > 0.0 else "−∞") if math.isinf(value) else f"{value:{sign}.{digits}f}"


_CAPTION = {
    "en": "{title}; {note}; uncalibrated; {digest}.",
    "zh": "{title}；{note}；未校准；{digest}。",
}
_SEEDS = {"en": ("{n} seed", "{n} seeds"), "zh": ("{n} 个种子", "{n} 个种子")}


def seeds_text(n: int, language: str, least: int | None = None) -> str:
    """Return "n = 3 seeds"; with the `least` where some rows have fewer."""
    many = str(n) if least in (None, n) else f"{least}–{n}"
    return f"n = {_SEEDS[language][n > 1].format(n=many)}"


def note(n: int, kind: str, language: str, least: int | None = None) -> str:
    """Return what a caption says of seeds and intervals; `least` if some rows have fewer seeds."""
    between = "；" if language == "zh" else "; "
    return seeds_text(n, language, least) + between + interval_words(kind, language)


def caption(title: str, note: str, digest: str, language: str) -> str:
    """Return a table's or a figure's caption; `note` says of what seeds and intervals it is."""
    return _CAPTION[language].format(title=title, note=note, digest=digest)
