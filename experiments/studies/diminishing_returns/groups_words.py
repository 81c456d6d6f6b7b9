"""What zones, sizes of street and ranks say, in sentences and tables for print."""

from __future__ import annotations

import math

import pandas as pd

from experiments.markup import Sheet
from experiments.sheet_words import SHEET_WORDS
from experiments.studies.diminishing_returns.curve import UNSURE, says
from experiments.studies.diminishing_returns.texts import points
from experiments.studies.texts import caption, percent, plain
from experiments.words import listed

KINDS = {
    "en": {"zone": "functional zone", "population": "quarter by residents", "tickets": "quarter by tickets"},
    "zh": {"zone": "功能区", "population": "人口四等分", "tickets": "工单四等分"},
}
_WORDS = {
    "en": {
        "group": "By {kind}, streets' own tickets: β = {top:g} adds to real resolution over β = {low:g}: {gains}; "
        "{apart}.",
        "apart": "told apart from {first}: {some}",
        "same": "none is told apart from {first}",
        "alone": "one seed, so no interval",
        "least": "1 (least)",
        "most": "4 (most)",
        "signal": "The share of a month's score variance that is not sampling noise goes from {a} % to {b} % between "
        "β = {low:g} and {top:g} ({change} points, {says}); Kendall's τ of consecutive ranks from {c} to {d} ({e}, "
        "{says2}).",
        "groups_title": "Real resolution by groups of streets, per cent, and gain over the lowest strength, percentage "
        "points",
        "ranks_title": "Reliability of ranks over the strength of the tournament",
        "kind": "groups",
        "of": "group",
        "real": "β = {b:g}",
        "gain": "gain at β = {b:g}",
        "columns": ("signal, %", "τ of consecutive ranks", "spread of scores, points", "noise of a score, points"),
    },
    "zh": {
        "group": "按{kind}，街道自办工单：β = {top:g} 与 β = {low:g} 相比，真实解决率提高：{gains}；{apart}。",
        "apart": "与{first}有区别的：{some}",
        "same": "与{first}均无法区分",
        "alone": "单个种子，无区间",
        "least": "1（最少）",
        "most": "4（最多）",
        "signal": "β 从 {low:g} 到 {top:g}，每月得分方差中不是抽样噪声的比例由 {a} % 变为 {b} %"
        "（{change} 个百分点，{says}）；相邻两月排名的 Kendall τ 由 {c} 变为 {d}（{e}，{says2}）。",
        "groups_title": "各组街道的真实解决率（%）及与最低强度相比的收益（百分点）",
        "ranks_title": "排名的可靠性随锦标赛强度的变化",
        "kind": "分组",
        "of": "组",
        "real": "β = {b:g}",
        "gain": "β = {b:g} 的收益",
        "columns": ("真实成分，%", "相邻排名 τ", "得分标准差，分", "得分噪声，分"),
    },
}


def group_name(kind: str, of: str, language: str) -> str:
    """Return what a group is called."""
    if kind == "zone":
        return SHEET_WORDS[language].get(of, of.replace("_", " "))
    words = _WORDS[language]
    return {"1": words["least"], "4": words["most"]}.get(of, of)


def sentences(groups: pd.DataFrame, ranks: pd.DataFrame, language: str) -> list[str]:
    """Return who gains how much, and what becomes of ranks."""
    words, out = _WORDS[language], []
    low, top = float(groups["strength"].min()), float(groups["strength"].max())
    for kind, part in groups[groups["strength"] == top].groupby("kind", sort=False):
        names = {row["of"]: group_name(str(kind), row["of"], language) for _, row in part.iterrows()}
        gains = [f"{names[row['of']]} {points(row['mean'], row['low'], row['high'])}" for _, row in part.iterrows()]
        apart = [
            names[row["of"]]
            for _, row in part.iloc[1:].iterrows()
            if says(row["beyond_low"], row["beyond_high"]) != UNSURE
        ]
        first = names[part["of"].iloc[0]]
        said = words["apart" if apart else "alone" if part["n"].max() < 2 else "same"]
        said = said.format(first=first, some=listed(apart, language))
        out.append(
            words["group"].format(
                kind=KINDS[language][str(kind)], top=top, low=low, gains=listed(gains, language), apart=said
            )
        )
    of = ranks.set_index(["measure", "strength"])
    first, last = ({name: of.loc[(name, b)] for name in ("rank_signal", "rank_stability")} for b in (low, top))
    signal, stable = last["rank_signal"], last["rank_stability"]
    ends = ("change", "change_low", "change_high")
    shown = {"a": percent(first["rank_signal"]["mean"], 2), "b": percent(signal["mean"], 2)}
    shown |= {"c": plain(first["rank_stability"]["mean"]), "d": plain(stable["mean"])}
    shown |= {"change": points(*signal[list(ends)]), "e": plain(*stable[list(ends)], sign="+")}
    verdicts = {"says": _direction(signal, language), "says2": _direction(stable, language)}
    return [*out, words["signal"].format(low=low, top=top, **shown, **verdicts)]


_DIRECTION = {
    "en": {"more": "rises", "less": "falls", "not told apart": "not told apart from nothing", "alone": "one seed"},
    "zh": {"more": "上升", "less": "下降", "not told apart": "与零无法区分", "alone": "单个种子"},
}


def _direction(row: pd.Series, language: str) -> str:
    return _DIRECTION[language]["alone" if math.isnan(row["change_low"]) else row["says"]]


def sheets(groups: pd.DataFrame, ranks: pd.DataFrame, note: str, digest: str, language: str) -> dict[str, Sheet]:
    """Return the tables of groups and of ranks for print."""
    words, names = _WORDS[language], KINDS[language]
    strengths = sorted(set(groups["strength"]))
    of, rows = groups.set_index(["kind", "of", "strength"]), []
    for kind, name in dict.fromkeys(zip(groups["kind"], groups["of"], strict=True)):
        cells = [points(*of.loc[(kind, name, b), ["mean", "low", "high"]]) for b in strengths[1:]]
        first = percent(of.loc[(kind, name, strengths[0]), "real"], 2)
        rows.append([names[kind], group_name(kind, name, language), first, *cells])
    head = [words["kind"], words["of"], words["real"].format(b=strengths[0])]
    head += [words["gain"].format(b=b) for b in strengths[1:]]
    out = {"groups": Sheet(caption(words["groups_title"], note, digest, language), head, rows, left=2)}
    by, lines = ranks.set_index(["measure", "strength"]), []
    for b in sorted(set(ranks["strength"])):
        cells = []
        for measure in dict.fromkeys(ranks["measure"]):
            factor = 1.0 if measure == "rank_stability" else 100.0
            cells.append(plain(*(factor * by.loc[(measure, b), key] for key in ("mean", "low", "high"))))
        lines.append([f"{b:g}", *cells])
    return out | {
        "ranks": Sheet(caption(words["ranks_title"], note, digest, language), ["β", *words["columns"]], lines)
    }
