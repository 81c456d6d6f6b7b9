"""The repeat loop: when it runs away, how often a problem is filed, how it ends, whose it is, how a surge passes."""

from __future__ import annotations

import pandas as pd

from experiments.design import points
from experiments.errors import BadInput
from experiments.loop_gain import WINDOW
from experiments.settings import Settings
from experiments.studies.ran import Answer, Ran
from experiments.studies.repeat_loop import (
    attempts_figure,
    flow_figure,
    gain_figure,
    gain_says,
    loop_says,
    loop_sheets,
    recovery_figure,
    who_figure,
)
from experiments.studies.repeat_loop.attempts import attempts_of, flows_of, returns_table, shares_of, uses_of
from experiments.studies.repeat_loop.captions import captions_of
from experiments.studies.repeat_loop.gain_says import Gains
from experiments.studies.repeat_loop.gains import SURGE, changes, factors, gains_of, pairs_of
from experiments.studies.repeat_loop.panel import DAYS, logs_of, problems_of
from experiments.studies.repeat_loop.recovery import back_of, paths_of
from experiments.studies.repeat_loop.who import who_of

PAIRED = ("phase", "returning", "without")  # stages of pairs with and without a small surge; the first is needed


def find(ran: Ran) -> Answer:
    """Return when the loop runs away (report 二(二): 无效循环), and what goes round in it."""
    gains, tables = {}, dict[str, pd.DataFrame]()
    for stage in PAIRED:
        if stage in ran.settings.all_stages:
            names = factors(ran, stage)
            pairs = pairs_of(ran, stage, names)
            table = gains_of(pairs, names)
            if "without" in names:
                table = changes(pairs, table, names)
            gains[stage] = Gains(table, names)
            tables |= {stage: table, f"{stage}_pairs": pairs}
    tables |= loop_of(ran)
    sheets = {stage: gain_says.sheet(ran, one) for stage, one in gains.items()} | loop_sheets.sheets(ran, tables)
    figures = {
        "phase": gain_figure.draw_phase(ran, gains),
        "without": gain_figure.draw_without(ran, gains["without"]) if "without" in gains else None,
        "attempts": attempts_figure.draw(ran, tables),
        "flow": flow_figure.draw(ran, tables["flow"]),
        "who": who_figure.draw(ran, tables["who"]),
        "recovery": recovery_figure.draw(ran, tables["paths"]),
    }
    shown = {name: figure for name, figure in figures.items() if figure is not None}
    sentences = [*gain_says.sentences(ran, gains), *loop_says.sentences(ran, tables)]
    return Answer(sentences, tables, sheets, shown, captions_of(ran, shown))


def loop_of(ran: Ran) -> dict[str, pd.DataFrame]:
    """Return what goes round at the settings as they are, without a surge, and how a surge passes."""
    arm = ran.settings.all_stages["recovery"].baseline
    logs = logs_of(ran, arm)
    problems = {seed: problems_of(log) for seed, log in logs.items()}
    paths = paths_of(ran)
    return {
        "attempts": attempts_of(ran, arm, problems),
        "hours_by_use": uses_of(ran, arm),
        "repeats": shares_of(ran, arm),
        "flow": flows_of(problems),
        "returns": returns_table(logs),
        "who": who_of(ran, problems),
        "paths": paths,
        "recovery": back_of(paths, ran.settings.parameters.surge_months),
    }


def check(settings: Settings) -> None:
    """Say what is missing for an answer, before any work. Raises BadInput."""
    first = settings.parameters.surge_from
    if first < 1:
        raise BadInput("parameters.surge_from: must be 1 or more, for a surge whose echo can be seen")
    for name in (PAIRED[0], "recovery"):
        if name not in settings.stages:
            raise BadInput(f"stages.{name}: the study repeat_loop needs this stage")
    for name, stage in settings.stages.items():
        if name not in (*PAIRED, "recovery"):
            raise BadInput(
                f"stages.{name}: the study repeat_loop has no such stage (known: {', '.join(PAIRED)}, recovery)"
            )
        levels = {one.values.get(SURGE) for one in points(stage)}
        if 1.0 not in levels or len(levels) != 2 or max(levels) <= 1.0:
            raise BadInput(f"stages.{name}.design.over: needs {SURGE}:1:… with one level above 1, for pairs of runs")
    for name in PAIRED:
        stage = settings.stages.get(name)
        if stage is not None and stage.months < first - 1 + WINDOW:
            raise BadInput(
                f"stages.{name}.months: {stage.months} must reach month {first - 1 + WINDOW}, the surge's twelfth"
            )
        if stage is not None and len(stage.arms) > 1:
            raise BadInput(f"stages.{name}.arms: one arm only")
    needed = first + DAYS // 30 + 1
    if settings.stages["recovery"].months < needed:
        raise BadInput(
            f"stages.recovery.months: must be at least {needed}, so that problems can be followed {DAYS} days"
        )
