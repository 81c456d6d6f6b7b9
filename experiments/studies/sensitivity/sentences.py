"""Sentences: what hangs on what, filled in from the tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pandas as pd

from experiments.settings import Settings
from experiments.studies.responses import LEVEL
from experiments.studies.sensitivity.screening import TOLD_APART
from experiments.studies.sensitivity.wording import of, response_name, shown_of, size, unit
from experiments.words import listed

_STAGES = {"screening": ("Screening", "筛选"), "indices": ("The analysis of variance", "方差分解")}
_MOST = 3  # parameters that are named
_ONE_WAY = 0.9  # of μ*, from which on effects are called of one sign
_TOO_MUCH = 50.0  # % of noise in a variance of which nothing more is said


def said(
    tables: Mapping[str, pd.DataFrame], early: Mapping[str, tuple[int, int]], outcomes: list[str], settings: Settings
) -> list[str]:
    """Return the answer in sentences, in the language of the settings."""
    zh = settings.language == "zh"
    out = [_scope(settings)]
    out += [_early(name, *runs, zh) for name, runs in early.items() if runs[0]]
    for name, sentence in (("screening", _screening), ("indices", _indices)):
        if name not in tables:
            continue
        table = tables[name]
        found = shown_of(table)
        out += [sentence(of(table, *response), tables, settings) for response in found]
        missing = [one for one in outcomes if (one, LEVEL) not in found]
        if missing:
            names = listed((response_name(one, LEVEL, settings) for one in missing), settings.language)
            left = f"{_STAGES[name][1]}中，{names}在太多点上没有定义或不变，未作分析。"
            because = "undefined or the same at too many points"
            out.append(left if zh else f"{_STAGES[name][0]} leaves out what is {because}: {names}.")
    return out


def _scope(settings: Settings) -> str:
    seeds = max(len(stage.seeds) for stage in settings.all_stages.values())
    if settings.language == "zh":
        text = (
            f"{settings.city.label_zh}，未校准；影响取自各自的取值范围，范围不同则结果不同（↑ 提高，↓ 降低，↕ 不定）。"
        )
        return text + ("" if seeds > 1 else "只有一个随机种子，运气的大小未知。")
    text = (
        f"{settings.city.label_en}, uncalibrated; what a parameter does depends on the range through which it is moved "
        "(↑ raises, ↓ lowers, ↕ either)."
    )
    return text + ("" if seeds > 1 else " With one seed nothing is known of luck.")


def _early(stage: str, stopped: int, runs: int, zh: bool) -> str:
    where = f"{stage}: " if stage else ""
    if zh:
        return f"{where}{runs} 次运行中有 {stopped} 次因积压失控而提前停止；取其已有各月的均值，故设计仍然完整。"
    text = f"{where}{stopped} of {runs} runs ran away and were stopped; "
    return text + "they count with the mean of the months they had, so that the design stays complete."


def _named(rows: pd.DataFrame, settings: Settings, value: Callable[[pd.Series], str]) -> str:
    """Return parameters with a value each, in a list."""
    zh = settings.language == "zh"
    texts = (f"{row['zh']}（{value(row)}）" if zh else f"{row['en']} ({value(row)})" for _, row in rows.iterrows())
    return listed(texts, settings.language)


def _moves(row: pd.Series) -> str:
    way = "↕" if abs(row["mu"]) < _ONE_WAY * row["mu_star"] else "↑" if row["mu"] > 0.0 else "↓"
    return f"{way} μ* {size(row['outcome'], row['mu_star'])} ± {size(row['outcome'], row['mu_star_conf'])}"


def _shares(row: pd.Series) -> str:
    return f"S1 {row['S1']:.2f} ± {row['S1_conf']:.2f}, ST {row['ST']:.2f} ± {row['ST_conf']:.2f}"


def _screening(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], settings: Settings) -> str:
    """Return one sentence on the screening of one response."""
    zh, n, first = settings.language == "zh", len(rows), rows.iloc[0]
    outcome, arm, lost = str(first["outcome"]), str(first["arm"]), int(first["left_out"])
    name, of_unit = response_name(outcome, arm, settings), unit(outcome, settings.language)
    if arm != LEVEL:
        mean = size(outcome, first["mean"], sign=True)
        name += f"（各世界均值 {mean}）" if zh else f" (mean {mean} over the worlds)"
    one_seed = math.isnan(first["noise"])
    told = rows if one_seed else rows[rows["told_apart"]]
    if not len(told):
        none = f"{name}：{n} 个参数中没有一个可与运气区分"
        text = none if zh else f"{_upper(name)}: none of {n} parameters is told apart from luck"
    else:
        named = _named(told.head(_MOST), settings, _moves)
        text = (
            f"{name}主要取决于{named}，单位{of_unit}" if zh else f"{_upper(name)} hangs most on {named}, in {of_unit}"
        )
    if len(told) and not one_seed:
        chance, noise = f"{TOLD_APART * n:.{0 if n >= 60 else 1}f}", size(outcome, float(rows["noise"].median()))
        text += (
            f"；{n} 个参数中有 {len(told)} 个可与运气区分（仅凭运气约有 {chance} 个），运气的 μ* 中位数为 {noise}"
            if zh
            else f"; {len(told)} of {n} parameters are told apart from luck (by chance about {chance} would be), "
            f"which alone would give a μ* of {noise} (median)"
        )
    if lost:
        r = int(first["trajectories"]) + lost
        text += f"；{r} 条轨迹中有 {lost} 条因结果无定义而舍去" if zh else f"; {lost} of {r} trajectories are left out"
    return text + ("。" if zh else ".")


def _indices(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], settings: Settings) -> str:
    """Return one sentence on how the variance of one response is shared out."""
    zh, language = settings.language == "zh", settings.language
    outcome, arm = str(rows["outcome"].iloc[0]), str(rows["arm"].iloc[0])
    name, row = response_name(outcome, arm, settings), of(tables["variance"], outcome, arm).iloc[0]
    luck, lost = 100.0 * float(row["luck"]), int(row["left_out"])
    if luck > _TOO_MUCH:
        if zh:
            return f"{name}在各世界间的方差中有 {luck:.0f} % 是随机种子的噪声，因此无法说明它取决于什么。"
        text = f"Of the variance of {name} over the worlds {luck:.0f} % is noise of the seeds; "
        return text + "what it hangs on is not told."
    mean = "" if arm == LEVEL else f"{'均值' if zh else 'mean'} {size(outcome, row['mean'], sign=True)}, "
    spread = f"{mean}{'标准差' if zh else 's.d.'} {size(outcome, row['sd'])} {unit(outcome, language)}"
    told = rows[rows["ST"] - rows["ST_conf"] > (0.0 if math.isnan(luck) else luck / 100.0)]
    if not len(told):
        if zh:
            return f"{name}在各世界间的方差（{spread}）：设计太小，无法说明来自哪个参数。"
        return f"The design is too small to say with what the variance of {name} over the worlds ({spread}) goes."
    named = _named(told.head(_MOST), settings, _shares)
    inter, conf = 100.0 * float(row["interactions"]), 100.0 * float(row["interactions_conf"])
    unsure = inter - conf <= 0.0
    if zh:
        text = f"{name}在各世界间的方差（{spread}）主要来自{named}；交互作用约占 {inter:.0f} ± {conf:.0f} %"
        text += "（与零无法区分）" if unsure else ""
        text += "" if math.isnan(luck) else f"，随机种子的噪声占 {luck:.0f} %"
        return text + (f"；{lost} 个设计块因结果无定义而舍去。" if lost else "。")
    text = f"The variance of {name} over the worlds ({spread}) goes with {named}; "
    text += f"interactions account for {inter:.0f} ± {conf:.0f} %" + (" (not told apart from none)" if unsure else "")
    text += "" if math.isnan(luck) else f", the noise of the seeds for {luck:.0f} %"
    return text + (f"; {lost} blocks of the design are left out." if lost else ".")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
