"""Names of factors, categories and places in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.settings import Settings
from experiments.words import listed
from sim.declare import declarations
from sim.parameters import Parameters
from sim.rules import Rules

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


def category(settings: Settings, name: str, language: str) -> str:
    """Return a category's label."""
    table = settings.city.categories.set_index("name")
    return str(table.loc[name, f"label_{language}"])
