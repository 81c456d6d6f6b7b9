"""Checks of single settings: what each key may say, and one clear line if it says anything else."""

from __future__ import annotations

import datetime
import itertools
import pkgutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.build import build
from experiments.errors import BadInput, nearest
from experiments.figure_names import figure_names
from experiments.pairs import pair_name
from experiments.precision import FIRST_SEEDS
from sim.city import City, CityError
from sim.declare import DeclarationError
from sim.outcomes import OUTCOMES
from sim.reforms import Reform, reform_class, reform_names, rules_in_force
from sim.rules import Rules

_USES = {"none": (), "csv": ("file",), "grid": ("over",), "switches": ("over",)}  # keys, but for designs by chance
_NO_STUDIES = ("captions", "ran", "responses", "texts")  # of experiments/studies/: what studies share


def study_of(value: Any) -> str:
    """Return the study's name, which is a file of experiments/studies/, or ""."""
    known = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent / "studies")])]
    known = [name for name in known if name not in _NO_STUDIES]
    if value and value not in known:
        raise BadInput(f"study: unknown study '{value}'{nearest(str(value), known)} (known: {', '.join(known)})")
    return str(value or "")


def design_of(node: Any, seeds: Any) -> dict[str, Any]:
    """Return the design as asked for, or nothing; its points are checked where they are made.

    What a design does not use is refused, not dropped in silence.
    """
    if not isinstance(node, Mapping):
        raise BadInput(f"design: {node!r} must be the name of a file in conf/design, or change single keys")
    method = node.get("method", "none")
    if not isinstance(method, str):
        raise BadInput(f"design.method: unknown {method!r}; must be a name")
    for key, value in node.items():
        if value and key not in ("method", *_USES.get(method, ("over", "points", "seed"))):
            raise BadInput(
                f"design.{key}: there is no design; choose one, like design=latin_hypercube"
                if method == "none"
                else f"design.{key}: a design of the kind '{method}' does not use it"
            )
    if method == "none":
        return {}
    if seeds == "auto":
        raise BadInput("seeds: auto is for arms; with a design give their number or a list")
    return {str(key): value for key, value in node.items()}


def city_of(node: Any) -> City:
    """Return the city of a folder of files."""
    folder = str(node["folder"]) if isinstance(node, Mapping) and "folder" in node else str(node)
    try:
        return City.load(folder)
    except CityError as error:
        raise BadInput(f"city: {error}") from None


def reform_of(label: str, node: Any) -> Reform:
    """Return the reform that a node with the key `reform` means."""
    where = f"reforms.{label}"
    if not isinstance(node, Mapping) or "reform" not in node:
        raise BadInput(f"{where}: must have the key 'reform' with the name of a reform")
    name = str(node["reform"])
    if name not in reform_names():
        known = reform_names()
        raise BadInput(f"{where}.reform: unknown reform '{name}'{nearest(name, known)} (known: {', '.join(known)})")
    return build(reform_class(name), {key: value for key, value in node.items() if key != "reform"}, where)


def arms_of(node: Any, reforms: Mapping[str, Reform]) -> dict[str, list[str]]:
    """Return the reform labels of each arm."""
    if not isinstance(node, Mapping) or not node:
        raise BadInput("arms: must name at least one arm, like arms.baseline='[]'")
    arms: dict[str, list[str]] = {}
    for arm, labels in node.items():
        if not isinstance(labels, list):
            raise BadInput(f"arms.{arm}: {labels!r} must be a list of reform labels, like '[escalation]'")
        for label in labels:
            if not isinstance(label, str):
                raise BadInput(f"arms.{arm}: {label!r} must be the name of a reform under `reforms`")
            if label not in reforms:
                raise BadInput(f"arms.{arm}: unknown reform label '{label}'{nearest(label, reforms)}")
            if labels.count(label) > 1:
                raise BadInput(f"arms.{arm}: '{label}' is named twice; other values need a label of their own")
        arms[str(arm)] = [str(label) for label in labels]
    return arms


def rules_fit(arms: Mapping[str, list[str]], reforms: Mapping[str, Reform], rules: Rules, start: str) -> None:
    """Check that each arm's reforms make rules that are allowed, from the start and from each date on."""
    for arm, labels in arms.items():
        some = [reforms[label] for label in labels]
        for date in sorted({start, *(day for one in some for day in (one.start, one.end) if day > start)}):
            try:
                rules_in_force(rules, some, date)
            except DeclarationError as error:
                raise BadInput(f"arms.{arm}: its reforms make rules that are not allowed: {error}") from None


