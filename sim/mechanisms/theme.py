"""Theme 每月一题: the worst kinds of request, by the city's own data, get a push by departments and streets."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.state import State

Ints = NDArray[np.int64]


def plan_themes(state: State) -> None:
    """Divide the coming month's coordinating minutes of the pushes in force over units.

    The streets' part goes by residents, the departments' equally over those that answer for the category; where there
    is none, streets do all. Whole minutes; what is divided adds up exactly.
    """
    themes, rule, city = state.themes, state.rules.theme, state.city
    themes.minutes[:] = 0
    whole = _minutes(state)
    if whole == 0:
        return
    population: Ints = np.cumsum(state.base.population)
    n = state.units.n_streets
    pushed = themes.pushed(state.month)
    state.tally.category["theme"] += pushed
    for c in np.flatnonzero(pushed):
        rows = [
            *city.department_list[city.department_start[c] : city.department_start[c + 1]],
            *city.enterprise_list[city.enterprise_start[c] : city.enterprise_start[c + 1]],
        ]
        streets = math.floor(whole * rule.street_share) if rows else whole
        themes.minutes[:n] += np.diff(streets * population // population[-1], prepend=0)
        parts = (whole - streets) * np.arange(len(rows) + 1) // max(1, len(rows))
        np.add.at(themes.minutes, n + np.array(rows, dtype=np.int64), np.diff(parts))


def _minutes(state: State) -> int:
    """Return the coordinating minutes of one push in a month."""
    return math.floor(state.rules.theme.hours * 60.0 * (state.population / 1e6))


def coordinate_themes(state: State) -> None:
    """Spend today's part of the month's coordinating minutes: it is owed before contact and handling."""
    themes = state.themes
    if not themes.minutes.any():
        return
    today = state.part_of_today(themes.minutes)
    state.units.owed += today
    state.tally.unit["theme_minutes"] += today


def theme(state: State) -> None:
    """Move the pushes, let those that are over fade, and choose next month's themes.

    Push ← push + (1 − push) · h / (h + h½), h the month's coordinating hours per 1 000 base requests of the category;
    once over, push ← push · (1 − fade). It leaves 1 − `theme_level` · push of the share of problems above a street's
    authority (relief), and 1 − `theme_defects` · push of the requests. Next month's themes are the categories with the
    most call-backs that reported the problem as not resolved, times repeats per ticket received, among those that
    have not been a theme for `pause` months; nothing unresolved or nothing repeated is no theme. Cases that caseworkers
    solved add `casework_weight` each. Strategic or wrongly
    dispatched tickets count too: the city sees reports, not the truth. `kinds_a_month` = 0 or `hours` = 0 does nothing
    (report 一(二), 二(二)).
    """
    p, rule, themes = state.parameters, state.rules.theme, state.themes
    pushed = themes.pushed(state.month)
    by_category = state.base.month_by_category(state.month_first, state.days)
    for c in range(state.kinds.n):
        if pushed[c]:
            base = math.fsum((state.base.exposed[:, c] * by_category[c]).tolist())
            hours = _minutes(state) / 60.0 / max(1e-9, base / 1000.0)
            themes.push[c] += (1.0 - themes.push[c]) * hours / (hours + p.theme_half)
        else:
            themes.push[c] *= 1.0 - p.theme_fade
    themes.left = 1.0 - p.theme_defects * themes.push
    state.relief.set("theme", 1.0 - p.theme_level * themes.push)
    count = state.tally.category
    worst = (count["reached"] - count["said_resolved"]) * count["repeats"] / np.maximum(1, count["received"])
    worst = worst + rule.casework_weight * count["casework_resolved"]
    free = (state.month + 1 >= themes.until + rule.pause) & (worst > 0.0)
    order = [c for c in np.argsort(-worst, kind="stable") if free[c]]
    themes.until[order[: rule.kinds_a_month]] = state.month + 1 + rule.months
