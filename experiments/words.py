"""Words: outcomes' names, units and values as people read them, in English and Chinese."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

import pandas as pd

from sim.outcomes import OUTCOMES

_PERCENT = ("share", "score")
_UNITS_ZH = {
    "share": "%",
    "score": "分",
    "points": "点",
    "tickets": "件",
    "problems": "个",
    "calls": "次",
    "hours": "小时",
    "residents": "人",
    "days": "天",
    "yuan": "元",
    "ratio": "比",
    "of normal time": "占正常工时",
    "cases": "件",
    "call-backs": "次回访",
    "files": "份",
    "visits": "次",
    "categories": "类",
    "a month": "每月",
}
_OTHER_UNITS_ZH = {  # of settings
    "returns": "次",
    "days of work": "日工作量",
    "chance": "概率",
    "months": "月",
    "minutes": "分钟",
    "minutes per officer": "分钟/人",
    "days after the deadline": "逾期天数",
    "visits a month": "次/月",
    "residents per million": "人/百万人",
    "requests in 12 months": "次/12个月",
    "yuan an hour": "元/小时",
    "yuan a resident and year": "元/人·年",
    "hours a month per million residents": "小时/月·百万人",
    "minutes a day per million residents": "分钟/日·百万人",
    "of all points": "占总分",
    "of the gap to 1": "占与1的差距",
    "of the street's staff": "占本街人力",
    "rank share per score": "名次占比/分",
    "per 1 000 labelled tickets": "每千件标注工单",
    "per 1 000 returned tickets": "每千件退回工单",
}
_CHOICES_ZH = {  # values of settings that are chosen from a few
    "city": "全市",
    "zone": "功能区",
    "district": "本区",
    "new": "新增",
    "streets": "取自街道",
    "head": "按人口",
    "need": "按需要",
    "load": "按诉求量",
    "index": "按指数",
    "governance": "治理类",
    "strong": "得分高者",
    "weak": "得分低者",
    "random": "随机",
}
_INTERVALS = {
    "en": {"t": "95 % t intervals", "bootstrap": "95 % bootstrap (BCa) intervals", "none": "no intervals"},
    "zh": {"t": "95 % t 区间", "bootstrap": "95 % 自助法（BCa）区间", "none": "无区间"},
}


def unit_in(unit: str, language: str) -> str:
    """Return a setting's declared unit in a language; symbols are the same in both."""
    if language == "en":
        return unit
    return "占比" if unit == "share" else _OTHER_UNITS_ZH.get(unit, _UNITS_ZH.get(unit, unit))


def choice_in(value: str, language: str) -> str:
    """Return a chosen value of a setting in a language; one that is not known stays as it is written."""
    return _CHOICES_ZH.get(value, value) if language == "zh" else value


def unit_of(name: str, language: str) -> str:
    """Return the unit in which an outcome is printed."""
    unit = OUTCOMES[name].unit
    if language == "zh":
        return _UNITS_ZH.get(unit, unit)
    return {"share": "%", "score": "points"}.get(unit, unit)


def change_unit_of(name: str, language: str) -> str:
    """Return the unit in which a difference of an outcome is printed: of shares, percentage points."""
    if OUTCOMES[name].unit == "share":
        return "百分点" if language == "zh" else "percentage points"
    return unit_of(name, language)


def name_of(name: str, language: str) -> str:
    """Return an outcome's label."""
    outcome = OUTCOMES[name]
    return outcome.zh if language == "zh" else outcome.en


def label_of(name: str, language: str) -> str:
    """Return an outcome's label with its unit."""
    return f"{name_of(name, language)} [{unit_of(name, language)}]"


def factor_of(name: str) -> float:
    """Return by what an outcome is multiplied before it is shown: 100 for shares and scores."""
    return 100.0 if OUTCOMES[name].unit in _PERCENT else 1.0


def number(name: str, value: float, size: float, sign: bool = False) -> str:
    """Return a value of an outcome as text: shares and scores × 100, fewer decimals where its `size` is big."""
    if math.isnan(value):
        return "–"
    digits = 2 if factor_of(name) > 1.0 else 0 if abs(size) >= 1000.0 else 1 if abs(size) >= 100.0 else 3
    return f"{value * factor_of(name):{'+' if sign else ''},.{digits}f}"


def size_of(rows: pd.DataFrame) -> float:
    """Return the size by which the decimals of an outcome are chosen, from its rows of a comparison."""
    return float(max(rows["baseline"].abs().max(), rows["mean"].abs().max()))


def with_interval(name: str, row: pd.Series, value: str, size: float) -> str:
    """Return a difference with its interval (ci_low, ci_high), like "+1.20 [+1.05, +1.35]"."""
    text = number(name, float(row[value]), size, sign=True)
    if math.isnan(float(row["ci_low"])):
        return text
    low, high = (number(name, float(row[key]), size, sign=True) for key in ("ci_low", "ci_high"))
    return f"{text} [{low}, {high}]"


def plus_minus(name: str, row: pd.Series, value: str, size: float) -> str:
    """Return a difference with its interval, like "+1.20 ± 0.15"; one that is not symmetric (bootstrap) in brackets."""
    if row["interval"] != "t" or math.isnan(float(row["ci_low"])):
        return with_interval(name, row, value, size)
    half = (float(row["ci_high"]) - float(row["ci_low"])) / 2.0
    return f"{number(name, float(row[value]), size, sign=True)} ± {number(name, half, size)}"


def listed(texts: Iterable[str], language: str) -> str:
    """Return texts as a list in a sentence."""
    return ("、" if language == "zh" else ", ").join(texts)


def interval_words(kind: str, language: str) -> str:
    """Return what an interval is called in a caption or under a figure."""
    return _INTERVALS[language][kind]


def width_of(text: str) -> int:
    """Return a text's width in letters; a Chinese character is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
