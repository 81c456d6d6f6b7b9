"""Who was changed: streets, zones, categories and streets by how they stood, each with the difference an arm makes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.arms import Plan, months_of
from experiments.callbacks import NEEDED as ANSWERS
from experiments.callbacks import counted, said
from experiments.compare import paired
from experiments.fates import NEEDED, fate_table, fates
from experiments.settings import Settings
from experiments.store import Store
from sim.city import City
from sim.reforms import rules_in_force
from sim.rules import Reserves, Tilting

Floats = NDArray[np.float64]

QUANTILES = 5
OUTCOMES = {  # outcome -> (over, under): the counts whose ratio it is, added up over months and members of a group
    "real_resolution": ("resolved", "closed"),
    "reported_resolution": ("said_resolved", "counted"),
}
COUNTS = ["resolved", "closed", "said_resolved", "counted"]
GIVEN = ["moved_hours", "money"]  # by which a street is known to receive staff or money
SIDES = ["receiving", "others"]
COLUMNS = [
    *("arm", "kind", "of", "outcome", "baseline", "mean", "difference", "ci_low", "ci_high", "share_better", "n"),
    *("interval", "d"),
]


@dataclass
class _Pairs:
    """Counts (members, COUNTS) of the baseline and of an arm, one a seed, over the months that both runs have."""

    base: list[Floats] = field(default_factory=list)
    here: list[Floats] = field(default_factory=list)


def who_changed(settings: Settings, plan: Plan, errors: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table of who was changed (COLUMNS) and the table of fates of problems, for all arms but the first.

    kind "street" (of: code), "zone", "category", "fifth": streets by their real resolution in the baseline, 1 the
    lowest, and, where an arm moves staff or buys hours, "side": streets that receive in most of the months in which it
    does (`giving`), and all others.
    Runs are read from the store one pair at a time.
    """
    streets: dict[str, _Pairs] = {}
    sides: dict[str, list[NDArray[np.int64]]] = {}
    categories: dict[str, _Pairs] = {}
    fate: dict[str, list[dict[str, int]]] = {}
    months_giving = {arm: giving(settings, arm) for arm in settings.arms}
    for arm, base, here in _run_pairs(settings, plan, errors):
        months = _common_months(base, here)
        when = [month for month in months if month in months_giving[arm]]
        _add(streets.setdefault(arm, _Pairs()), base, here, "streets", months)
        sides.setdefault(arm, []).append(side_of(base["streets"], here["streets"], when))
        _add(categories.setdefault(arm, _Pairs()), base, here, "categories", months)
        fate.setdefault(arm, []).append(fates(base["tickets"], here["tickets"], _days(months)))
    parts = []
    for arm in streets:
        base, here = np.array(streets[arm].base), np.array(streets[arm].here)
        for kind, names, groups in _groupings(settings.city, base):
            parts.append(_rows(arm, kind, names, _grouped(base, groups), _grouped(here, groups)))
        side = np.array(sides[arm])
        if {*side.ravel()} == {0, 1}:
            parts.append(_rows(arm, "side", SIDES, _grouped(base, side), _grouped(here, side)))
        kinds = [np.array(side) for side in (categories[arm].base, categories[arm].here)]
        parts.append(_rows(arm, "category", settings.city.categories["name"].tolist(), kinds[0], kinds[1]))
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    return table, fate_table(fate)


def _run_pairs(
    settings: Settings, plan: Plan, errors: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, pd.DataFrame], dict[str, pd.DataFrame]]]:
    """Yield (arm, baseline's tables, arm's tables) for every seed of which both runs are there."""
    store = Store(settings.results_dir)
    for seed in settings.seeds:
        first = plan.runs[settings.baseline, seed]
        if first in errors:
            continue
        base = _read(store, first)
        for arm in settings.arms:
            digest = plan.runs[arm, seed]
            if arm != settings.baseline and digest not in errors:
                yield arm, base, _read(store, digest) if digest != first else base


def _read(store: Store, digest: str) -> dict[str, pd.DataFrame]:
    columns = {
        "streets": ["month", "street", *COUNTS, *GIVEN],
        "categories": ["month", "resolved", "closed", *ANSWERS],
        "tickets": NEEDED,
    }
    out, _ = store.read(digest, columns)
    out["categories"] = out["categories"].assign(counted=counted, said_resolved=said)
    return out


def _common_months(base: Mapping[str, pd.DataFrame], here: Mapping[str, pd.DataFrame]) -> list[str]:
    there = set(here["streets"]["month"])
    return [month for month in base["streets"]["month"].unique() if month in there]


