"""Sheets for print: the first parameters of every response, with their ranges."""

from __future__ import annotations

import pandas as pd

from experiments.markup import Sheet
from experiments.studies.captions import captioned
from experiments.studies.ran import Ran
from experiments.studies.sensitivity.captions import of_figure
from experiments.studies.sensitivity.wording import MOST, of, response_name, shown_of, size, unit

_CAPTIONS = {
    "en": {
        "screening": "Morris screening: mean size μ* of what going through a parameter's range changes, with SALib's "
        "95 % interval; μ its mean, σ its spread; “luck” is what the seeds alone would give. * told apart from luck.",
        "indices": "Sobol indices: share of the variance over the worlds that goes with a parameter alone (S1) and "
        "with its interactions too (ST), with SALib's 95 % intervals; “luck” is the share that is noise of the seeds.",
    },
    "zh": {
        "screening": "Morris 筛选：参数走完其取值范围所带来变化的平均大小 μ*（SALib 95 % 区间）；"
        "μ 为均值，σ 为离散程度；“运气”为仅由随机种子造成的大小。* 可与运气区分。",
        "indices": "Sobol 指数：各世界间方差中由该参数单独（S1）及连同交互（ST）解释的份额（SALib 95 % 区间）；"
        "“运气”为随机种子噪声所占份额。",
    },
}
_HEADS = {
    "en": {
        "screening": ["response", "parameter", "range", "μ*", "μ", "σ", "luck"],
        "indices": ["response", "parameter", "range", "S1", "ST", "luck"],
    },
    "zh": {
        "screening": ["响应", "参数", "范围", "μ*", "μ", "σ", "运气"],
        "indices": ["响应", "参数", "范围", "S1", "ST", "运气"],
    },
}


def screening_sheet(table: pd.DataFrame, ran: Ran) -> Sheet:
    """Return the screening for print."""
    settings, language, rows = ran.settings, ran.language, []
    for outcome, arm in shown_of(table):
        for _, row in of(table, outcome, arm).head(MOST).iterrows():
            star = " *" if row["told_apart"] else ""
            values = [size(outcome, row[key]) for key in ("mu", "sigma")]
            values.append("–" if pd.isna(row["noise"]) else size(outcome, row["noise"]))
            half = f"{size(outcome, row['mu_star'])} ± {size(outcome, row['mu_star_conf'])}{star}"
            name = f"{response_name(outcome, arm, settings)} [{unit(outcome, language)}]"
            rows.append([name, row[language], range_of(row), half, *values])
    caption = captioned(ran, _CAPTIONS[language]["screening"], of_figure("screening", settings))
    return Sheet(caption, _HEADS[language]["screening"], _once(rows), left=3)


def indices_sheet(table: pd.DataFrame, variance: pd.DataFrame, ran: Ran) -> Sheet:
    """Return the indices for print."""
    settings, language, rows = ran.settings, ran.language, []
    for outcome, arm in shown_of(table):
        luck = float(of(variance, outcome, arm)["luck"].iloc[0])
        for _, row in of(table, outcome, arm).head(MOST).iterrows():
            shares = [f"{row[key]:.2f} ± {row[f'{key}_conf']:.2f}" for key in ("S1", "ST")]
            named = [response_name(outcome, arm, settings), row[language], range_of(row)]
            rows.append([*named, *shares, "–" if pd.isna(luck) else f"{luck:.2f}"])
    caption = captioned(ran, _CAPTIONS[language]["indices"], of_figure("indices", settings))
    return Sheet(caption, _HEADS[language]["indices"], _once(rows), left=3)


def range_of(row: pd.Series) -> str:
    """Return the range through which a parameter was moved."""
    return f"{row['low']:.3g}–{row['high']:.3g}"


def _once(rows: list[list[str]]) -> list[list[str]]:
    """Return rows in which a response is named where it begins."""
    return [["", *row[1:]] if i and row[0] == rows[i - 1][0] else row for i, row in enumerate(rows)]
