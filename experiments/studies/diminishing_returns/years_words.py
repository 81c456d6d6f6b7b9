"""What the years say, as it is and without each mechanism, in sentences and tables for print."""

from __future__ import annotations

import math

import pandas as pd

from experiments.markup import Sheet
from experiments.studies.diminishing_returns.curve import LESS, MORE, UNSURE
from experiments.studies.diminishing_returns.texts import MEASURES, SAYS, points
from experiments.studies.texts import caption
from experiments.switches import SWITCHES
from experiments.words import listed

_WORDS = {
    "en": {
        "years": "β = {b:g} adds {first} points to real resolution in year {y0} and {last} in year {y1}; the "
        "difference is {fade} points{verdict}.",
        "verdict": {
            LESS: ": the same pressure buys less as years go by",
            MORE: ": the same pressure buys more as years go by",
        },
        "unsure": ": not told apart from nothing",
        "one": "",
        "why": "Split over factors, what most takes it down from year {y0} to year {y1}: {down}; what holds it "
        "up: {up}.",
        "smaller": "It fades surely less without {some}.",
        "larger": "It fades surely more without {some}.",
        "same": "Not told apart from as it is, how it fades without {some}.",
        "alone": "One seed, no interval: by so much less it fades without {some}.",
        "item": '"{name}" ({explained})',
        "of": "Is there a maximum below β = {top:g} ({name}; in brackets β = {top:g} less the best below it)? {parts}.",
        "maximum": "Surely: {some}",
        "none": "surely not: {some}",
        "undecided": "not decided: {some}",
        "single": "one seed, no interval: {some}",
        "then": "; ",
        "drop": "{name} ({drop})",
        "as it is": "as it is",
        "without": 'without "{name}"',
        "nothing": "none",
        "years_title": "What β adds to real resolution over β = {low:g}, by year, percentage points, paired seed by "
        "seed",
        "fade_title": "The last year's gain less the first year's, and how much of it goes without the mechanism, "
        "percentage points",
        "maxima_title": "Real resolution over β: best strength, and the highest strength less the best below it, "
        "percentage points",
        "mechanism": "mechanism",
        "measure": "measure",
        "year": "year {y}",
        "fade": "last − first",
        "explained": "less fading without it",
        "says": "reading",
        "best": "best β",
        "whole": "β = {top:g} less lowest",
        "beyond": "β = {top:g} less best below",
    },
    "zh": {
        "years": "β = {b:g} 使真实解决率在第 {y0} 年提高 {first} 个百分点，第 {y1} 年提高 {last} 个百分点；"
        "两者相差 {fade} 个百分点{verdict}。",
        "verdict": {LESS: "：同样的压力，收益逐年减少", MORE: "：同样的压力，收益逐年增加"},
        "unsure": "：与零无法区分",
        "one": "",
        "why": "按因素分解，从第 {y0} 年到第 {y1} 年使收益下降最多的是：{down}；起支撑作用的是：{up}。",
        "smaller": "去掉后收益消退确定变小：{some}。",
        "larger": "去掉后收益消退确定变大：{some}。",
        "same": "去掉后消退的变化无法区分：{some}。",
        "alone": "只有一个种子，无区间；去掉后消退减少：{some}。",
        "item": "“{name}”（{explained}）",
        "of": "低于 β = {top:g} 处是否有最高点（{name}；括号内为 β = {top:g} 减其下最好者）？{parts}。",
        "maximum": "确定有：{some}",
        "none": "确定没有：{some}",
        "undecided": "尚无定论：{some}",
        "single": "只有一个种子，无区间：{some}",
        "then": "；",
        "drop": "{name}（{drop}）",
        "as it is": "现状",
        "without": "去掉“{name}”",
        "nothing": "无",
        "years_title": "与 β = {low:g} 相比，β 使真实解决率提高多少，按年，百分点，逐种子配对",
        "fade_title": "末年收益减首年收益，以及去掉该机制后消退减少多少，百分点",
        "maxima_title": "真实解决率随 β：最佳强度，以及最高强度减去其下最好者，百分点",
        "mechanism": "机制",
        "measure": "指标",
        "year": "第 {y} 年",
        "fade": "末年 − 首年",
        "explained": "去掉后消退减少",
        "says": "解读",
        "best": "最佳 β",
        "whole": "β = {top:g} 减最低",
        "beyond": "β = {top:g} 减其下最好",
    },
}

_EXPLAINED = ("explained", "explained_low", "explained_high")


def mechanism(name: str, language: str) -> str:
    """Return the label of a mechanism switched off, or what runs with all of them are called."""
    if not name:
        return _WORDS[language]["as it is"]
    return _WORDS[language]["without"].format(name=SWITCHES[name].label(language))


