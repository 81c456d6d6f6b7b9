"""Problems of the panel (one in 64), each followed for 180 days: how often filed, how they end, and whose they are."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd

from experiments.arms import months_of
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gains import SURGE
from sim.tickets import CASE, FILES_AGAIN, GIVES_UP, RELAPSES

DAYS = 180  # that a problem is followed
MANY = 3  # requests of the same problem that make it circle
FATES = ("resolved", "excluded", "rests", "gave_up", "open")
RETURNS = ("after_failure", "dissatisfied", "relapse", "case")


def plain_point(ran: Ran) -> int:
    """Return the point of the stage `recovery` without a surge."""
    table = ran.stage("recovery")
    return int(table.loc[table[SURGE] == 1.0, "point"].iloc[0])


def logs_of(ran: Ran, arm: str) -> dict[int, pd.DataFrame]:
    """Return the panel's called-back tickets of each seed's run without a surge, of problems followed for 180 days.

    The problems were first filed from the month of `surge_from` on (the time before is a transient) and early enough.
    """
    settings, point = ran.settings.all_stages["recovery"], plain_point(ran)
    months = [datetime.date.fromisoformat(month) for month in months_of(settings.start, settings.months + 1)]
    surge = max(0, settings.parameters.surge_from - 1)
    first, last = (months[surge] - months[0]).days, (months[-1] - months[0]).days - DAYS
    return {
        seed: followed(ran.run(point, arm, seed, "tickets"), first, last)
        for seed in settings.seeds
        if (point, arm, seed) in ran.digests
    }


def followed(log: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the tickets of problems first filed on the days `first` ≤ d < `last`, called back within 180 days."""
    mine = log[(log["first_day"] >= first) & (log["first_day"] < last)]
    mine = mine[mine["closed"] < mine["first_day"] + DAYS]
    return mine.sort_values(["problem", "attempt"], kind="stable").reset_index(drop=True)


def problems_of(log: pd.DataFrame) -> pd.DataFrame:
    """Return one row a problem: requests (at most those of 180 days), fate, and what it was at its first call-back.

    fate is that of its last ticket: open if the resident comes back, or a case waits, beyond the 180 days; resolved;
    excluded, if not resolved but out of the score; gave_up; else it rests.
    """
    first, last = (log.drop_duplicates("problem", keep=keep).set_index("problem") for keep in ("first", "last"))
    goes_on = last["follows"].isin((FILES_AGAIN, CASE, RELAPSES))
    fate = np.select(
        [goes_on, last["resolved"], last["excluded"], last["follows"] == GIVES_UP],
        ["open", "resolved", "excluded", "gave_up"],
        "rests",
    )
    out = first[["person", "home", "category", "level", "strategic", "grievance", "minutes"]].copy()
    out["misplaced"] = first["unit"] != first["right"]
    return out.assign(requests=last["attempt"].astype(int), fate=pd.Series(fate, index=last.index)).reset_index()


def flow_of(problems: pd.DataFrame) -> pd.DataFrame:
    """Return one row an attempt (1, 2, 3 = three or more) and fate: problems that end there so; `returned` go on."""
    rows = []
    group = np.minimum(problems["requests"], MANY)
    for attempt in range(1, MANY + 1):
        entering = int((group >= attempt).sum())
        here = problems.loc[group == attempt, "fate"].value_counts()
        for fate in FATES:
            rows.append({"attempt": attempt, "fate": fate, "problems": int(here.get(fate, 0)), "entering": entering})
        if attempt < MANY:
            left = int((group > attempt).sum())
            rows.append({"attempt": attempt, "fate": "returned", "problems": left, "entering": entering})
    return pd.DataFrame(rows)


def returns_of(log: pd.DataFrame) -> dict[str, float]:
    """Return of all returns the shares by what came before: a failure, dissatisfaction, a relapse, or a case."""
    back = log[log["follows"].isin((FILES_AGAIN, CASE, RELAPSES))]
    kinds = np.select(
        [back["follows"] == RELAPSES, back["follows"] == CASE, back["resolved"]],
        ["relapse", "case", "dissatisfied"],
        "after_failure",
    )
    counts = pd.Series(kinds).value_counts()
    return {name: float(counts.get(name, 0)) / max(1, len(back)) for name in RETURNS}
