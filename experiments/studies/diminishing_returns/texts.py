"""Differences as text, and the words of the study's sentences and tables in both languages."""

from __future__ import annotations

import math

from experiments.studies.diminishing_returns.curve import LESS, MORE, UNSURE
from experiments.studies.texts import plain

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


def points(value: float, low: float = math.nan, high: float = math.nan) -> str:
    """Return a difference of shares in percentage points, with its interval if there is one."""
    return plain(100.0 * value, 100.0 * low, 100.0 * high, sign="+")