def over_years(years: pd.DataFrame, fade: pd.DataFrame, why: pd.Series, strength: float, language: str) -> list[str]:
    """Return how a strength's gain changes over the years, by which factors, and with which mechanism off less so."""
    words = _WORDS[language]
    mine = years[(years["without"] == "") & (years["strength"] == strength)].sort_values("year")
    fades = fade[fade["strength"] == strength].set_index("without")
    row = fades.loc[""]
    ends = {"y0": mine["year"].iloc[0], "y1": mine["year"].iloc[-1]}
    shown = {key: _with(mine.iloc[at]) for key, at in (("first", 0), ("last", -1))}
    verdict = words["one"] if math.isnan(row["low"]) else words["verdict"].get(row["says"], words["unsure"])
    out = [words["years"].format(b=strength, fade=_with(row), verdict=verdict, **shown, **ends)]
    name = WHY_NAMES[language]
    down = [f"{name[key]} ({points(value)})" for key, value in why.items() if value < 0.0][:3]
    up = [f"{name[key]} ({points(value)})" for key, value in why[::-1].items() if value > 0.0][:3]
    out.append(words["why"].format(down=_some(down, language), up=_some(up, language), **ends))
    others = fades[fades.index != ""]
    readings = others["explained_says"].where(others["explained_low"].notna(), "") if "explained" in others else []
    for key, says in (("smaller", MORE), ("larger", LESS), ("same", UNSURE), ("alone", "")):
        some = [
            words["item"].format(name=SWITCHES[str(at)].label(language), explained=_ends(one, *_EXPLAINED))
            for (at, one), reading in zip(others.iterrows(), readings, strict=False)
            if reading == says
        ]
        if some:
            out.append(words[key].format(some=_some(some, language)))
    return out


def of_maxima(maxima: pd.DataFrame, language: str) -> list[str]:
    """Return with which mechanisms off resolution has a maximum below the highest strength, of all and of streets'."""
    words, out = _WORDS[language], []
    verdicts = (("maximum", LESS), ("none", MORE), ("undecided", UNSURE), ("single", ""))
    for measure, rows in maxima.groupby("measure", sort=False):
        parts = []
        for key, says in verdicts:
            some = [
                words["drop"].format(name=mechanism(one["without"], language), drop=_ends(one, "drop", "low", "high"))
                for _, one in rows[rows["says"] == says].iterrows()
            ]
            if some:
                parts.append(words[key].format(some=_some(some, language)))
        top = float(rows["top"].max())
        out.append(words["of"].format(name=MEASURES[language][str(measure)], top=top, parts=words["then"].join(parts)))
    return out


def year_sheets(
    years: pd.DataFrame, fade: pd.DataFrame, low: float, note: str, digest: str, language: str
) -> dict[str, Sheet]:
    """Return the tables of gains by year, and of how they fade, for print."""
    words = _WORDS[language]
    numbers = sorted(set(years["year"]))
    rows = []
    for (without, strength), part in years.groupby(["without", "strength"], sort=False):
        of = part.set_index("year")
        cells = [_with(of.loc[y]) if y in of.index else "–" for y in numbers]
        rows.append([mechanism(str(without), language), f"{strength:g}", *cells])
    head = [words["mechanism"], "β", *(words["year"].format(y=y) for y in numbers)]
    out = {"years": Sheet(caption(words["years_title"].format(low=low), note, digest, language), head, rows, left=2)}
    if not len(fade):
        return out
    lines = []
    for _, row in fade.iterrows():
        explained = [float(row.get(key, math.nan)) for key in _EXPLAINED]
        reading = "–" if math.isnan(explained[1]) else SAYS[language][row["explained_says"]]
        lines.append(
            [mechanism(row["without"], language), f"{row['strength']:g}", _with(row), points(*explained), reading]
        )
    head = [words["mechanism"], "β", words["fade"], words["explained"], words["says"]]
    return out | {"fade": Sheet(caption(words["fade_title"], note, digest, language), head, lines, left=2)}


def maxima_sheet(maxima: pd.DataFrame, note: str, digest: str, language: str) -> Sheet:
    """Return the table of maxima for print."""
    words, top, rows = _WORDS[language], float(maxima["top"].max()), []
    for _, row in maxima.iterrows():
        best = f"{row['best']:g}"
        if not math.isnan(row["best_low"]):
            best += f" [{row['best_low']:g}, {row['best_high']:g}]"
        cells = [_ends(row, "whole", "whole_low", "whole_high"), _ends(row, "drop", "low", "high"), str(row["n"])]
        rows.append([MEASURES[language][row["measure"]], mechanism(row["without"], language), best, *cells])
    head = [words["measure"], words["mechanism"], words["best"]]
    head += [words["whole"].format(top=top), words["beyond"].format(top=top), "n"]
    return Sheet(caption(words["maxima_title"], note, digest, language), head, rows, left=2)


def _ends(row: pd.Series, *keys: str) -> str:
    return points(*(float(row[key]) for key in keys))


def _with(row: pd.Series) -> str:
    return points(float(row["mean"]), float(row["low"]), float(row["high"]))


def _some(texts: list[str], language: str) -> str:
    return listed(texts, language) or _WORDS[language]["nothing"]


WHY_NAMES = {
    "en": {
        "effort": "hours net of idle ones and low morale",
        "prevention": "prevention net of its hours",
        "documentation": "files",
        "skill": "skill",
        "reach": "hard core",
        "care": "rest: how care is spread",
        "other": "other uses and rounds",
    },
    "zh": {
        "effort": "工时扣除闲置与士气损失",
        "prevention": "预防扣除其工时",
        "documentation": "材料",
        "skill": "技能",
        "reach": "硬骨头",
        "care": "余项（投入的分布）",
        "other": "其他用途与轮次",
    },
}
