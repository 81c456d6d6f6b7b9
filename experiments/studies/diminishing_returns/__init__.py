"""Diminishing returns: what one more unit of tournament buys, where it buys nothing, and which mechanism does it.

Stage `curve` has the strengths β as arms; stage `without` some of them again without each of some mechanisms. Levels
are those of the months after the first year (of all months in runs shorter than two years), in which decisions have
found their place; ratios are of sums over months, so that every ticket counts the same. (Report 二(二): 边际效益递减.)
"""

from __future__ import annotations

from experiments.errors import BadInput
from experiments.settings import Settings
from experiments.studies.diminishing_returns import curve_figure, curve_words
from experiments.studies.diminishing_returns.curve import best_of, curve_table, ends_of, marginal_table
from experiments.studies.diminishing_returns.curve_words import Found
from experiments.studies.diminishing_returns.ledger import KEYS, ledger, strengths_of, summed
from experiments.studies.ran import Answer, Ran
from experiments.words import interval_words

_MEASURES = ("real", "reported", "gap", "excluded_gap")


def check(settings: Settings) -> None:
    """Raise BadInput if the stage `curve` is missing, or has fewer than two strengths."""
    if "curve" not in settings.stages:
        raise BadInput("stages: the study diminishing_returns needs a stage 'curve' whose arms are strengths")
    if len(set(strengths_of(settings.stages["curve"]).values())) < 2:
        raise BadInput("stages.curve.arms: at least two strengths of the tournament are needed")


def find(ran: Ran) -> Answer:
    """Return what the runs say about the returns of the tournament."""
    months = ledger(ran, "curve", whole=True)
    levels = summed(months[months["settled"]], KEYS)
    steps = marginal_table(levels, _MEASURES)
    found = Found(
        curve_table(levels, _MEASURES), steps, ends_of(steps[steps["measure"] == "real"]), best_of(levels, "real")
    )
    n = int(found.best.n)
    note = f"n = {n}, {interval_words(ran.interval, ran.language)}"
    return Answer(
        curve_words.sentences(found, ran.language),
        {"curve": found.curve, "steps": steps},
        curve_words.sheets(found, note, ran.digest, ran.language),
        {"curve": curve_figure.draw(ran, found)},
    )
