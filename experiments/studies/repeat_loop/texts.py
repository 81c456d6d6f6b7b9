"""Numbers as text, and names of factors, kinds and places in both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from experiments.settings import Settings
from experiments.switches import SWITCHES
from sim.declare import declarations
from sim.parameters import Parameters
from sim.rules import Rules


def percent(value: float, digits: int = 1) -> str:
    """Return a share as per cent."""
    return "–" if math.isnan(value) else f"{100.0 * value:.{digits}f}"


def percent_in(row: Any, digits: int = 1) -> str:
    """Return the mean of a row in per cent with its interval (mean, low, high), if there is one."""
    text = percent(row["mean"], digits)
    return text if math.isnan(row["low"]) else f"{text} [{percent(row['low'], digits)}, {percent(row['high'], digits)}]"


def plain(value: float, low: float = math.nan, high: float = math.nan, digits: int = 2, sign: str = "") -> str:
    """Return a number, with its interval if there is one."""
    if math.isnan(value):
        return "–"
    text = _number(value, digits, sign)
    return text if math.isnan(low) else f"{text} [{_number(low, digits, sign)}, {_number(high, digits, sign)}]"


def _number(value: float, digits: int, sign: str) -> str:
    return ("∞" if value > 0.0 else "−∞") if math.isinf(value) else f"{value:{sign}.{digits}f}"


def listed(texts: Iterable[str], language: str) -> str:
    """Return texts as a list in a sentence."""
    return ("、" if language == "zh" else ", ").join(texts)


_SHORT = {
    "en": {
        "parameters.capacity_to_need": "capacity ÷ need",
        "parameters.hard_share": "hard problems (× today's share)",
        "parameters.return_street": "chance of filing again",
    },
    "zh": {
        "parameters.capacity_to_need": "能力 ÷ 需求",
        "parameters.hard_share": "超权限问题（现状的倍数）",
        "parameters.return_street": "再诉概率",
    },
}


def factor_name(name: str, language: str) -> str:
    """Return a factor's short name, or what its declaration says."""
    if name in _SHORT[language]:
        return _SHORT[language][name]
    group, _, rest = name.partition(".")
    said = declarations(Rules if group == "rules" else Parameters).get(rest)
    return rest if said is None else said.zh if language == "zh" else said.en


def place_name(row: Mapping[str, Any], names: list[str], language: str) -> str:
    """Return a point by its factors, as "capacity ÷ need 2.2, …"."""
    texts = []
    for name in names:
        if name == "without":
            continue
        texts.append(f"{factor_name(name, language)} {row[name]:g}")
    return listed(texts, language)


def mechanism(name: str, language: str) -> str:
    """Return what is switched off."""
    return SWITCHES[name].zh if language == "zh" else SWITCHES[name].en


def category(settings: Settings, name: str, language: str) -> str:
    """Return a category's label."""
    table = settings.city.categories.set_index("name")
    return str(table.loc[name, f"label_{language}"])
