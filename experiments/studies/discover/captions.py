"""The captions of the study's figures; counts and shares in them are those that were found."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.studies.captions import Of, captioned
from experiments.studies.discover.found import Found
from experiments.studies.ran import Ran
from experiments.words import name_of

TEXTS = {
    "en": {
        "worlds": "{outcome}, “{first}” less “{second}”, in each of {known} worlds, in order: means over seeds and "
        "months, paired seed by seed, with 95 % t intervals whose noise is pooled over worlds. “{first}” is better in "
        "{better} worlds, “{second}” in {worse}, and in {undecided} they are not told apart.",
        "box": "Worlds in which “{first}” beats “{second}” in {name} (PRIM): worlds over the two most certain limits "
        "with the box, and coverage against density on the way to it, with the box chosen, and what boxes made the "
        "same "
        "way reach in worlds held out; the whisker is a 95 % interval. Dashed: the density in all worlds.",
    },
    "zh": {
        "worlds": "{outcome}：“{first}”减“{second}”，{known} 个世界按差异排序：对种子与月份取均值，逐种子配对，"
        "误差线为 95 % t 区间（噪声在各世界间合并）。“{first}”较优 {better} 个，“{second}”较优 {worse} 个，"
        "{undecided} 个无法区分。",
        "box": "“{first}”在{name}上优于“{second}”的世界（PRIM）：各世界在两个最确定的限制上的位置与区域，"
        "以及得出该区域途中覆盖率与密度的取舍、所选区域，和以同法得出的区域在留出世界中的表现（误差线为 95 % 区间）。"
        "虚线为全部世界的密度。",
    },
}


def of_worlds(ran: Ran) -> Of:
    """Return that a figure or sheet is of the only stage; its intervals are not over seeds alone."""
    return Of(tuple(ran.settings.all_stages), over_seeds=False)


def captions_of(ran: Ran, shown: Mapping[str, Found]) -> dict[str, str]:
    """Return the captions of figures, each with what it shows: what was found, or the same turned round."""
    out = {}
    for name, found in shown.items():
        first, second = (ran.settings.labels[arm] for arm in found.arms)
        said = name_of(found.outcome, ran.language)
        counts = {"known": found.known, "better": found.better, "worse": found.worse, "undecided": found.undecided}
        names = {"first": first, "second": second, "name": said, "outcome": said[:1].upper() + said[1:]}
        out[name] = captioned(ran, TEXTS[ran.language][name].format(**names, **counts), of_worlds(ran))
    return out