def labels_of(node: Any, arms: Mapping[str, Any], pairs: list[str], language: str) -> dict[str, str]:
    """Return each arm's name for readers: the one given under `labels`, else its own with spaces."""
    both = {pair_name(a, b): (a, b) for a, b in itertools.combinations(pairs, 2)}
    if node is not None and not isinstance(node, Mapping):
        raise BadInput(f"labels: {node!r} must give texts for each arm, like labels.both.en='both reforms'")
    given = node or {}
    labels: dict[str, str] = {}
    for arm in sorted(arms, key=lambda name: name in both):  # a pair's name is made of those of its parts
        names = given.get(arm) or {}
        if not isinstance(names, Mapping) or not all(isinstance(name, str) for name in names.values()):
            raise BadInput(f"labels.{arm}: {names!r} must give a text for en and for zh")
        named = " + ".join(labels[one] for one in both[arm]) if arm in both else arm.replace("_", " ")
        labels[arm] = names.get(language) or named
    return {arm: labels[arm] for arm in arms}


def seeds_of(value: Any) -> list[int]:
    """Return the seeds that a number, a list or "auto" means."""
    if isinstance(value, list):
        if not value:
            raise BadInput("seeds: the list is empty")
        seeds = [whole("seeds", seed, 0, 2**63 - 1) for seed in value]
        if len(set(seeds)) < len(seeds):
            raise BadInput(f"seeds: {value} names a seed twice")
        return seeds
    if value == "auto":
        return list(range(FIRST_SEEDS))
    if isinstance(value, str):
        raise BadInput(f"seeds: '{value}' must be a whole number (how many), a list like '[3,5,8]', or auto")
    return list(range(whole("seeds", value, 1, 100_000)))


def whole(key: str, value: Any, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadInput(f"{key}: {value!r} must be a whole number from {low} to {high}")
    return value


def start_of(value: Any) -> str:
    """Return the first day of the run as an ISO date."""
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"start: {value!r} must be a date like 2019-01-01") from None
    if day.day != 1 or not 1990 <= day.year <= 2100:
        raise BadInput(f"start: {value} must be the first of a month from 1990 to 2100")
    return day.isoformat()


def scale_of(value: Any) -> float:
    """Return the share of the residents that is simulated."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 < value <= 1.0:
        raise BadInput(f"scale: {value!r} must be a number above 0 and at most 1 (share of the residents)")
    return float(value)


def language_of(value: Any) -> str:
    """Return "en" or "zh"."""
    if value not in ("en", "zh"):
        raise BadInput(f"language: {value!r} must be en or zh")
    return str(value)


def figures_of(value: Any) -> list[str]:
    """Return the figures to draw; each is a file of experiments/figures/."""
    known = figure_names()
    if not isinstance(value, list):
        raise BadInput(f"figures: {value!r} must be a list, like '[resolution,hours]'")
    for name in value:
        if name not in known:
            raise BadInput(f"figures: unknown figure '{name}'{nearest(str(name), known)} (known: {', '.join(known)})")
    return [str(name) for name in value]


def outcomes_of(value: Any) -> list[str]:
    """Return the outcomes that a study looks at; the first is the one it says most of."""
    if not isinstance(value, list):
        raise BadInput(f"outcomes: {value!r} must be a list, like '[real_resolution,repeat_share]'")
    for name in value:
        if str(name) not in OUTCOMES:
            raise BadInput(f"outcomes: unknown outcome '{name}'{nearest(str(name), OUTCOMES)}")
        if value.count(name) > 1:
            raise BadInput(f"outcomes: '{name}' is named twice")
    return [str(name) for name in value]


def writable(value: Any, key: str = "results_dir") -> Path:
    """Return a folder to write into; nothing is made yet, but the nearest existing folder above must take files."""
    if not isinstance(value, (str, int, Path)) or not str(value).strip():
        raise BadInput(f"{key}: {value!r} must be the name of a folder")
    folder = Path(str(value)).absolute()
    existing = folder
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir():
        raise BadInput(f"{key}: {existing} is a file, not a folder")
    try:  # permissions alone do not tell: root may write anywhere but in read-only places
        tempfile.TemporaryFile(dir=existing).close()
    except OSError:
        raise BadInput(f"{key}: {existing} cannot be written to") from None
    return folder
