"""How often the same problem is filed: shares of problems, tickets and hours by attempt, and of hours by use."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from experiments.intervals import estimate
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.panel import RETURNS, flow_of, plain_point, returns_of
from sim.outcomes import OUTCOMES

SHOWN = 5  # the last class: five attempts or more
USES = tuple(name for name in OUTCOMES if name.startswith("repeat_hours_"))


def spread(rows: pd.DataFrame, keys: list[str], value: str) -> pd.DataFrame:
    """Return the mean over seeds of a value by keys, with its 95 % interval: keys, mean, low, high, n."""
    out = []
    for place, group in rows.groupby(keys, sort=False):
        out.append(dict(zip(keys, place, strict=True)) | estimate(group[value].to_numpy(dtype=np.float64)))
    return pd.DataFrame(out)


def attempts_of(ran: Ran, arm: str, problems: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Return share by attempt (1 … 5 = five or more) of three measures: measure, attempt, mean, low, high, n.

    problems: those that needed so many requests within 180 days, of the panel; tickets, hours: of all tickets closed in
    the run, and of the minutes spent on handling them, with casework.
    """
    rows, point = [], plain_point(ran)
    for seed, table in problems.items():
        whole = ran.run(point, arm, seed, "attempts")
        classes = np.minimum(whole["attempt"], SHOWN)
        needed = np.minimum(table["requests"], SHOWN).value_counts()
        for attempt in range(1, SHOWN + 1):
            shares = {"problems": needed.get(attempt, 0) / max(1, len(table))}
            for name in ("tickets", "hours"):
                shares[name] = whole.loc[classes == attempt, name].sum() / max(1.0, whole[name].sum())
            rows += [
                {"measure": name, "attempt": attempt, "seed": seed, "share": share} for name, share in shares.items()
            ]
    return spread(pd.DataFrame(rows), ["measure", "attempt"], "share")


def uses_of(ran: Ran, arm: str) -> pd.DataFrame:
    """Return the hours on repeats by use, as shares of all hours on repeats: use, mean, low, high, n."""
    table = ran.stage("recovery")
    table = table[(table["point"] == plain_point(ran)) & (table["arm"] == arm)]
    sums = table.groupby("seed")[list(USES)].sum()
    shares = sums.div(sums.sum(axis=1).clip(lower=1e-9), axis=0)
    rows = shares.reset_index().melt(id_vars="seed", var_name="use", value_name="share")
    return spread(rows, ["use"], "share")


def shares_of(ran: Ran, arm: str) -> pd.DataFrame:
    """Return what repeats are of tickets, handling hours and all hours on tickets, means over the run's months."""
    table = ran.stage("recovery")
    table = table[(table["point"] == plain_point(ran)) & (table["arm"] == arm)]
    names = ["repeat_share", "hours_on_repeats", "work_on_repeats"]
    rows = table.groupby("seed")[names].mean().reset_index().melt(id_vars="seed", var_name="of", value_name="share")
    return spread(rows, ["of"], "share")


def flows_of(problems: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Return the flow of problems as shares of the panel's: attempt, fate, mean, low, high, n, problems (a run)."""
    parts = []
    for seed, table in problems.items():
        flow = flow_of(table).assign(seed=seed)
        parts.append(flow.assign(share=flow["problems"] / max(1, len(table))))
    rows = pd.concat(parts, ignore_index=True)
    out = spread(rows, ["attempt", "fate"], "share")
    return out.assign(problems=rows.groupby(["attempt", "fate"], sort=False)["problems"].mean().to_numpy())


def returns_table(logs: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Return of all returns the share by what came before: before, mean, low, high, n."""
    rows = [
        {"before": name, "seed": seed, "share": returns_of(log)[name]} for seed, log in logs.items() for name in RETURNS
    ]
    return spread(pd.DataFrame(rows), ["before"], "share")
