"""Discover: in which worlds does one reform beat another? A box of them, found by PRIM and tried on worlds held out.

The second and the third arm are compared, in the first of `outcomes` (real resolution if there is none), seed by seed.
Where the second wins too rarely for a box, the question is turned round.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.design import factors_and_cube
from experiments.errors import BadInput
from experiments.settings import Settings
from experiments.studies.discover.captions import captions_of
from experiments.studies.discover.figures import box_figure, worlds_figure
from experiments.studies.discover.found import Found
from experiments.studies.discover.prim import FEWEST, find_box, held_out, installed, quasi_p
from experiments.studies.discover.sentences import said
from experiments.studies.discover.sheets import box_sheet
from experiments.studies.discover.worlds import BETTER, UNKNOWN, judged
from experiments.studies.ran import Answer, Ran
from experiments.studies.responses import Runs, stopped_early
from sim.outcomes import OUTCOMES

OUTCOME = "real_resolution"
_METHODS = ("latin_hypercube", "sobol")
_FEWEST_POINTS = 32
_LIMITS = ["parameter", "en", "zh", "unit", "range_low", "range_high", "low", "high", "p_low", "p_high"]


def check(settings: Settings) -> None:
    """Refuse settings from which no box can be found. Raises BadInput."""
    if not installed():
        raise BadInput("study: discover needs ema_workbench; install it by: pip install 'ema-workbench<3'")
    if len(settings.all_stages) > 1:
        raise BadInput("stages: discover looks at one design; give one stage, or `design` alone")
    (stage,) = settings.all_stages.values()
    if len(stage.arms) < 3:
        raise BadInput("arms: discover needs a baseline and two arms: in which worlds does the second beat the third?")
    outcome = _outcome(settings)
    if not OUTCOMES[outcome].better:
        raise BadInput(f"outcomes: of {outcome} neither more nor less is better, so no arm beats another in it")
    if len(stage.seeds) < 2:
        raise BadInput("seeds: discover needs two or more, for the spread between seeds tells a difference from luck")
    if stage.design.get("method") not in _METHODS:
        raise BadInput(f"design.method: discover needs points that fill the space: {' or '.join(_METHODS)}")
    if stage.design["points"] < _FEWEST_POINTS:
        raise BadInput(f"design.points: discover needs {_FEWEST_POINTS} worlds or more")
    factors = factors_and_cube(stage)[0]
    for one in factors:
        if one.said.low is None:
            raise BadInput(f"design.over: {one.name} is no number, and discover looks for limits of numbers")
    if len(factors) < 2:
        raise BadInput("design.over: discover needs two numbers or more to look for a box in")


def find(ran: Ran) -> Answer:
    """Return the box of worlds in which the second arm beats the third, or say that there is none.

    If the second arm wins too rarely, the box is that of worlds in which the third beats it.
    """
    found = found_in(ran)
    turned = found_in(ran, turned=True) if found.box is None and found.better < FEWEST else None
    tables = {"worlds": found.worlds}
    sheets, figures = {}, {"worlds": worlds_figure(found, ran)}
    one = turned or found
    if one.box is not None:
        arms = dict(zip(("arm", "against"), one.arms, strict=True))
        tables |= {"box": one.limits.assign(**arms), "trajectory": one.box.trajectory.assign(**arms)}
        tables["holdout"] = pd.DataFrame([one.holdout | arms])
    if one.box is not None and one.box.limits:
        sheets["box"] = box_sheet(one, ran)
        figures["box"] = box_figure(one, ran)
    captions = captions_of(ran, {"worlds": found, "box": one} if "box" in figures else {"worlds": found})
    return Answer(said(found, turned, ran.settings), tables, sheets, figures, captions)


def found_in(ran: Ran, turned: bool = False) -> Found:
    """Judge every world and look for the box, of worlds in which the third arm beats the second if `turned`."""
    ((name, stage),) = ran.settings.all_stages.items()
    outcome = _outcome(ran.settings)
    baseline, first, second = list(stage.arms)[:3]
    if turned:
        first, second = second, first
    runs = Runs(ran, name, [outcome])
    factors = factors_and_cube(stage)[0]
    names = [one.name for one in factors]
    rows = ran.stage(name).drop_duplicates("point").sort_values("point", ignore_index=True)
    verdicts = judged(runs.means(outcome, first, second), OUTCOMES[outcome].better)
    gains = {f"{arm}_gain": runs.means(outcome, arm, baseline).mean(axis=1) for arm in (first, second)}
    worlds = pd.concat([rows[["point", *names]], verdicts], axis=1).assign(**gains)
    known = worlds[worlds["says"] != UNKNOWN].reset_index(drop=True)
    x, y = known[names], (known["says"] == BETTER).to_numpy()
    found = Found(outcome, (first, second), factors, worlds, stopped_early(ran, name))
    if min(y.sum(), (~y).sum()) < FEWEST:
        return found
    box = find_box(x, y)
    p = {(one, side): value for one, side, value in quasi_p(box, x, y)}
    limits = [
        {"parameter": one.name, "en": one.said.en, "zh": one.said.zh, "unit": one.said.unit}
        | {
            "range_low": one.low,
            "range_high": one.high,
            "low": box.limits[one.name][0],
            "high": box.limits[one.name][1],
        }
        | {"p_low": p.get((one.name, 0), np.nan), "p_high": p.get((one.name, 1), np.nan)}
        for one in factors
        if one.name in box.limits
    ]
    table = pd.DataFrame(limits, columns=_LIMITS)
    order = table[["p_low", "p_high"]].min(axis=1).argsort(kind="stable")
    return found.with_box(box, table.iloc[order].reset_index(drop=True), held_out(x, y))


def _outcome(settings: Settings) -> str:
    return settings.outcomes[0] if settings.outcomes else OUTCOME
