"""Diminishing returns: what one more unit of tournament buys, where it buys nothing, and which mechanism does it.

Stage `curve` has the strengths β as arms; stage `without` some of them again without each of some mechanisms. Levels
are those of the months after the first year (of all months in runs shorter than two years), in which decisions have
found their place; ratios are of sums over months, so that every ticket counts the same. (Report 二(二): 边际效益递减.)
"""

from __future__ import annotations

import pandas as pd

from experiments.arms import strengths_of
from experiments.errors import BadInput
from experiments.settings import Settings
from experiments.studies.diminishing_returns import (
    curve_figure,
    curve_words,
    factors_figure,
    factors_words,
    groups_figure,
    groups_words,
    years_figure,
    years_words,
)
from experiments.studies.diminishing_returns.captions import captions_of
from experiments.studies.diminishing_returns.curve import best_of, curve_table, ends_of, marginal_table
from experiments.studies.diminishing_returns.curve_words import Found
from experiments.studies.diminishing_returns.factors import factors_of, spans_of, split_table
from experiments.studies.diminishing_returns.groups import group_levels, groups_table
from experiments.studies.diminishing_returns.hours import hours_table, left_table
from experiments.studies.diminishing_returns.ledger import KEYS, ledger, summed
from experiments.studies.diminishing_returns.ranks import rank_levels, ranks_table
from experiments.studies.diminishing_returns.years import (
    fade_table,
    fading_factors,
    gains,
    maxima_table,
    same_seeds,
    shown_strength,
    why_table,
    years_table,
)
from experiments.studies.ran import Answer, Ran
from experiments.studies.texts import note

_MEASURES = ("real", "reported", "gap", "excluded_gap", "streets", "departments")


def check(settings: Settings) -> None:
    """Raise BadInput if the stage `curve` is missing or has fewer than two strengths, or `without` lacks its lowest."""
    if "curve" not in settings.stages:
        raise BadInput("stages: the study diminishing_returns needs a stage 'curve' whose arms are strengths")
    if len(set(strengths_of(settings.stages["curve"]).values())) < 2:
        raise BadInput("stages.curve.arms: at least two strengths of the tournament are needed")
    if "without" in settings.stages:
        others = settings.stages["without"]
        lowest = min(strengths_of(settings.stages["curve"]).values())
        if lowest not in strengths_of(others).values():
            raise BadInput(
                f"stages.without.arms: the lowest strength of stage 'curve', β = {lowest:g}, must be there too"
            )
        if others.design.get("method") != "switches":
            raise BadInput("stages.without.design: must be the design 'switches'")


def find(ran: Ran) -> Answer:
    """Return what the runs say about the returns of the tournament."""
    months = ledger(ran, "curve", whole=True)
    levels = summed(months[months["settled"]], KEYS)
    parts = [_curve(ran, levels), _factors(ran, levels), *_years(ran, months), _groups(ran)]
    tables, sheets, figures = (
        {name: one for part in parts for name, one in getattr(part, key).items()} for key in _OF_ANSWER
    )
    sentences = [line for part in parts for line in part.sentences]
    return Answer(sentences, tables, sheets, figures, captions_of(ran, figures, tables, months))


_OF_ANSWER = ("tables", "sheets", "figures")


def _note(ran: Ran, n: int, least: int | None = None) -> str:
    return note(n, ran.interval, ran.language, least)


def _curve(ran: Ran, levels: pd.DataFrame) -> Answer:
    steps = marginal_table(levels, _MEASURES)
    real, streets = (ends_of(steps[steps["measure"] == name]) for name in ("real", "streets"))
    best = best_of(levels, "real"), best_of(levels, "streets")
    found = Found(curve_table(levels, _MEASURES), steps, real, best[0], streets, best[1])
    return Answer(
        curve_words.sentences(found, ran.language),
        {"curve": found.curve, "steps": steps},
        curve_words.sheets(found, _note(ran, found.best.n), ran.digest, ran.language),
        {"curve": curve_figure.draw(ran, found)},
    )


def _factors(ran: Ran, levels: pd.DataFrame) -> Answer:
    of = factors_of(levels, ran.settings.parameters.minutes_by_skill).assign(
        strength=levels["strength"], seed=levels["seed"]
    )
    split = split_table(of, spans_of(sorted(set(levels["strength"]))))
    hours, left = hours_table(levels), left_table(levels)
    return Answer(
        factors_words.sentences(split, hours, left, ran.language),
        {"split": split, "hours": hours, "left": left},
        factors_words.sheets(split, hours, left, _note(ran, int(split["n"].max())), ran.digest, ran.language),
        {"where_hours_go": factors_figure.draw(ran, split, hours, left)},
    )


def _years(ran: Ran, months: pd.DataFrame) -> list[Answer]:
    """Return what the years say; with a single year only whether there is a maximum without each mechanism."""
    language, low = ran.language, float(months["strength"].min())
    everything, alike = months, set(months["strength"])
    if "without" in ran.settings.stages:
        others = ledger(ran, "without", whole=False)
        everything = pd.concat([months, others[others["without"] != ""]], ignore_index=True)
        alike &= set(others["strength"])  # so that what is best is looked for among the same strengths
    found = gains(everything)
    strength = shown_strength(b for without, b in found if not without)
    years, fade, maxima = (
        years_table(found),
        fade_table(found),
        maxima_table(everything[everything["strength"].isin(alike)]),
    )
    why = why_table(months, ran.settings.parameters.minutes_by_skill, strength)
    seeds = _note(ran, int(years["n"].max()), int(years["n"].min()))
    said = years_words.over_years(years, fade, fading_factors(why), strength, language) if len(fade) else []
    sheets = years_words.year_sheets(years, fade, low, seeds, ran.digest, language)
    return [
        Answer(
            said,
            {"years": years, "why": why} | ({"fade": fade} if len(fade) else {}),
            sheets,
            {"over_years": years_figure.over_years(ran, years, low, same_seeds(found))},
        ),
        Answer(
            years_words.of_maxima(maxima, language),
            {"maxima": maxima},
            {"maxima": years_words.maxima_sheet(maxima, seeds, ran.digest, language)},
            {"why": years_figure.why(ran, why, maxima, strength, low)},
        ),
    ]


def _groups(ran: Ran) -> Answer:
    groups, ranks = (
        groups_table(group_levels(ran), list(dict.fromkeys(ran.settings.city.districts["zone"]))),
        ranks_table(rank_levels(ran)),
    )
    seeds = _note(ran, int(groups["n"].max()))
    return Answer(
        groups_words.sentences(groups, ranks, ran.language),
        {"groups": groups, "ranks": ranks},
        groups_words.sheets(groups, ranks, seeds, ran.digest, ran.language),
        {"by_group": groups_figure.by_group(ran, groups), "ranks": groups_figure.of_ranks(ran, ranks)},
    )
