"""The ledger: what the runs of the study leave, in counts that add up over months, so that parts make the whole.

Every ratio of the study is one of sums over months, streets or both: all tickets count the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.arms import arms_by_strength
from experiments.callbacks import NEEDED, counted, said
from experiments.store import Store
from experiments.studies.ran import Ran

SETTLE = 12  # months that are left out where the run has twice as many: the way from rest to the new decisions
PAID = (  # uses that add up to the hours paid for the hotline
    *("contact", "handling", "documentation", "dispute", "whistles", "duplicates", "casework", "themes", "refusals"),
    *("patrol", "meetings", "talks", "prevention", "idle", "low_morale"),
)
KINDS = ("reach", "above", "wrong", "strategic", "casework")  # of tickets, by who can do what about them
KEYS = ["without", "strength", "seed"]
_COLUMNS = {  # of a run's tables, and of more of them where the whole is asked for
    "categories": ["month", "closed", "resolved", *NEEDED],
    "streets": ["month", "closed", "resolved", "staff"],
}
_WHOLE = {
    "monthly": ["month", "problems", "skill"],
    "hours": ["month", "use", "hours"],
    "tickets": ["level", "unit", "right", "strategic", "casework", "copies", "closed", "resolved"],
}


def runs_of(ran: Ran, stage: str) -> Iterator[tuple[dict[str, object], str]]:
    """Yield what names a run of a stage (KEYS) and its digest; arms of the same strength are taken once."""
    rows = ran.stage(stage)
    settings = ran.settings.all_stages[stage]
    without = rows["without"] if "without" in rows else pd.Series("", index=rows.index)
    points = dict(zip(rows["point"], without, strict=True))
    for point, off in points.items():
        for strength, arm in sorted(arms_by_strength(settings).items()):
            for seed in settings.seeds:
                yield {"without": off, "strength": strength, "seed": seed}, ran.digests[point, arm, seed]


def ledger(ran: Ran, stage: str, whole: bool) -> pd.DataFrame:
    """Return a row a run and month: KEYS, year (1, 2, …), settled, and counts of tickets and call-backs.

    With `whole` also hours by use, officers, skill and the panel's tickets by kind (`n_<kind>`, `done_<kind>`).
    """
    settings, store, parts = ran.settings, Store(ran.settings.results_dir), []
    for names, digest in runs_of(ran, stage):
        tables, _ = store.read(digest, _COLUMNS | (_WHOLE if whole else {}))
        part = tables["categories"].groupby("month", sort=True).sum().reset_index()
        part["counted"], part["said"] = counted(part), said(part)
        of_streets = tables["streets"].groupby("month").sum().reindex(part["month"])
        part["street_closed"] = of_streets["closed"].to_numpy()
        part["street_resolved"] = of_streets["resolved"].to_numpy()
        if whole:
            hours = tables["hours"].pivot(index="month", columns="use", values="hours")
            part = part.merge(tables["monthly"].assign(months=1), on="month").merge(hours.reset_index(), on="month")
            part["officers"] = of_streets["staff"].to_numpy()
            kinds = by_kind(tables["tickets"], part["month"], settings.start, len(settings.city.streets))
            part = pd.concat([part, kinds], axis=1)
        for place, (key, value) in enumerate(names.items()):
            part.insert(place, key, value)
        parts.append(part)
    return with_years(pd.concat(parts, ignore_index=True), settings.start)


def with_years(table: pd.DataFrame, start: str) -> pd.DataFrame:
    """Return a table by month with its years, whole ones (the first may be short; 0: left out), and what is settled."""
    place = table["month"].map(lambda month: 12 * (int(month[:4]) - int(start[:4])) + int(month[5:]) - int(start[5:7]))
    last = int(place.max()) + 1
    years = place // 12 + 1
    whole = (years == 1) | (12 * years <= last)
    return table.assign(year=years.where(whole, 0), settled=place >= (SETTLE if last >= 2 * SETTLE else 0))


def by_kind(panel: pd.DataFrame, months: pd.Series, start: str, n_streets: int) -> pd.DataFrame:
    """Return, a row a month, the panel's tickets closed then, by kind, and how many of them were really resolved.

    Kinds: with caseworkers; of a strategic resident; at the wrong unit; above the authority of the street that holds
    it; and those within reach of the unit that has them.
    """
    first = datetime.date.fromisoformat(start)
    days = [(datetime.date(int(month[:4]), int(month[5:]), 1) - first).days for month in months]
    kind = np.select(
        [
            panel["casework"] > 0,
            panel["strategic"],
            panel["unit"] != panel["right"],
            (panel["level"] > 0) & (panel["unit"] < n_streets),
        ],
        [KINDS.index(name) for name in ("casework", "strategic", "wrong", "above")],
        KINDS.index("reach"),
    )
    month = np.searchsorted(days, panel["closed"].to_numpy(), side="right") - 1
    number = panel["copies"].to_numpy(dtype=np.int64) + 1
    out = np.zeros((2, len(days), len(KINDS)), dtype=np.int64)
    np.add.at(out[0], (month, kind), number)
    np.add.at(out[1], (month, kind), number * panel["resolved"].to_numpy())
    columns = {f"n_{name}": out[0, :, k] for k, name in enumerate(KINDS)}
    return pd.DataFrame(columns | {f"done_{name}": out[1, :, k] for k, name in enumerate(KINDS)})


def summed(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the sums of the counts over months, a row for each of `by`, with the two resolutions and their gap.

    real = resolved ÷ closed; reported = said resolved ÷ call-backs that count; `excluded_gap` is the part of the gap
    that exclusion makes, the rest comes from answers, from those not reached, and from call-backs a day later.
    `streets` and `departments` are the real resolution of what they closed themselves.
    """
    counts = [c for c in table.columns if c not in {*by, *KEYS, "month", "year", "settled", "of", "kind"}]
    out = table.groupby(by, sort=True)[counts].sum().reset_index()
    out["real"] = _ratio(out["resolved"], out["closed"])
    out["reported"] = _ratio(out["said"], out["counted"])
    out["gap"] = out["reported"] - out["real"]
    if "street_closed" in out:
        out["excluded_gap"] = out["reported"] - _ratio(out["said"], out["reached"])
        out["streets"] = _ratio(out["street_resolved"], out["street_closed"])
        others = out["resolved"] - out["street_resolved"], out["closed"] - out["street_closed"]
        out["departments"] = _ratio(*others)
    return out


def _ratio(over: pd.Series, under: pd.Series) -> pd.Series:
    return over / under.where(under > 0)
