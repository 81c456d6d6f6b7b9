"""The captions of the study's figures; months, days and arms in them are those of the runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from experiments.loop_gain import WINDOW
from experiments.studies.captions import Of, captioned
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.panel import DAYS, MANY, plain_point

OF = {
    "phase": Of(("phase", "returning"), over_seeds=False),
    "without": Of(("without",), over_seeds=False),
    **{name: Of(("recovery",)) for name in ("attempts", "who", "recovery")},
    "flow": Of(("recovery",), over_seeds=False),
}
PLAIN = ("attempts", "flow", "who")  # figures of the first arm's runs without a surge alone
TEXTS = {
    "en": {
        "phase": "When the repeat loop runs away: loop gain Λ, hours gain Λ_h and a problem's own repeats b over two "
        "assumptions, and Λ where residents return more readily; geometric means over pairs of runs with and without a "
        "small surge of one month, over {window} months from it. Cells in which the loop runs away are outlined; "
        "intervals are in the tables.",
        "without": "What single mechanisms add to the loop: tickets that an extra problem makes in {window} months "
        "(M), "
        "without the mechanism over with it, paired by seed; whiskers are 95 % t intervals pooled over points, grey: "
        "not told apart from 1.",
        "attempts": "How often the same problem is filed, at “{arm}” without a surge: (a) problems by requests needed "
        "within {days} days (panel of one problem in 64), and tickets and hours of handling and casework by attempt; "
        "(b) what repeats take; (c) in which work their hours lie. Means over seeds, whiskers are their intervals.",
        "flow": "The fate of problems at “{arm}” without a surge, each followed for {days} days (panel of one problem "
        "in 64): all problems, and enlarged those that are filed again; heights are means over seeds, their intervals "
        "are in the table.",
        "who": "Whose problems circle at “{arm}” without a surge: share of a trait among problems filed {many} times "
        "or more over its share among all (panel of one problem in 64, {days} days). Points are means over seeds, "
        "whiskers their intervals; grey: not told apart from 1.",
        "recovery": "How a surge passes: difference to the same runs without it in per cent of their level, by month "
        "from the first month of the surge of {surge} months, an arm a line; paired seed by seed, bands are intervals. "
        "The grey band is within 1 %; beyond ±10 % the axis is logarithmic.",
    },
    "zh": {
        "phase": "循环何时失控：循环增益 Λ、工时增益 Λ_h 与自身重复 b 随两项假设的变化，以及居民更易再诉时的 Λ；"
        "由有无一个月小幅激增的成对运行在其后 {window} 个月内得出，为各对几何均值。粗框为循环失控；区间见表。",
        "without": "单个机制对循环的贡献：每多一个问题在 {window} 个月内带来的工单（M），关闭该机制与否之比，"
        "逐种子配对；"
        "误差线为 95 % t 区间（由各点合并估计），灰色：与 1 无法区分。",
        "attempts": "同一问题诉求几次（“{arm}”，无激增）：（a）问题按 {days} 天内所需次数（每 64 个问题抽 1 个），"
        "工单、办理与专办工时按诉求次序；（b）重复诉求的占比；（c）其工时的用途。为各种子均值，误差线为区间。",
        "flow": "问题的去向（“{arm}”，无激增），各追踪 {days} 天（每 64 个问题抽 1 个）：全部问题，"
        "以及放大的再次诉求者；"
        "高度为各种子均值，区间见表。",
        "who": "谁的问题循环（“{arm}”，无激增）：某特征在诉求 {many} 次及以上问题中的占比与在全部问题中占比之比"
        "（每 64 个问题抽 1 个，{days} 天）。点为各种子均值，误差线为区间；灰色：与 1 无法区分。",
        "recovery": "激增如何消退：与同一运行无激增时之差占其水平的百分比，自 {surge} 个月激增的首月起逐月，"
        "每线一个方案；"
        "逐种子配对，带为区间。灰带为 1 % 以内；±10 % 以外为对数坐标。",
    },
}


def captions_of(ran: Ran, figures: Iterable[str]) -> dict[str, str]:
    """Return the captions; runs and seeds in them are those that are drawn."""
    settings = ran.settings
    numbers = {"window": WINDOW, "days": DAYS, "many": MANY, "surge": settings.parameters.surge_months}
    first = settings.all_stages["recovery"].baseline
    texts, drawn = TEXTS[ran.language], _without_surge(ran, first)
    return {
        name: captioned(
            drawn if name in PLAIN else ran, texts[name].format(arm=settings.labels[first], **numbers), OF[name]
        )
        for name in figures
    }


def _without_surge(ran: Ran, arm: str) -> Ran:
    """Return one arm's runs without a surge of the stage `recovery`."""
    table = ran.stage("recovery")
    mine = (table["point"] == plain_point(ran)) & (table["arm"] == arm)
    return dataclasses.replace(ran, monthly=table[mine])
