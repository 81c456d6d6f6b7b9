"""Settings: a composed configuration, checked whole before any work."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.build import build
from experiments.checks import (
    arms_of,
    city_of,
    design_of,
    figures_of,
    labels_of,
    language_of,
    outcomes_of,
    reform_of,
    rules_fit,
    scale_of,
    seeds_of,
    start_of,
    study_of,
    whole,
    writable,
)
from experiments.errors import BadInput, nearest
from experiments.pairs import checked_pairs, with_pairs
from experiments.precision import FIRST_SEEDS, MOST_SEEDS, checked_precision
from sim.city import City
from sim.parameters import Parameters
from sim.reforms import Reform
from sim.rules import Rules

MOST_MONTHS = 240
KEYS = (
    *("city", "rules", "parameters", "reforms", "arms", "pairs", "labels", "seeds", "precision", "most_seeds"),
    *("months", "start", "scale", "n_jobs", "results_dir", "language", "figures", "design", "part", "parts"),
    *("study", "stages", "outcomes"),
)


@dataclass(frozen=True)
class Settings:
    """One experiment, ready to run. The first arm is the baseline."""

    experiment: str
    city: City
    rules: Rules
    parameters: Parameters
    reforms: dict[str, Reform]
    arms: dict[str, list[str]]
    pairs: list[str]  # reform labels of which every pair is an arm too
    labels: dict[str, str]  # arm -> its name in figures and tables
    seeds: list[int]  # with `auto` those so far
    auto: bool  # whether seeds are added until `precision` or `most_seeds` is reached
    precision: dict[str, float]  # outcome -> half-width wanted
    most_seeds: int
    months: int
    start: str
    scale: float
    n_jobs: int
    results_dir: Path
    language: str
    figures: list[str]
    design: dict[str, Any]  # of points at which all arms are run; empty if there is none
    part: int  # of the runs, every parts-th from the part-th on, if they are shared out among `parts` processes
    parts: int
    study: str  # the file of experiments/studies/ that says what was found; "" if none
    stages: dict[str, Settings]  # of a study, each with arms and a design of its own
    outcomes: list[str]  # that a study looks at; empty for its own choice
    config: dict[str, Any]  # as composed, for config.yaml and the folder's name

    @property
    def baseline(self) -> str:
        """Return the label of the first arm."""
        return next(iter(self.arms))

    @property
    def has_points(self) -> bool:
        """Say whether the arms are run at the points of a design, or of a study's stages."""
        return bool(self.design or self.stages)

    @property
    def city_label(self) -> str:
        """Return the city's name in the language of figures and tables."""
        return self.city.label_zh if self.language == "zh" else self.city.label_en

    @property
    def all_stages(self) -> dict[str, Settings]:
        """Return the stages of a study; without any, these settings as the only one."""
        return self.stages or {"": self}


