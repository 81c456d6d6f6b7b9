"""What a comparison found, in sentences whose every number comes from its tables."""

from __future__ import annotations

import math

import pandas as pd

from experiments.findings import Findings
from experiments.intervals import told_apart
from experiments.paper.words import WORDS
from experiments.words import change_unit_of, listed, name_of, unit_of, with_interval
from sim.ticket_log import PANEL

OUTCOMES = (  # of which a sentence speaks, in this order
    *("real_resolution", "problems_resolved", "reported_resolution", "satisfaction", "repeat_share", "staff_hours"),
    *("withdrawn", "rank_signal"),
)


def sentences(findings: Findings) -> list[str]:
    """Return a paragraph for each arm: what it changes, what is not told apart, what it costs, whose fate differs."""
    if not findings.others:
        return [WORDS[findings.language]["one_arm"]]
    return [_of_arm(findings, arm) for arm in findings.others]


def _of_arm(findings: Findings, arm: str) -> str:
    words, language = WORDS[findings.language], findings.language
    table = findings.comparison.assign(told=told_apart(findings.comparison))
    table = table[table["arm"] == arm].dropna(subset=["difference"]).set_index("outcome", drop=False)
    sure, unsure = [], []
    for name in OUTCOMES:
        if name in table.index:
            row = table.loc[name]
            (sure if row["told"] else unsure).append(row)
    names = {"arm": findings.arms[arm], "base": findings.arms[findings.baseline]}
    apart = listed((_unsure(row, language) for row in unsure), language)
    if not sure:
        parts = [words["nothing"].format(**names, outcomes=apart)]
    else:
        effects = words["semicolon"].join(_effect(row, language) for row in sure)
        parts = [words["effect"].format(**names, effects=effects)]
        parts += [words["apart"].format(outcomes=apart)] if unsure else []
    return words["end"].join(parts + _costs(findings, arm) + _fates(findings, arm))


def _effect(row: pd.Series, language: str) -> str:
    name = str(row["outcome"])
    change = with_interval(name, row, "difference", float(row["baseline"]))
    return f"{name_of(name, language)} {change} {change_unit_of(name, language)}"


def _unsure(row: pd.Series, language: str) -> str:
    name = name_of(str(row["outcome"]), language)
    return f"{name} (n = {row['n']})" if math.isnan(row["ci_low"]) else name


def _costs(findings: Findings, arm: str) -> list[str]:
    if not len(findings.cost):
        return []
    words, out = WORDS[findings.language], []
    for _, row in findings.cost[findings.cost["arm"] == arm].iterrows():
        cost = f"{row['cost']:,.2f}"
        if not math.isnan(row["ci_low"]):
            cost += f" [{row['ci_low']:,.2f}, {row['ci_high']:,.2f}]"
        currency = str(row["currency"])
        named = unit_of if "{cost}" in words[row["says"]] else name_of
        out.append(words[row["says"]].format(cost=cost, currency=named(currency, findings.language)))
    return out


def _fates(findings: Findings, arm: str) -> list[str]:
    if not len(findings.fates):
        return []
    table = findings.fates[findings.fates["arm"] == arm].set_index("fate")
    if not {"better", "worse"} <= set(table.index):
        return []
    shares = {fate: _share(table.loc[fate]) for fate in ("better", "worse")}
    return [WORDS[findings.language]["fates"].format(**shares)]


def _share(row: pd.Series) -> str:
    """Return the share of the problems with a fate in per cent, with its interval if there is one."""
    text = f"{100.0 * row['share']:.2f}"
    if math.isnan(row["ci_low"]):
        return text
    ends = (100.0 * row[end] / (row["panel"] * (PANEL + 1)) for end in ("ci_low", "ci_high"))
    return f"{text} [{', '.join(f'{end:.2f}' for end in ends)}]"
