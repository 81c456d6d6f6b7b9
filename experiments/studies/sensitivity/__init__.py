"""Sensitivity: on which assumptions the outcomes, and what reforms change in them, hang; and how much is luck.

Stages with a Morris design screen many parameters, stages with a Saltelli design share the variance out among a few.
"""

from __future__ import annotations

import pandas as pd

from experiments.design import factors_and_cube
from experiments.errors import BadInput
from experiments.settings import Settings
from experiments.studies.ran import Answer, Ran
from experiments.studies.responses import responses, stopped_early
from experiments.studies.sensitivity.captions import captions_of
from experiments.studies.sensitivity.figures import indices_figure, screening_figure
from experiments.studies.sensitivity.indices import indexed
from experiments.studies.sensitivity.screening import screened
from experiments.studies.sensitivity.sentences import said
from experiments.studies.sensitivity.sheets import indices_sheet, screening_sheet

OUTCOMES = [
    *("real_resolution", "reported_resolution", "reporting_gap", "repeat_share", "hours_on_repeats"),
    *("rank_signal", "documentation_share"),
]
_FEWEST = {"morris": 2, "saltelli": 8}  # trajectories and blocks


def check(settings: Settings) -> None:
    """Refuse stages that are no Morris or Saltelli design of two factors or more, or too small. Raises BadInput."""
    for name, stage in settings.all_stages.items():
        where = f"stages.{name}.design" if name else "design"
        method = stage.design.get("method")
        if method not in _FEWEST:
            raise BadInput(f"{where}.method: sensitivity needs morris (screening) or saltelli (Sobol indices)")
        if stage.design["points"] < _FEWEST[method]:
            raise BadInput(f"{where}.points: {method} needs at least {_FEWEST[method]} here")
        if len(factors_and_cube(stage)[0]) < 2:
            raise BadInput(f"{where}.over: sensitivity compares parameters, so name at least two")


def find(ran: Ran) -> Answer:
    """Return what each outcome of the baseline, and each arm's change in it, hangs on."""
    outcomes = ran.settings.outcomes or OUTCOMES
    tables: dict[str, list[pd.DataFrame]] = {"screening": [], "indices": [], "variance": []}
    for name, stage in ran.settings.all_stages.items():
        factors, cube = factors_and_cube(stage)
        for response in responses(ran, name, outcomes):
            if stage.design["method"] == "morris":
                tables["screening"].append(screened(response, factors, cube))
            else:
                shares, variance = indexed(response, factors)
                tables["indices"].append(shares)
                tables["variance"].append(variance)
    joined = {name: _joined(parts) for name, parts in tables.items() if parts}
    early = {name: stopped_early(ran, name) for name in ran.settings.all_stages}
    sheets, figures = {}, {}
    if len(joined.get("screening", ())):
        sheets["screening"] = screening_sheet(joined["screening"], ran)
        figures |= screening_figure(joined["screening"], ran)
    if len(joined.get("indices", ())):
        sheets["indices"] = indices_sheet(joined["indices"], joined["variance"], ran)
        figures |= indices_figure(joined["indices"], joined["variance"], ran)
    sentences = said(joined, early, outcomes, ran.settings)
    return Answer(sentences, joined, sheets, figures, captions_of(ran, figures))


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    there = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(there, ignore_index=True)
