"""How numbers of this study are written: names of responses, and sizes in the unit in which an outcome is shown."""

from __future__ import annotations

import pandas as pd

from experiments.settings import Settings
from experiments.studies.responses import LEVEL
from experiments.words import change_unit_of, factor_of, name_of

MOST = 6  # parameters of a response that are shown


def response_name(outcome: str, arm: str, settings: Settings) -> str:
    """Return what a response is called: the outcome, or the effect of an arm on it."""
    name = name_of(outcome, settings.language)
    if arm == LEVEL:
        return name
    label = settings.labels[arm]
    return f"“{label}”对{name}的影响" if settings.language == "zh" else f"the effect of {label} on {name}"


def size(outcome: str, value: float, sign: bool = False) -> str:
    """Return a change of an outcome in the unit shown, with two digits that matter."""
    shown = value * factor_of(outcome)
    digits = 0 if abs(shown) >= 100.0 else 1 if abs(shown) >= 10.0 else 2 if abs(shown) >= 0.1 else 3
    return f"{shown:{'+' if sign else ''},.{digits}f}"


def unit(outcome: str, language: str) -> str:
    """Return the unit of a change."""
    return change_unit_of(outcome, language)


def of(table: pd.DataFrame, outcome: str, arm: str) -> pd.DataFrame:
    """Return the rows of one response."""
    return table[(table["outcome"] == outcome) & (table["arm"] == arm)]


def shown_of(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the responses of a table that are shown, (outcome, arm): all levels, and effects on the first outcome."""
    found = list(dict.fromkeys(zip(table["outcome"], table["arm"], strict=True)))
    return [one for one in found if one[1] == LEVEL or one[0] == found[0][0]]