def _days(months: list[str]) -> int:
    """Return the number of days of consecutive months ("2019-01")."""
    first, last = (datetime.date(int(month[:4]), int(month[5:]), 1) for month in (months[0], months[-1]))
    return ((last + datetime.timedelta(31)).replace(day=1) - first).days


def _add(
    pairs: _Pairs, base: Mapping[str, pd.DataFrame], here: Mapping[str, pd.DataFrame], name: str, months: list[str]
) -> None:
    for side, tables in ((pairs.base, base), (pairs.here, here)):
        table = tables[name]
        values = table[table["month"].isin(months)][COUNTS].to_numpy(dtype=np.float64)
        side.append(values.reshape(len(months), -1, len(COUNTS)).sum(axis=0))


def giving(settings: Settings, arm: str) -> set[str]:
    """Return the months ("2019-01") in which an arm's rules of reserves or tilting are not the baseline's.

    In others a little more or less comes in too, as the staff in reserves follows vacancies.
    """
    months = months_of(settings.start, settings.months)
    return {
        month[:7]
        for month in months
        if _resources(settings, arm, month) != _resources(settings, settings.baseline, month)
    }


def _resources(settings: Settings, arm: str, month: str) -> tuple[Reserves, Tilting]:
    reforms = [settings.reforms[label] for label in settings.arms[arm]]
    rules = rules_in_force(settings.rules, reforms, month)
    return rules.reserves, rules.tilting


def side_of(base: pd.DataFrame, here: pd.DataFrame, months: list[str]) -> NDArray[np.int64]:
    """Return each street's side (S,): 0 if in most of `months` more comes in than in the baseline, else 1."""
    if not months:
        return np.ones(base["street"].nunique(), dtype=np.int64)
    more = [
        sum(table[table["month"].isin(months)][name].to_numpy(dtype=np.float64) for name in GIVEN)
        for table in (base, here)
    ]
    often = (more[1] > more[0] + 1e-6).reshape(len(months), -1).mean(axis=0) > 0.5
    return np.where(often, 0, 1).astype(np.int64)


def _groupings(city: City, base: Floats) -> Iterator[tuple[str, list[str], NDArray[np.int64]]]:
    """Yield (kind, names of groups, group of each street by seed (seeds, S)) of every way to put streets together."""
    seeds, n = base.shape[0], base.shape[1]
    yield "street", city.streets["code"].astype(str).tolist(), np.tile(np.arange(n), (seeds, 1))
    zones = list(dict.fromkeys(city.districts["zone"]))
    of_district = np.array([zones.index(zone) for zone in city.districts["zone"]])
    yield "zone", zones, np.tile(of_district[city.streets["district_index"].to_numpy()], (seeds, 1))
    groups = min(QUANTILES, n)
    yield "fifth", [str(k + 1) for k in range(groups)], fifths(base[..., 0], base[..., 1], groups)


def fifths(resolved: Floats, closed: Floats, groups: int) -> NDArray[np.int64]:
    """Return each street's group by its real resolution in the baseline, (seeds, S), 0 the lowest.

    A seed's groups are made from the *other* seeds: grouped by its own luck, streets that were unlucky in the baseline
    would seem to gain from anything (regression to the mean). With one seed there are no others.
    """
    seeds, n = resolved.shape
    out = np.empty((seeds, n), dtype=np.int64)
    for seed in range(seeds):
        rest = [other for other in range(seeds) if other != seed] or [seed]
        share = resolved[rest].sum(axis=0) / np.maximum(1.0, closed[rest].sum(axis=0))
        out[seed, np.argsort(share, kind="stable")] = np.arange(n) * groups // n
    return out


def _grouped(counts: Floats, groups: NDArray[np.int64]) -> Floats:
    """Return counts (seeds, S, 4) added up by group, (seeds, groups, 4)."""
    n = int(groups.max()) + 1
    out = np.zeros((counts.shape[0], n, counts.shape[2]))
    for seed in range(len(counts)):
        np.add.at(out[seed], groups[seed], counts[seed])
    return out


def _rows(arm: str, kind: str, names: list[str], base: Floats, here: Floats) -> pd.DataFrame:
    rows = []
    for outcome, (over, under) in OUTCOMES.items():
        a, b = (_share(side[..., COUNTS.index(over)], side[..., COUNTS.index(under)]) for side in (base, here))
        for i, name in enumerate(names):
            rows.append({"arm": arm, "kind": kind, "of": name, "outcome": outcome} | paired(a[:, i], b[:, i], 1))
    return pd.DataFrame(rows, columns=COLUMNS)


def _share(over: Floats, under: Floats) -> Floats:
    return np.where(under > 0.0, over / np.where(under > 0.0, under, 1.0), np.nan)
