"""By zone and by size of street: what the strength of the tournament does to whom."""

from __future__ import annotations

import pandas as pd

from experiments.intervals import estimate
from experiments.store import Store
from experiments.studies.diminishing_returns.curve import says, wide
from experiments.studies.diminishing_returns.ledger import KEYS, runs_of, summed, with_years
from experiments.studies.ran import Ran
from sim.city import City

QUARTERS = 4
_COUNTS = ["month", "street", "closed", "resolved", "counted", "said_resolved"]


def street_sums(ran: Ran) -> pd.DataFrame:
    """Return a row a run and street of the stage `curve`: KEYS, street, and counts over the settled months."""
    store, parts = Store(ran.settings.results_dir), []
    for names, digest in runs_of(ran, "curve"):
        tables, _ = store.read(digest, {"streets": _COUNTS})
        rows = with_years(tables["streets"], ran.settings.start)
        rows = rows[rows["settled"]].groupby("street", sort=False)[_COUNTS[2:]].sum().reset_index()
        parts.append(rows.assign(**names).rename(columns={"said_resolved": "said"}))
    return pd.concat(parts, ignore_index=True)


def members(city: City, sums: pd.DataFrame) -> pd.DataFrame:
    """Return a row a street and kind of group: kind, of, street. Quarters 1 (least) to 4 (most), as equal as can be.

    zone: functional zone of its district. population: quarters by residents. tickets: quarters by tickets closed at
    the lowest strength, all seeds together, so that no strength chooses its own groups.
    """
    zone = dict(zip(city.districts["name"], city.districts["zone"], strict=True))
    streets = city.streets
    of_zone = streets["district"].map(zone)
    lowest = sums[sums["strength"] == sums["strength"].min()]
    tickets = lowest.groupby("street")["closed"].sum().reindex(streets["code"]).to_numpy()
    parts = [pd.DataFrame({"kind": "zone", "of": of_zone, "street": streets["code"]})]
    for kind, size in (("population", streets["population"].to_numpy()), ("tickets", tickets)):
        place = pd.Series(size).rank(method="first").to_numpy() - 1.0
        quarter = (place * QUARTERS // len(streets)).astype(int) + 1
        parts.append(pd.DataFrame({"kind": kind, "of": quarter.astype(str), "street": streets["code"]}))
    return pd.concat(parts, ignore_index=True)


def group_levels(ran: Ran) -> pd.DataFrame:
    """Return a row a run and group: KEYS, kind, of, and real and reported resolution of the group's tickets."""
    sums = street_sums(ran)
    return summed(members(ran.settings.city, sums).merge(sums, on="street"), [*KEYS, "kind", "of"])


def groups_table(levels: pd.DataFrame, zones: list[str]) -> pd.DataFrame:
    """Return a row a group and strength: real resolution, and its gain over the lowest strength with interval, n, says.

    Kinds of groups in the order zone (of `zones`), population, tickets.

    beyond, with its interval: how much more the group gains than the first group of its kind.
    """
    rows = []
    for kind in ("zone", "population", "tickets"):
        part = levels[levels["kind"] == kind]
        order = zones if kind == "zone" else sorted(set(part["of"]))
        of = {str(name): wide(of_group, "real") for name, of_group in part.groupby("of")}
        of = {name: of[name] for name in order if name in of}
        first = next(iter(of.values()))
        for name, table in of.items():
            for strength in table:
                gain = table[strength] - table.iloc[:, 0]
                beyond = estimate((gain - (first[strength] - first.iloc[:, 0])).dropna().to_numpy())
                found = estimate(gain.to_numpy())
                row = {"kind": kind, "of": name, "strength": float(strength), "real": float(table[strength].mean())}
                row |= found | {"says": says(float(found["low"]), float(found["high"]))}
                row |= {"beyond": beyond["mean"], "beyond_low": beyond["low"], "beyond_high": beyond["high"]}
                rows.append(row)
    return pd.DataFrame(rows)
