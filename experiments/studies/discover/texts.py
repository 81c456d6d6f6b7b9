"""The numbers of the answer as texts, for the sentences of both languages."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.settings import Settings
from experiments.studies.discover.found import Found
from experiments.words import change_unit_of, factor_of, name_of


def limits_text(row: pd.Series, language: str) -> str:
    """Return the limits of one parameter in words: "… is above 1.2"."""
    low, high = float(row["low"]), float(row["high"])
    name = row[language]
    if language == "zh":
        if math.isfinite(low) and math.isfinite(high):
            return f"“{name}”在 {low:.3g} 与 {high:.3g} 之间"
        return f"“{name}”高于 {low:.3g}" if math.isfinite(low) else f"“{name}”低于 {high:.3g}"
    if math.isfinite(low) and math.isfinite(high):
        return f"“{name}” is between {low:.3g} and {high:.3g}"
    return f"“{name}” is above {low:.3g}" if math.isfinite(low) else f"“{name}” is below {high:.3g}"


class Texts:
    """The numbers that both languages say; texts of numbers where they are said often."""

    def __init__(self, found: Found, settings: Settings) -> None:
        self.found, self.settings, self.language = found, settings, settings.language
        (self.stage,) = settings.all_stages.values()
        self.first, self.second = (settings.labels[arm] for arm in found.arms)
        self.name, self.unit = (say(found.outcome, self.language) for say in (name_of, change_unit_of))
        gains = [float(np.nanmean(found.worlds[f"{arm}_gain"])) for arm in found.arms]
        self.gains = [f"{round(factor_of(found.outcome) * one, 2) + 0.0:+.2f}" for one in gains]
        self.left = len(found.worlds) - found.known
        self.where = [limits_text(row, self.language) for _, row in found.limits.iterrows()]
        self.hold = {key: value if key in "nk" else 100.0 * value for key, value in found.holdout.items()}
        self.share = 100.0 * found.share
        self.rare = min(found.better, found.known - found.better)

    @property
    def holds(self) -> bool:
        """Return whether worlds held out lie denser in the box than in all, beyond chance."""
        return bool(self.hold["low"] > self.share)


def chances(texts: Texts) -> list[str]:
    """Return the quasi-p of every limit."""
    out = []
    for _, row in texts.found.limits.iterrows():
        for key, p in (("low", "p_low"), ("high", "p_high")):
            if math.isfinite(row[key]):
                chance = "< 0.001" if row[p] < 0.001 else f"{row[p]:.3f}"
                out.append(f"{row[texts.language]} {'>' if key == 'low' else '<'} {row[key]:.3g}: {chance}")
    return out


def listed(parts: list[str], last: str) -> str:
    """Return parts in a list, with a word before the last."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + last + parts[-1]


def upper(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]
