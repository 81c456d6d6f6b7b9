"""Numbers as text, and the words of the study's sentences and tables in both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable

from experiments.studies.diminishing_returns.curve import LESS, MORE, UNSURE

SAYS = {
    "en": {MORE: "gains", LESS: "loses", UNSURE: "not told apart from nothing"},
    "zh": {MORE: "有收益", LESS: "受损", UNSURE: "与零无法区分"},
}
MEASURES = {
    "en": {
        "real": "real resolution",
        "reported": "reported resolution",
        "gap": "gap, reported minus real",
        "streets": "real, by streets",
        "departments": "real, by departments and enterprises",
    },
    "zh": {
        "real": "真实解决率",
        "reported": "解决率（考核）",
        "gap": "考核与真实之差",
        "streets": "真实：街道",
        "departments": "真实：部门和企业",
    },
}


def percent(value: float) -> str:
    """Return a share as per cent."""
    return "–" if math.isnan(value) else f"{100.0 * value:.2f}"


def points(value: float, low: float = math.nan, high: float = math.nan) -> str:
    """Return a difference of shares in percentage points, with its interval if there is one."""
    if math.isnan(value):
        return "–"
    text = f"{100.0 * value:+.2f}"
    return text if math.isnan(low) else f"{text} [{100.0 * low:+.2f}, {100.0 * high:+.2f}]"


def plain(value: float, low: float = math.nan, high: float = math.nan, sign: bool = False) -> str:
    """Return a number, with its interval if there is one."""
    if math.isnan(value):
        return "–"
    form = "+.2f" if sign else ".2f"
    return f"{value:{form}}" if math.isnan(low) else f"{value:{form}} [{low:{form}}, {high:{form}}]"


def listed(texts: Iterable[str], language: str) -> str:
    """Return texts as a list in a sentence."""
    return ("、" if language == "zh" else ", ").join(texts)


_CAPTION = {
    "en": "{title}; {note}; uncalibrated; {digest}.",
    "zh": "{title}；{note}；未校准；{digest}。",
}


def caption(title: str, note: str, digest: str, language: str) -> str:
    """Return a table's caption."""
    return _CAPTION[language].format(title=title, note=note, digest=digest)
