"""The captions of the study's figures; strengths and months in them are those of the runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

import pandas as pd

from experiments.studies.captions import Of, captioned
from experiments.studies.diminishing_returns.years import shown_strength
from experiments.studies.ran import Ran

OF = {
    **{name: Of(("curve",)) for name in ("curve", "where_hours_go", "by_group", "ranks")},
    **{name: Of(("curve", "without")) for name in ("over_years", "why")},
}
TEXTS = {
    "en": {
        "curve": "Resolution over the strength of the tournament β, {first} to {last}: (a) real and reported, (b) "
        "their "
        "gap, (c) what real resolution gains over β = {low:g}, in all and in the tickets of streets and of departments "
        "and enterprises, (d) what a unit of β adds between neighbouring strengths. Lines are means over seeds, bands "
        "and whiskers their intervals, of differences paired seed by seed; the vertical line is today's strength.",
        "where_hours_go": "Hours and failures over the strength of the tournament β, {first} to {last}: (a) hours paid "
        "a month by use, means over seeds, hatched what of them is withdrawn from other duties or overtime; (b) "
        "tickets "
        "not really resolved by kind, from the panel of one problem in 64, means over seeds; below, what steps of β "
        "add to real resolution, split over factors (Shapley; bookkeeping, not causation), bars with intervals, paired "
        "seed by seed, in percentage points.",
        "over_years": "What a strength of the tournament β adds to real resolution over β = {low:g}, year by year of "
        "the run, as it is and without one mechanism at a time: means of differences paired seed by seed, with bands "
        "of their intervals; in grey as it is, on the same seeds.",
        "why": "(a) What β = {shown:g} adds to real resolution over β = {low:g} by year of the run, split over factors "
        "(Shapley; bookkeeping, not causation), as it is: means over seeds, the diamond is the whole. Below, as it is "
        "and without one mechanism at a time, {first} to {last}: (b) what β = {top:g} adds over the lowest strength, "
        "(c) over the best strength below it, (d) the same of streets' tickets; whiskers are intervals of paired "
        "differences; hollow and grey: not told apart from nothing.",
        "by_group": "What the tournament adds to real resolution of streets' own tickets over β = {low:g}, {first} to "
        "{last}, by zone and by quarters of streets: means of differences paired seed by seed, with bands of their "
        "intervals.",
        "ranks": "Reliability of ranks over the strength of the tournament β, months {first} to {last}: (a) share of "
        "the variance of scores that is signal, (b) Kendall's τ of the ranks of consecutive months, (c) spread of "
        "scores over streets and their sampling noise. Lines are means over seeds, bands their intervals.",
    },
    "zh": {
        "curve": "解决率与锦标赛强度 β（{first} 至 {last}）：（a）真实与考核解决率；（b）二者之差；（c）真实解决率与 "
        "β = {low:g} 之差：全部、街道、部门和企业工单；（d）相邻强度之间每单位 β 的收益。线为各种子均值，"
        "带与误差线为区间（差异逐种子配对）；竖线为现状强度。",
        "where_hours_go": "工时与失败随锦标赛强度 β 的变化（{first} 至 {last}）：（a）每月付出工时的用途（各种子均值）"
        "，"
        "斜线部分挤占其他工作或为加班；（b）未真实解决工单的种类（每 64 个问题抽 1 个，各种子均值）；"
        "下排：β 各步对真实解决率的贡献按因素分解（Shapley 值；为核算而非因果），条为均值，误差线为区间，逐种子配对，"
        "百分点。",
        "over_years": "锦标赛强度 β 与 β = {low:g} 相比对真实解决率的逐年贡献：现状及逐一去掉某机制；"
        "线为逐种子配对差异的均值，带为区间；灰线为相同种子的现状。",
        "why": "（a）β = {shown:g} 与 β = {low:g} 相比对真实解决率的逐年贡献按因素分解"
        "（Shapley 值；为核算而非因果；现状）：各种子均值，菱形为合计。下排为现状及逐一去掉某机制（{first} 至 {last}）"
        "："
        "（b）β = {top:g} 与最低强度之差，（c）与其下最好强度之差，（d）同（c），仅街道工单；"
        "误差线为配对差异的区间，空心灰色：与零无法区分。",
        "by_group": "锦标赛与 β = {low:g} 相比对街道自办工单真实解决率的贡献（{first} 至 {last}），"
        "按功能区和街道四等分：线为逐种子配对差异的均值，带为区间。",
        "ranks": "排名可靠性与锦标赛强度 β（{first} 至 {last} 各月）：（a）得分方差中真实成分的占比；"
        "（b）相邻两月排名的 Kendall τ；（c）得分在街道间的标准差与抽样噪声。线为各种子均值，带为区间。",
    },
}


def captions_of(
    ran: Ran, figures: Iterable[str], tables: Mapping[str, pd.DataFrame], months: pd.DataFrame
) -> dict[str, str]:
    """Return the captions; `months` is the ledger of the stage `curve`."""
    settled, strengths = months.loc[months["settled"], "month"], sorted(set(months["strength"]))
    numbers = {
        "first": settled.min(),
        "last": settled.max(),
        "low": strengths[0],
        "shown": shown_strength(strengths[1:]),
        "top": float(tables["maxima"]["top"].max()),
    }
    texts, drawn = TEXTS[ran.language], _drawn(ran)
    return {name: captioned(drawn, texts[name].format(**numbers), OF[name]) for name in figures}


def _drawn(ran: Ran) -> Ran:
    """Return the runs that figures draw: of the stage `without` those with a mechanism off; `curve` has the others."""
    table = ran.monthly
    if "without" not in table:
        return ran
    again = (table["stage"] == "without") & (table["without"] == "")
    return dataclasses.replace(ran, monthly=table[~again])
