"""Analysis: from the tables of all runs to what an experiment found."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from experiments.arms import Plan, config_digest, months_of
from experiments.changed import who_changed
from experiments.compare import compare
from experiments.cost import costs
from experiments.effects import by_month, dial_table, dials
from experiments.findings import Findings
from experiments.pairs import interactions
from experiments.settings import Settings


def analyse(settings: Settings, plan: Plan, errors: Mapping[str, str], tables: Mapping[str, pd.DataFrame]) -> Findings:
    """Return the findings; the compared tables are empty if the baseline has no finished run."""
    monthly, base = tables["monthly"], settings.baseline
    compared = {}
    if base in set(monthly["arm"]):
        compared = {
            "comparison": compare(monthly, base),
            "cost": costs(monthly, base),
            "interaction": interactions(monthly, base, settings.pairs),
            "paths": by_month(monthly, base),
        }
    changed, fates = who_changed(settings, plan, errors)
    return labelled(settings, {**tables, **compared, "changed": changed, "fates": fates})


def labelled(settings: Settings, tables: Mapping[str, pd.DataFrame]) -> Findings:
    """Return tables as findings, with all that is needed to label them; those that are not there are empty."""
    found = dials(settings.arms, settings.reforms, settings.rules) if "comparison" in tables else []
    categories = settings.city.categories
    names = ("monthly", "streets", "hours", "attempts", "comparison", "cost", "changed", "fates", "interaction")
    there = {name: tables.get(name, pd.DataFrame()) for name in (*names, "paths")}
    return Findings(
        **there,
        dial=dial_table(there["comparison"], found),
        dials=found,
        published=settings.city.published,
        arms=settings.labels,
        zones=list(dict.fromkeys(settings.city.districts["zone"])),
        categories=dict(zip(categories["name"], categories[f"label_{settings.language}"], strict=True)),
        surged=_surged(settings),
        language=settings.language,
        scale=settings.scale,
        digest=config_digest(settings)[:10],
    )


def _surged(settings: Settings) -> list[str]:
    """Return the months ("2020-01") in which requests surge."""
    months = enumerate(months_of(settings.start, settings.months))
    return [month[:7] for number, month in months if settings.parameters.surge_in(number) != 1.0]
