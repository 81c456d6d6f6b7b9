"""Captions of what a study shows, complete: what is drawn, of which runs, with n, intervals and digest."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from experiments.intervals import kind_of
from experiments.studies.ran import Ran
from experiments.studies.texts import caption, note, seeds_text

_WORDS = {
    "en": {
        "all": "{text} Runs: {runs}; {city}, from {start}{scale}",
        "stage": "{runs} of {months} in stage “{stage}”",
        "runs": "{runs} of {months}",
        "made": " ({points} × {arms} × {seeds})",
        "run": ("{n} run", "{n} runs"),
        "month": ("{n} month", "{n} months"),
        "point": ("{n} point of settings", "{n} points of settings"),
        "arm": ("{n} arm", "{n} arms"),
        "seed": ("{n} seed", "{n} seeds"),
        "join": ", ",
        "scale": ", scale {scale:g}",
    },
    "zh": {
        "all": "{text}运行：{runs}；{city}，自 {start} 起{scale}",
        "stage": "阶段“{stage}”{runs}，各 {months}",
        "runs": "{runs}，各 {months}",
        "made": "（{points} × {arms} × {seeds}）",
        "run": ("{n} 个运行", "{n} 个运行"),
        "month": ("{n} 个月", "{n} 个月"),
        "point": ("{n} 组设置", "{n} 组设置"),
        "arm": ("{n} 个方案", "{n} 个方案"),
        "seed": ("{n} 个种子", "{n} 个种子"),
        "join": "，",
        "scale": "，人口比例 {scale:g}",
    },
}


@dataclass(frozen=True)
class Of:
    """Of which stages a figure is, and whether its bands and whiskers are intervals over seeds."""

    stages: tuple[str, ...]  # the first of them is always there; ("",) where the study has no stages
    over_seeds: bool = True


def captioned(ran: Ran, text: str, of: Of) -> str:
    """Return a figure's or a sheet's text with its runs, n, the kind of intervals if over seeds, and the digest."""
    words, settings = _WORDS[ran.language], ran.settings
    there = [name for name in of.stages if name in settings.all_stages]
    tables = [ran.stage(name) for name in there]
    seeds = [int(table["seed"].nunique()) for table in tables]
    scale = "" if ran.scale == 1.0 else words["scale"].format(scale=ran.scale)
    runs = words["join"].join(_runs(ran, name, table) for name, table in zip(there, tables, strict=True))
    said = words["all"].format(text=text, runs=runs, city=settings.city_label, start=settings.start, scale=scale)
    n, least = max(seeds), min(seeds)
    if of.over_seeds:
        return caption(said, note(n, kind_of(n), ran.language, least), ran.digest, ran.language)
    return caption(said, seeds_text(n, ran.language, least), ran.digest, ran.language)


def _runs(ran: Ran, stage: str, table: pd.DataFrame) -> str:
    """Return how many runs of how many months a stage has, and of what they are the product if they are one."""
    words = _WORDS[ran.language]
    keys = [name for name in ("point", "arm", "seed") if name in table]
    n, months = len(table[keys].drop_duplicates()), int(table.groupby(keys)["month"].nunique().max())
    counts = {key: int(table[key].nunique()) if key in table else 1 for key in ("point", "arm", "seed")}
    parts = {f"{key}s": words[key][counts[key] > 1].format(n=counts[key]) for key in counts}
    said = {"runs": words["run"][n > 1].format(n=n), "months": words["month"][months > 1].format(n=months)}
    out = words["stage" if stage else "runs"].format(stage=stage, **said)
    return out + (words["made"].format(**parts) if n == counts["point"] * counts["arm"] * counts["seed"] else "")
