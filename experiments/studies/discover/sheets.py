"""The box as a sheet for print: a row a limited parameter."""

from __future__ import annotations

import math

import pandas as pd

from experiments.markup import Sheet
from experiments.studies.captions import captioned
from experiments.studies.discover.captions import of_worlds
from experiments.studies.discover.found import Found
from experiments.studies.ran import Ran

_HEADS = {
    "en": ["parameter", "range", "in the box", "quasi-p"],
    "zh": ["参数", "范围", "区域内", "准 p 值"],
}


def box_sheet(found: Found, ran: Ran) -> Sheet:
    """Return the limits of the box, with its coverage and density in the caption."""
    box, hold, language = found.box, found.holdout, ran.language
    assert box is not None
    first, second = (ran.settings.labels[arm] for arm in found.arms)
    numbers = f"{100 * box.coverage:.0f} %", f"{100 * box.density:.0f} %", f"{100 * found.share:.0f} %"
    held = "–" if math.isnan(hold["density"]) else f"{100 * hold['density']:.0f} %"
    caption = (
        f"“{first}”优于“{second}”的世界：覆盖率 {numbers[0]}，密度 {numbers[1]}（留出检验 {held}），"
        f"全部世界 {numbers[2]}。"
        if language == "zh"
        else f"Worlds in which {first} beats {second}: coverage {numbers[0]}, density {numbers[1]} (in worlds held out "
        f"{held}), in all worlds {numbers[2]}."
    )
    rows = [
        [row[language], f"{row['range_low']:.3g}–{row['range_high']:.3g}", _limits(row), _chance(row)]
        for _, row in found.limits.iterrows()
    ]
    return Sheet(captioned(ran, caption, of_worlds(ran)), _HEADS[language], rows)


def _limits(row: pd.Series) -> str:
    if math.isfinite(row["low"]) and math.isfinite(row["high"]):
        return f"{row['low']:.3g}–{row['high']:.3g}"
    return f"> {row['low']:.3g}" if math.isfinite(row["low"]) else f"< {row['high']:.3g}"


def _chance(row: pd.Series) -> str:
    found = [row[key] for key in ("p_low", "p_high") if not math.isnan(row[key])]
    return ", ".join("< 0.001" if p < 0.001 else f"{p:.3f}" for p in found)