def settings_from(config: dict[str, Any], experiment: str, writes: bool = True) -> Settings:
    """Check a composed configuration and return it as settings. Raises BadInput with one line.

    `writes` says that the results folder will be written to.
    """
    for key in config:
        if key not in KEYS:
            raise BadInput(f"{key}: unknown key{nearest(str(key), KEYS)}")
    reforms = {label: reform_of(label, node) for label, node in config["reforms"].items() if node is not None}
    pairs, language = checked_pairs(config["pairs"], reforms), language_of(config["language"])
    arms = with_pairs(arms_of(config.get("arms"), reforms), pairs)
    parts = whole("parts", config["parts"], 1, 1_000_000)
    if config["seeds"] == "auto" and parts > 1:
        raise BadInput("seeds: auto is found by one command; with parts give their number or a list")
    settings = Settings(
        experiment=experiment,
        city=city_of(config["city"]),
        rules=build(Rules, config["rules"], "rules"),
        parameters=build(Parameters, config["parameters"], "parameters"),
        reforms=reforms,
        arms=arms,
        pairs=pairs,
        labels=labels_of(config["labels"], arms, pairs, language),
        seeds=seeds_of(config["seeds"]),
        auto=config["seeds"] == "auto",
        precision=checked_precision(config["precision"]),
        most_seeds=whole("most_seeds", config["most_seeds"], FIRST_SEEDS, MOST_SEEDS),
        months=whole("months", config["months"], 1, MOST_MONTHS),
        start=start_of(config["start"]),
        scale=scale_of(config["scale"]),
        n_jobs=whole("n_jobs", config["n_jobs"], 0, 1024) or len(os.sched_getaffinity(0)),
        results_dir=writable(config["results_dir"]) if writes else Path(config["results_dir"]),
        language=language,
        figures=figures_of(config["figures"]),
        design=design_of(config["design"], config["seeds"]),
        part=whole("part", config["part"], 0, parts - 1),
        parts=parts,
        study=study_of(config["study"]),
        stages={},
        outcomes=outcomes_of(config["outcomes"]),
        config=config,
    )
    rules_fit(arms, reforms, settings.rules, settings.start)
    if config["stages"] is not None and not isinstance(config["stages"], Mapping):
        raise BadInput(f"stages: {config['stages']!r} must give {', '.join(_STAGE)} for each stage")
    stages = {str(name): _stage(settings, f"stages.{name}", node) for name, node in (config["stages"] or {}).items()}
    if settings.study and not stages and not settings.design:
        raise BadInput("study: needs stages, or a design of points to run")
    if stages and (not settings.study or settings.design):
        raise BadInput("stages: belong to a study, and have designs of their own")
    surge = settings.parameters
    if surge.surge != 1.0 and surge.surge_from < 1 and not stages:
        raise BadInput("parameters.surge_from: 0 is no month, so the surge would never come; it must be 1 or more")
    if surge.surge != 1.0 and surge.surge_from > settings.months and not stages:
        raise BadInput(f"months: {settings.months} end before the surge, which begins in month {surge.surge_from}")
    return dataclasses.replace(settings, stages=stages)


_STAGE = ("arms", "design", "seeds", "months")
_DESIGN = {"method": "none", "over": [], "points": 0, "seed": 0, "file": ""}


def _stage(settings: Settings, where: str, node: Any) -> Settings:
    """Return the settings of a stage: those of the study with arms, design, seeds and months of its own."""
    if not isinstance(node, Mapping):
        raise BadInput(f"{where}: {node!r} must have some of the keys {', '.join(_STAGE)}")
    for key in node:
        if key not in _STAGE:
            raise BadInput(f"{where}.{key}: unknown key{nearest(str(key), _STAGE)}")
    arms, design = node.get("arms", list(settings.arms)), node.get("design", {})
    if not isinstance(arms, list):
        raise BadInput(f"{where}.arms: {arms!r} must be a list of arms, like '[{settings.baseline}]'")
    for arm in arms:
        if str(arm) not in settings.arms:
            raise BadInput(f"{where}.arms: unknown arm '{arm}'{nearest(str(arm), settings.arms)}")
    if not isinstance(design, Mapping):
        raise BadInput(f"{where}.design: {design!r} must have some of the keys {', '.join(_DESIGN)}")
    for key in design:
        if key not in _DESIGN:
            raise BadInput(f"{where}.design.{key}: unknown key{nearest(str(key), _DESIGN)}")
    seeds = node.get("seeds", settings.config["seeds"])
    if seeds == "auto" or not arms:
        raise BadInput(f"{where}: give " + ("at least one arm" if not arms else "the number of seeds or a list"))
    return dataclasses.replace(
        settings,
        arms={str(arm): settings.arms[arm] for arm in arms},
        design=design_of(_DESIGN | dict(design), seeds),
        seeds=seeds_of(seeds),
        months=whole(f"{where}.months", node.get("months", settings.months), 1, MOST_MONTHS),
        study="",
    )
