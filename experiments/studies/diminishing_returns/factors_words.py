"""What the split of gains, the hours and the unresolved tickets say, in sentences and tables for print."""

from __future__ import annotations

import pandas as pd

from experiments.markup import Sheet
from experiments.studies.diminishing_returns.factors import FACTORS
from experiments.studies.diminishing_returns.hours import TAKEN, USES
from experiments.studies.diminishing_returns.ledger import KINDS
from experiments.studies.diminishing_returns.texts import points
from experiments.studies.texts import caption, percent
from experiments.words import listed

FACTOR_NAMES = {
    "en": {
        "effort": "more hours paid (effort)",
        "idle": "hours without work (care at its most)",
        "morale": "hours lost to low morale",
        "documentation": "hours into files",
        "prevention": "hours into prevention",
        "other": "other uses of hours",
        "problems": "fewer new problems (prevention)",
        "rounds": "fewer rounds a problem",
        "officers": "officers",
        "skill": "skill",
        "care": "rest: how care is spread",
        "reach": "hard core",
        "whole": "whole",
    },
    "zh": {
        "effort": "投入工时增加",
        "idle": "无事可做的工时",
        "morale": "士气低落损失的工时",
        "documentation": "材料工时",
        "prevention": "预防工时",
        "other": "其他工时",
        "problems": "新问题减少（预防）",
        "rounds": "每个问题的轮次减少",
        "officers": "人员",
        "skill": "技能",
        "care": "余项：投入的分布",
        "reach": "硬骨头",
        "whole": "合计",
    },
}
USE_NAMES = {
    "en": {
        "handling": "handling",
        "prevention": "prevention and patrols",
        "documentation": "files",
        "other": "contacts, disputes, whistles, meetings",
        "low_morale": "lost to low morale",
        "idle": "without work, or carried over",
        "withdrawn": "withdrawn from unranked duties",
        "overtime": "overtime",
    },
    "zh": {
        "handling": "办理",
        "prevention": "预防与巡查",
        "documentation": "材料",
        "other": "联系、异议、吹哨、会议等",
        "low_morale": "士气低落损失",
        "idle": "无事可做或结转",
        "withdrawn": "从非考核工作抽走",
        "overtime": "加班",
    },
}
KIND_NAMES = {
    "en": {
        "reach": "within the unit's reach",
        "above": "above the street's authority",
        "wrong": "at the wrong unit",
        "strategic": "of residents who refuse",
        "casework": "with caseworkers",
    },
    "zh": {
        "reach": "本单位可解决",
        "above": "超出街道权限",
        "wrong": "误派",
        "strategic": "不配合者",
        "casework": "专办",
    },
}
_WORDS = {
    "en": {
        "step": "From β = {a:g} to {b:g} real resolution changes by {whole} points: more hours {effort}, hours without "
        "work {idle}, low morale {morale}, files {documentation}, prevention {prevention} (its hours) and {problems} "
        "(fewer problems), skill {skill}, hard core {reach}, other uses, rounds and officers {others}; what the "
        "factors do not explain (how care is spread) {care}.",
        "hours": "Paid hours go from {paid0} to {paid1} thousand a month between β = {a:g} and {b:g}; per cent of "
        "them: {uses}.",
        "use": "{name} {one} → {two}",
        "left": "Of the tickets not resolved at β = {b:g}, {hard} % are above the street's authority, at the wrong "
        "unit, of residents who refuse, or with caseworkers ({hard0} % at β = {a:g}): a hard core of {core} % of all "
        "tickets ({core0} % at β = {a:g}).",
        "split": "Gain in real resolution split over factors (Shapley), percentage points, paired seed by seed",
        "hours_title": "Hours of streets and departments by use, thousand a month (per cent of those paid)",
        "left_title": "Tickets by kind (panel of one problem in 64), per cent: of all tickets · resolved of them · "
        "among the unresolved",
        "factor": "factor",
        "use_head": "use",
        "kind": "kind",
    },
    "zh": {
        "step": "β 从 {a:g} 到 {b:g}，真实解决率变化 {whole} 个百分点：投入工时 {effort}，无事可做的工时 {idle}，"
        "士气低落 {morale}，材料 {documentation}，预防 {prevention}（所占工时）与 {problems}（问题减少），"
        "技能 {skill}，硬骨头 {reach}，"
        "其他用途、轮次和人员 {others}；各因素未能解释的部分（投入的分布）{care}。",
        "hours": "β 从 {a:g} 到 {b:g}，每月付出的工时由 {paid0} 千小时变为 {paid1} 千小时；其中占比（%）：{uses}。",
        "use": "{name} {one} → {two}",
        "left": "β = {b:g} 时未解决的工单中，{hard} % 超出街道权限、误派、属于不配合者或在专办"
        "（β = {a:g} 时为 {hard0} %）：这样的硬骨头占全部工单的 {core} %（β = {a:g} 时为 {core0} %）。",
        "split": "真实解决率收益的因素分解（Shapley 值），百分点，逐种子配对",
        "hours_title": "街道和部门的工时用途，千小时/月（占付出工时的 %）",
        "left_title": "按种类的工单（每 64 个问题抽 1 个），%：占全部工单 · 其中解决 · 占未解决者",
        "factor": "因素",
        "use_head": "用途",
        "kind": "种类",
    },
}
_OTHERS = ("other", "rounds", "officers")


