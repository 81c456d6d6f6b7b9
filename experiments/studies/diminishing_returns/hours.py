"""Where the hours go over the strength of the tournament, and what is left unresolved, by who could do what."""

from __future__ import annotations

import pandas as pd

from experiments.intervals import estimate
from experiments.studies.diminishing_returns.ledger import KINDS, PAID

USES = {  # shown together
    "handling": ("handling",),
    "prevention": ("prevention", "patrol"),
    "documentation": ("documentation",),
    "other": (
        *("contact", "dispute", "whistles", "duplicates", "casework", "themes", "refusals", "meetings", "talks"),
    ),
    "low_morale": ("low_morale",),
    "idle": ("idle",),
}
TAKEN = ("withdrawn", "overtime")


def hours_table(sums: pd.DataFrame) -> pd.DataFrame:
    """Return a row a strength and use: hours a month (mean, low, high, n) and their mean share of the paid hours.

    USES add up to the paid hours of streets and departments; withdrawn and overtime are parts of the same hours.
    """
    rows = []
    for strength, part in sums.groupby("strength"):
        paid = part[list(PAID)].sum(axis=1)
        for use, names in (USES | {name: (name,) for name in TAKEN}).items():
            hours = part[list(names)].sum(axis=1)
            share = float((hours / paid).mean())
            found = estimate((hours / part["months"]).to_numpy(dtype=float))
            rows.append({"strength": strength, "use": use, "share": share} | found)
    return pd.DataFrame(rows)


def left_table(sums: pd.DataFrame) -> pd.DataFrame:
    """Return a row a strength and kind of ticket, from the panel: means over seeds, and `failed` with low, high and n.

    tickets: share of closed tickets; resolved: share of them really resolved; failed: unresolved ones among all
    closed tickets, so that the kinds add up to 1 − real resolution of the panel; of_failed: among the unresolved.
    """
    rows = []
    for strength, part in sums.groupby("strength"):
        closed = part[[f"n_{kind}" for kind in KINDS]].sum(axis=1)
        failed = closed - part[[f"done_{kind}" for kind in KINDS]].sum(axis=1)
        for kind in KINDS:
            number, done = part[f"n_{kind}"], part[f"done_{kind}"]
            row = {"strength": strength, "kind": kind, "tickets": float((number / closed).mean())}
            row["resolved"] = float((done / number.where(number > 0)).mean())
            row["of_failed"] = float(((number - done) / failed.where(failed > 0)).mean())
            found = estimate(((number - done) / closed.where(closed > 0)).to_numpy(dtype=float))
            rows.append(row | {"failed": found["mean"]} | {key: found[key] for key in ("low", "high", "n")})
    return pd.DataFrame(rows)
