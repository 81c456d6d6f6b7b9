"""Settings: a composed configuration, checked whole before any work."""

from __future__ import annotations

import datetime
import itertools
import os
import pkgutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.build import build
from experiments.errors import BadInput, nearest
from experiments.pairs import checked_pairs, pair_name, with_pairs
from experiments.precision import FIRST_SEEDS, MOST_SEEDS, checked_precision
from sim.city import City, CityError
from sim.parameters import Parameters
from sim.reforms import Reform, reform_class, reform_names
from sim.rules import Rules

MOST_MONTHS = 240
_NO_FIGURES = ("style", "panels")  # of experiments/figures/: what figures share
KEYS = (
    *("city", "rules", "parameters", "reforms", "arms", "pairs", "labels", "seeds", "precision", "most_seeds"),
    *("months", "start", "scale", "n_jobs", "results_dir", "language", "figures", "design", "part", "parts"),
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
    config: dict[str, Any]  # as composed, for config.yaml and the folder's name

    @property
    def baseline(self) -> str:
        """Return the label of the first arm."""
        return next(iter(self.arms))


def settings_from(config: dict[str, Any], experiment: str) -> Settings:
    """Check a composed configuration and return it as settings. Raises BadInput with one line."""
    for key in config:
        if key not in KEYS:
            raise BadInput(f"{key}: unknown key{nearest(str(key), KEYS)}")
    reforms = {label: _reform(label, node) for label, node in config["reforms"].items() if node is not None}
    pairs, language = checked_pairs(config["pairs"], reforms), _language(config["language"])
    arms = with_pairs(_arms(config.get("arms"), reforms), pairs)
    parts = _whole("parts", config["parts"], 1, 1_000_000)
    return Settings(
        experiment=experiment,
        city=_city(config["city"]),
        rules=build(Rules, config["rules"], "rules"),
        parameters=build(Parameters, config["parameters"], "parameters"),
        reforms=reforms,
        arms=arms,
        pairs=pairs,
        labels=_labels(config["labels"], arms, pairs, language),
        seeds=_seeds(config["seeds"]),
        auto=config["seeds"] == "auto",
        precision=checked_precision(config["precision"]),
        most_seeds=_whole("most_seeds", config["most_seeds"], FIRST_SEEDS, MOST_SEEDS),
        months=_whole("months", config["months"], 1, MOST_MONTHS),
        start=_start(config["start"]),
        scale=_scale(config["scale"]),
        n_jobs=_whole("n_jobs", config["n_jobs"], 0, 1024) or len(os.sched_getaffinity(0)),
        results_dir=_writable(config["results_dir"]),
        language=language,
        figures=_figures(config["figures"]),
        design=_design(config["design"], config["seeds"]),
        part=_whole("part", config["part"], 0, parts - 1),
        parts=parts,
        config=config,
    )


def _design(node: Any, seeds: Any) -> dict[str, Any]:
    """Return the design as asked for, or nothing; its points are checked where they are made."""
    if not isinstance(node, Mapping) or node.get("method", "none") == "none":
        return {}
    if seeds == "auto":
        raise BadInput("seeds: auto is for arms; with a design give their number or a list")
    return {str(key): value for key, value in node.items()}


def _city(node: Any) -> City:
    folder = str(node["folder"]) if isinstance(node, Mapping) and "folder" in node else str(node)
    try:
        return City.load(folder)
    except CityError as error:
        raise BadInput(f"city: {error}") from None


def _reform(label: str, node: Any) -> Reform:
    where = f"reforms.{label}"
    if not isinstance(node, Mapping) or "reform" not in node:
        raise BadInput(f"{where}: must have the key 'reform' with the name of a reform")
    name = str(node["reform"])
    if name not in reform_names():
        known = reform_names()
        raise BadInput(f"{where}.reform: unknown reform '{name}'{nearest(name, known)} (known: {', '.join(known)})")
    return build(reform_class(name), {key: value for key, value in node.items() if key != "reform"}, where)


def _arms(node: Any, reforms: Mapping[str, Reform]) -> dict[str, list[str]]:
    if not isinstance(node, Mapping) or not node:
        raise BadInput("arms: must name at least one arm, like arms.baseline='[]'")
    arms: dict[str, list[str]] = {}
    for arm, labels in node.items():
        if not isinstance(labels, list):
            raise BadInput(f"arms.{arm}: {labels!r} must be a list of reform labels, like '[tournament_off]'")
        for label in labels:
            if label not in reforms:
                raise BadInput(f"arms.{arm}: unknown reform label '{label}'{nearest(str(label), reforms)}")
        arms[str(arm)] = [str(label) for label in labels]
    return arms


def _labels(node: Any, arms: Mapping[str, Any], pairs: list[str], language: str) -> dict[str, str]:
    """Return each arm's name for readers: the one given under `labels`, else its own with spaces."""
    both = {pair_name(a, b): (a, b) for a, b in itertools.combinations(pairs, 2)}
    given = node if isinstance(node, Mapping) else {}
    labels: dict[str, str] = {}
    for arm in sorted(arms, key=lambda name: name in both):  # a pair's name is made of those of its parts
        names = given.get(arm) or {}
        if not isinstance(names, Mapping) or not all(isinstance(name, str) for name in names.values()):
            raise BadInput(f"labels.{arm}: {names!r} must give a text for en and for zh")
        named = " + ".join(labels[one] for one in both[arm]) if arm in both else arm.replace("_", " ")
        labels[arm] = names.get(language) or named
    return {arm: labels[arm] for arm in arms}


def _seeds(value: Any) -> list[int]:
    if isinstance(value, list):
        if not value:
            raise BadInput("seeds: the list is empty")
        seeds = [_whole("seeds", seed, 0, 2**63 - 1) for seed in value]
        if len(set(seeds)) < len(seeds):
            raise BadInput(f"seeds: {value} names a seed twice")
        return seeds
    if value == "auto":
        return list(range(FIRST_SEEDS))
    if isinstance(value, str):
        raise BadInput(f"seeds: '{value}' must be a whole number (how many), a list like '[3,5,8]', or auto")
    return list(range(_whole("seeds", value, 1, 100_000)))


def _whole(key: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadInput(f"{key}: {value!r} must be a whole number from {low} to {high}")
    return value


def _start(value: Any) -> str:
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"start: {value!r} must be a date like 2019-01-01") from None
    if day.day != 1 or not 1990 <= day.year <= 2100:
        raise BadInput(f"start: {value} must be the first of a month from 1990 to 2100")
    return day.isoformat()


def _scale(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 < value <= 1.0:
        raise BadInput(f"scale: {value!r} must be a number above 0 and at most 1 (share of the residents)")
    return float(value)


def _language(value: Any) -> str:
    if value not in ("en", "zh"):
        raise BadInput(f"language: {value!r} must be en or zh")
    return str(value)


def _figures(value: Any) -> list[str]:
    """Return the figures to draw; each is a file of experiments/figures/."""
    known = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent / "figures")])]
    known = [name for name in known if name not in _NO_FIGURES]
    if not isinstance(value, list):
        raise BadInput(f"figures: {value!r} must be a list, like '[resolution,hours]'")
    for name in value:
        if name not in known:
            raise BadInput(f"figures: unknown figure '{name}'{nearest(str(name), known)} (known: {', '.join(known)})")
    return [str(name) for name in value]


def _writable(value: Any) -> Path:
    """Return the results folder; nothing is made yet, but the nearest existing folder above must take files."""
    folder = Path(str(value)).absolute()
    existing = folder
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir():
        raise BadInput(f"results_dir: {existing} is a file, not a folder")
    try:  # permissions alone do not tell: root may write anywhere but in read-only places
        tempfile.TemporaryFile(dir=existing).close()
    except OSError:
        raise BadInput(f"results_dir: {existing} cannot be written to") from None
    return folder