def steps_shown(split: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the steps that are told and drawn: 0 → 1, 1 → 2 and 2 → the highest, or the first and the last."""
    there = list(dict.fromkeys(zip(split["from"], split["to"], strict=True)))
    top = max(b for _, b in there)
    wanted = [one for one in ((0.0, 1.0), (1.0, 2.0), (2.0, top)) if one in there]
    return wanted or list(
        dict.fromkeys([there[0], (min(there)[0], top) if (min(there)[0], top) in there else there[-1]])
    )


def sentences(split: pd.DataFrame, hours: pd.DataFrame, left: pd.DataFrame, language: str) -> list[str]:
    """Return what each unit of pressure buys, where the hours go, and what is left."""
    words, out = _WORDS[language], []
    for a, b in steps_shown(split):
        rows = split[(split["from"] == a) & (split["to"] == b)].set_index("factor")
        mean = rows["mean"]
        parts = {name: points(float(mean[name])) for name in FACTORS}
        whole = points(*rows.loc["whole", ["mean", "low", "high"]])
        out.append(
            words["step"].format(a=a, b=b, whole=whole, others=points(float(mean[list(_OTHERS)].sum())), **parts)
        )
    first, last = (float(f(hours["strength"])) for f in (min, max))
    by = hours.set_index(["strength", "use"])
    paid = {b: sum(float(by.loc[(b, use), "mean"]) for use in USES) / 1000.0 for b in (first, last)}
    uses = [
        words["use"].format(
            name=USE_NAMES[language][use],
            **{k: f"{100 * by.loc[(b, use), 'share']:.1f}" for k, b in (("one", first), ("two", last))},
        )
        for use in USES
    ]
    ends = {"a": first, "b": last}
    digits = 0 if min(paid[first], paid[last]) >= 10.0 else 2  # thousands; a small city has a few
    paid_text = {"paid0": f"{paid[first]:,.{digits}f}", "paid1": f"{paid[last]:,.{digits}f}"}
    out.append(words["hours"].format(uses=listed(uses, language), **ends, **paid_text))
    hard = left[left["kind"] != "reach"].groupby("strength")[["of_failed", "failed"]].sum()
    said = {"hard": percent(hard.loc[last, "of_failed"], 2), "hard0": percent(hard.loc[first, "of_failed"], 2)}
    said |= {"core": percent(hard.loc[last, "failed"], 2), "core0": percent(hard.loc[first, "failed"], 2)}
    return [*out, words["left"].format(**ends, **said)]


def sheets(
    split: pd.DataFrame, hours: pd.DataFrame, left: pd.DataFrame, note: str, digest: str, language: str
) -> dict[str, Sheet]:
    """Return the tables for print: the split, hours by use, and tickets by kind."""
    words = _WORDS[language]
    steps = list(dict.fromkeys(zip(split["from"], split["to"], strict=True)))
    cells = split.set_index(["from", "to", "factor"])
    rows = [
        [name, *(points(*cells.loc[(*step, key), ["mean", "low", "high"]]) for step in steps)]
        for key, name in FACTOR_NAMES[language].items()
    ]
    head = [words["factor"], *(f"{a:g} → {b:g}" for a, b in steps)]
    out = {"split": Sheet(caption(words["split"], note, digest, language), head, rows)}
    strengths = list(dict.fromkeys(hours["strength"]))
    head = [f"β = {b:g}" for b in strengths]
    by = hours.set_index(["strength", "use"])
    lines = [[USE_NAMES[language][use], *(_hours(by.loc[(b, use)]) for b in strengths)] for use in (*USES, *TAKEN)]
    out["hours"] = Sheet(caption(words["hours_title"], note, digest, language), [words["use_head"], *head], lines)
    of = left.set_index(["strength", "kind"])
    lines = [[KIND_NAMES[language][kind], *(_kinds(of.loc[(b, kind)]) for b in strengths)] for kind in KINDS]
    out["left"] = Sheet(caption(words["left_title"], note, digest, language), [words["kind"], *head], lines)
    return out


def _hours(row: pd.Series) -> str:
    return f"{row['mean'] / 1000.0:,.0f} ({100.0 * row['share']:.1f})"


def _kinds(row: pd.Series) -> str:
    return " · ".join(percent(float(row[key]), 2) for key in ("tickets", "resolved", "of_failed"))
