"""What the curve says, in sentences filled in from its tables, and its tables for print."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from experiments.markup import Sheet
from experiments.studies.diminishing_returns.curve import LESS, MORE, Best, Ends
from experiments.studies.diminishing_returns.texts import MEASURES, SAYS, points
from experiments.studies.texts import caption, percent, percent_in
from experiments.words import listed

_WORDS = {
    "en": {
        "levels": "Without a tournament (β = {first:g}) {real0} % of the tickets are really resolved and {reported0} % "
        "by report; at β = {top:g} {real1} % and {reported1} %. The gap between the two goes from {gap0} to {gap1} "
        "points.",
        "marginal": "A unit of β adds {early} points of real resolution from β = {a:g} to {b:g}, and {late} from "
        "β = {c:g} to {d:g}.",
        "fades": "From β = {fades:g} on no further step is told apart upwards from nothing.",
        "still": "Up to β = {top:g} the last step still gains: the return has not reached zero.",
        "alone": "With one seed there is no interval, so it cannot be said where the marginal gain reaches zero.",
        "falls": "From β = {falls:g} on a step surely loses.",
        "no fall": "No step surely loses.",
        "best": "Of the strengths tried real resolution is highest at β = {best:g} (95 % of resamples of the seeds: "
        "{low:g} to {high:g}; single seeds: {least:g} to {most:g}); not told apart from it: {alike}.",
        "best alone": "In the only seed real resolution is highest at β = {best:g}.",
        "maximum": "There is a maximum below β = {top:g}: against β = {below:g}, the best below, it is {drop} points "
        "there.",
        "none": "There is no maximum up to β = {top:g}: it is higher than every lower strength, by {drop} points than "
        "β = {below:g}, the best of them.",
        "undecided": "Whether there is a maximum below β = {top:g} is not decided: against β = {below:g}, the best "
        "below, it is {drop} points.",
        "streets": "From β = {first:g} to {top:g} what departments and enterprises hold gains {departments} points, "
        "what streets hold {streets}. Of streets' tickets alone.",
        "nothing": "no other",
        "curve": "Resolution over the strength of the tournament β, per cent of tickets",
        "steps": "Gain per unit of β between neighbouring strengths, percentage points, paired seed by seed",
        "step": "step",
        "says": "reading",
    },
    "zh": {
        "levels": "没有锦标赛（β = {first:g}）时，真实解决率为 {real0} %，考核解决率为 {reported0} %；β = {top:g} 时"
        "分别为 {real1} % 和 {reported1} %。两者之差由 {gap0} 个百分点变为 {gap1} 个百分点。",
        "marginal": "每增加一个单位 β，真实解决率在 β = {a:g} 至 {b:g} 之间变化 {early} 个百分点，"
        "在 β = {c:g} 至 {d:g} 之间变化 {late} 个百分点。",
        "fades": "从 β = {fades:g} 起，再往上的每一步都无法确认有收益。",
        "still": "直到 β = {top:g}，最后一步仍有收益，没有降到零。",
        "alone": "只有一个随机种子，没有区间，无法判断边际收益在何处降到零。",
        "falls": "从 β = {falls:g} 起，有一步确定受损。",
        "no fall": "没有哪一步确定受损。",
        "best": "在所试的强度中，真实解决率在 β = {best:g} 时最高（对种子重抽样的 95 %：{low:g} 至 {high:g}；"
        "单个种子：{least:g} 至 {most:g}）；与之无法区分的强度：{alike}。",
        "best alone": "在唯一的种子中，真实解决率在 β = {best:g} 时最高。",
        "maximum": "最高点低于 β = {top:g}：与其下最好的 β = {below:g} 相比，差异为 {drop} 个百分点。",
        "none": "直到 β = {top:g} 没有最高点：它高于其下每一个强度，与其中最好的 β = {below:g} 相差 {drop} 个百分点。",
        "undecided": "低于 β = {top:g} 处是否有最高点尚无定论：与其下最好的 β = {below:g} 相比，"
        "差异为 {drop} 个百分点。",
        "streets": "β 从 {first:g} 到 {top:g}，部门和企业所办工单变化 {departments} 个百分点，街道所办变化 "
        "{streets} 个百分点。仅就街道工单而言。",
        "nothing": "无",
        "curve": "真实解决率与考核解决率随锦标赛强度 β 的变化，占工单的百分比",
        "steps": "相邻强度之间每单位 β 的收益，百分点，逐种子配对",
        "step": "步",
        "says": "解读",
    },
}


@dataclass(frozen=True)
class Found:
    """What the curve's tables say: levels, steps, where gains end and where it is best, of all tickets and streets'."""

    curve: pd.DataFrame
    steps: pd.DataFrame
    ends: Ends
    best: Best
    street_ends: Ends
    street_best: Best


def sentences(found: Found, language: str) -> list[str]:
    """Return what the curve says."""
    words, levels = _WORDS[language], found.curve.pivot(index="strength", columns="measure", values="mean")
    first, last, top = levels.iloc[0], levels.iloc[-1], float(levels.index[-1])
    ends = {name: percent(first[key], 2) for name, key in (("real0", "real"), ("reported0", "reported"))}
    ends |= {name: percent(last[key], 2) for name, key in (("real1", "real"), ("reported1", "reported"))}
    ends |= {"gap0": points(first["gap"]), "gap1": points(last["gap"])}
    out = [words["levels"].format(first=levels.index[0], top=top, **ends)]
    steps = found.steps[found.steps["measure"] == "real"]
    early, late = steps.iloc[0], steps.iloc[-1]
    shown = {"early": points(*early[["mean", "low", "high"]]), "late": points(*late[["mean", "low", "high"]])}
    out.append(words["marginal"].format(a=early["from"], b=early["to"], c=late["from"], d=late["to"], **shown))
    if found.best.n < 2:
        return [*out, words["alone"], words["best alone"].format(best=found.best.strength)]
    out.append(" ".join(_of_ends(found.ends, found.best, top, language)))
    parts = {name: levels[name] for name in ("streets", "departments")}
    gains = {name: points(float(part.iloc[-1] - part.iloc[0])) for name, part in parts.items()}
    said = " ".join(_of_ends(found.street_ends, found.street_best, top, language))
    return [*out, words["streets"].format(first=levels.index[0], top=top, **gains) + " " + said]


def _of_ends(ends: Ends, best: Best, top: float, language: str) -> list[str]:
    words, fades, falls = _WORDS[language], ends.fades, ends.falls
    out = [words["still"].format(top=top) if fades is None else words["fades"].format(fades=fades)]
    out.append(words["no fall"] if falls is None else words["falls"].format(falls=falls))
    return [*out, *_of_best(best, top, language)]


def _of_best(best: Best, top: float, language: str) -> list[str]:
    words = _WORDS[language]
    alike = listed([f"β = {b:g}" for b in best.alike], language) or words["nothing"]
    ends = {"low": best.low, "high": best.high, "least": best.least, "most": best.most}
    verdict = {LESS: "maximum", MORE: "none"}.get(best.says, "undecided")
    drop = points(best.drop, best.drop_low, best.drop_high)
    said = words["best"].format(best=best.strength, alike=alike, **ends)
    return [said, words[verdict].format(top=top, below=best.below, drop=drop)]


def sheets(found: Found, note: str, digest: str, language: str) -> dict[str, Sheet]:
    """Return the tables for print: levels, and steps."""
    words, names = _WORDS[language], MEASURES[language]
    levels = found.curve.set_index(["strength", "measure"])
    rows = [
        [f"{b:g}", *(_level(levels.loc[(b, name)], name) for name in names)] for b in _unique(found.curve, "strength")
    ]
    head = ["β", *names.values()]
    out = {"curve": Sheet(caption(words["curve"], note, digest, language), head, rows)}
    steps, lines = found.steps.set_index(["measure", "from"]), []
    for one in found.steps[found.steps["measure"] == "real"].itertuples():
        cells = [steps.loc[(name, one._2)] for name in names]
        texts = [points(*cell[["mean", "low", "high"]]) for cell in cells]
        lines.append(
            [
                f"{one._2:g} → {one.to:g}",
                *texts,
                "–" if math.isnan(cells[0]["low"]) else SAYS[language][cells[0]["says"]],
            ]
        )
    head = [words["step"], *names.values(), words["says"]]
    return out | {"steps": Sheet(caption(words["steps"], note, digest, language), head, lines)}


def _unique(table: pd.DataFrame, name: str) -> list[float]:
    return [float(value) for value in dict.fromkeys(table[name])]


def _level(row: pd.Series, name: str) -> str:
    return points(*row[["mean", "low", "high"]]) if name == "gap" else percent_in(row, 2)
