"""Who the circling complainants are: residents with three or more requests of the same problem, against all."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from experiments.intervals import interval
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.panel import MANY

TRAITS = ("strategic", "level", "misplaced", "aggrieved", "zone", "category")
FEWEST = 5.0  # circling problems of a kind, found or expected, below which nothing is said of it
AGGRIEVED = 0.1  # grievance before the first call-back from which a resident counts as aggrieved


def traits_of(ran: Ran, problems: pd.DataFrame) -> pd.DataFrame:
    """Return the problems with columns of words: one for each trait."""
    city = ran.settings.city
    streets = city.streets["district_index"].to_numpy()
    zones, names = city.districts["zone"].to_numpy(), city.categories["name"].to_numpy()
    out = pd.DataFrame({"circling": problems["requests"] >= MANY})
    for name, column in (("strategic", problems["strategic"]), ("misplaced", problems["misplaced"])):
        out[name] = column.map({True: "yes", False: "no"})
    out["aggrieved"] = (problems["grievance"] >= AGGRIEVED).map({True: "yes", False: "no"})
    out["level"] = problems["level"].map({0: "street", 1: "district", 2: "city"})
    out["zone"] = zones[streets[problems["home"].to_numpy()]]
    out["category"] = names[problems["category"].to_numpy()]
    return out


def who_of(ran: Ran, problems: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Return one row a trait and its value: share among all and among those that circle, and how often they do.

    rate is the share of problems of this kind that circle; lift is the share among the circling over that among all,
    with the interval of its mean over seeds; says: more, less, or unsure (also if too few were found and expected).
    """
    rows = []
    for seed, table in problems.items():
        traits = traits_of(ran, table)
        circling = traits[traits["circling"]]
        for trait in TRAITS:
            every, mine = traits[trait].value_counts(), circling[trait].value_counts()
            for value in every.index:
                of_all, of_circling = every[value] / len(traits), mine.get(value, 0) / max(1, len(circling))
                row = {"trait": trait, "value": str(value), "seed": seed, "all": of_all, "circling": of_circling}
                row |= {"rate": mine.get(value, 0) / every[value], "lift": of_circling / of_all}
                rows.append(row | {"n_circling": int(mine.get(value, 0)), "expected": of_all * len(circling)})
    out = []
    for (trait, value), group in pd.DataFrame(rows).groupby(["trait", "value"], sort=False):
        low, high = interval(group["lift"].to_numpy())
        lift = math.fsum(group["lift"]) / len(group)
        row = {"trait": trait, "value": value, "all": group["all"].mean(), "circling": group["circling"].mean()}
        row |= {"rate": group["rate"].mean(), "lift": lift, "lift_low": low, "lift_high": high, "n": len(group)}
        row |= {"problems_circling": group["n_circling"].mean(), "expected": group["expected"].mean()}
        few = math.isnan(low) or max(row["problems_circling"], row["expected"]) < FEWEST
        says = "unsure" if few or low <= 1.0 <= high else "more" if low > 1.0 else "less"
        out.append(row | {"says": says})
    return pd.DataFrame(out)
