"""Sheets: the tables of a result folder as people read them, with n, interval and digest in the caption."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from experiments.findings import Findings
from experiments.markup import Sheet
from experiments.sheet_words import SHEET_WORDS
from experiments.words import interval_words, label_of, number, size_of, with_interval


def sheets(findings: Findings) -> dict[str, Sheet]:
    """Return every sheet that has rows, by name."""
    made: dict[str, tuple[pd.DataFrame, Callable[[Findings], Sheet]]] = {
        "comparison": (findings.comparison, _comparison),
        "cost": (findings.cost, _cost),
        "changed": (findings.changed, _changed),
        "fates": (findings.fates, _fates),
        "interaction": (findings.interaction, _interaction),
    }
    return {name: make(findings) for name, (table, make) in made.items() if len(table)}


def _caption(findings: Findings, title: str, table: pd.DataFrame) -> str:
    words, n = SHEET_WORDS[findings.language], int(table["n"].max())
    kind = str(table.loc[table["n"].idxmax(), "interval"])
    said = words["fieller"] if kind == "Fieller" else interval_words(kind, findings.language)
    text = words["caption"].format(title=words[f"title_{title}"], n=n, interval=said, digest=findings.digest)
    return text.format(base=findings.arms[findings.baseline])


def _comparison(findings: Findings) -> Sheet:
    words, table = SHEET_WORDS[findings.language], findings.comparison
    rows = []
    for name in dict.fromkeys(table["outcome"]):
        of = table[table["outcome"] == name]
        size = size_of(of)
        named = [label_of(name, findings.language), number(name, findings.baseline_means[name], size)]
        for i, (_, row) in enumerate(of.iterrows()):
            first = named if i == 0 else ["", ""]
            change = with_interval(name, row, "difference", size)
            rows.append([first[0], findings.arms[row["arm"]], first[1], change, _text(row["d"], ".2f"), str(row["n"])])
    head = [words[key] for key in ("outcome", "arm")] + [findings.arms[findings.baseline]]
    return Sheet(_caption(findings, "comparison", table), [*head, words["difference"], "d", "n"], rows, left=2)


def _cost(findings: Findings) -> Sheet:
    words, table = SHEET_WORDS[findings.language], findings.cost
    rows = []
    for _, row in table.iterrows():
        unit = label_of(row["currency"], findings.language)
        spent = _range(row, "spent", "spent_low", "spent_high", "+,.0f")
        gained = _range(row, "gained", "gained_low", "gained_high", "+,.0f")
        cost = words["not defined"] if math.isnan(row["cost"]) else _range(row, "cost", "ci_low", "ci_high", ",.2f")
        says = words[row["says"]]
        rows.append([findings.arms[row["arm"]], unit, spent, gained, cost, says, str(row["n"])])
    head = [words[key] for key in ("arm", "currency", "spent", "gained", "cost", "says")]
    return Sheet(_caption(findings, "cost", table), [*head, "n"], rows, left=2)


def _changed(findings: Findings) -> Sheet:
    """Return zones, categories and fifths; streets are in the files for machines."""
    words = SHEET_WORDS[findings.language]
    table = findings.changed[findings.changed["kind"] != "street"]
    rows = []
    for _, row in table.iterrows():
        base, name = float(row["baseline"]), row["outcome"]
        change = with_interval(name, row, "difference", base)
        who = f"{words[row['kind']]}: {_who_name(findings, row['kind'], row['of'])}"
        label = label_of(name, findings.language)
        rows.append([findings.arms[row["arm"]], who, label, number(name, base, base), change, str(row["n"])])
    head = [words[key] for key in ("arm", "who", "outcome")] + [findings.arms[findings.baseline]]
    return Sheet(_caption(findings, "changed", table), [*head, words["difference"], "n"], rows, left=3)


def _who_name(findings: Findings, kind: str, of: str) -> str:
    """Return a zone's, category's or fifth's name for readers."""
    words = SHEET_WORDS[findings.language]
    if kind == "category":
        return findings.categories[of]
    return words.get(of, of.replace("_", " ")) if kind in ("zone", "side") else of


def _fates(findings: Findings) -> Sheet:
    words, table = SHEET_WORDS[findings.language], findings.fates
    rows = []
    for _, row in table.iterrows():
        many = _range(row, "problems", "ci_low", "ci_high", ",.0f")
        rows.append(
            [
                findings.arms[row["arm"]],
                words[f"fate_{row['fate']}"],
                f"{100.0 * row['share']:.2f}",
                many,
                str(row["n"]),
            ]
        )
    head = [words[key] for key in ("arm", "fate", "share", "problems")]
    return Sheet(_caption(findings, "fates", table), [*head, "n"], rows, left=2)


def _interaction(findings: Findings) -> Sheet:
    words, table = SHEET_WORDS[findings.language], findings.interaction
    rows = []
    for name in dict.fromkeys(table["outcome"]):
        size = size_of(findings.comparison[findings.comparison["outcome"] == name])
        for i, (_, row) in enumerate(table[table["outcome"] == name].iterrows()):
            alone = [number(name, float(row[key]), size, sign=True) for key in ("effect_first", "effect_second")]
            both = number(name, float(row["effect_both"]), size, sign=True)
            pair = f"{findings.arms[row['first']]} + {findings.arms[row['second']]}"
            change = with_interval(name, row, "interaction", size)
            label = label_of(name, findings.language) if i == 0 else ""
            rows.append([label, pair, *alone, both, change, words[row["says"]], str(row["n"])])
    head = [words[key] for key in ("outcome", "pair", "first", "second", "both", "interaction", "says")]
    return Sheet(_caption(findings, "interaction", table), [*head, "n"], rows, left=2)


def _range(row: pd.Series, value: str, low: str, high: str, form: str) -> str:
    text = _text(row[value], form)
    return text if math.isnan(row[low]) else f"{text} [{_text(row[low], form)}, {_text(row[high], form)}]"


def _text(value: float, form: str) -> str:
    return "–" if math.isnan(value) else f"{value:{form}}"
