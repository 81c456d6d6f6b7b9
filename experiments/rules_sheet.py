"""Rules in force, as people read them: only those in which an arm differs from the baseline, and from when to when."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pandas as pd

from experiments.markup import Sheet
from experiments.words import choice_in, unit_in
from sim.declare import declarations
from sim.rules import Rules

COLUMNS = ["arm", "rule", "start", "end", "baseline", "value"]
_WORDS = {
    "en": {
        "caption": "Rules in force that differ from {base}, from the first to the last month in which they do; "
        "all others are the same; {digest}.",
        "head": ["arm", "rule", "unit", "from", "to", "value"],
        "yes": "yes",
        "no": "no",
    },
    "zh": {
        "caption": "与{base}不同的现行规则及其起止月份，其余规则相同；{digest}。",
        "head": ["方案", "规则", "单位", "起", "止", "取值"],
        "yes": "是",
        "no": "否",
    },
}


def differing(rules: pd.DataFrame) -> pd.DataFrame:
    """Return one row (COLUMNS) a span of months in which a rule of an arm has one value and the baseline another.

    `rules` has one row an arm and month and one column a rule; the first arm is the baseline.
    """
    names = [name for name in rules.columns if name in declarations(Rules)]
    by_arm = {str(arm): table.reset_index(drop=True) for arm, table in rules.groupby("arm", sort=False)}
    base = next(iter(by_arm.values()))
    rows = []
    for arm, table in by_arm.items():
        for name in names:
            both = zip(table["month"], base[name], table[name], strict=True)
            for (there, here), span in itertools.groupby(both, key=lambda one: one[1:]):
                if there != here:
                    months = [month for month, _, _ in span]
                    rows.append((arm, name, months[0], months[-1], there, here))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def rules_sheet(rules: pd.DataFrame, arms: Mapping[str, str], language: str, digest: str) -> Sheet | None:
    """Return the sheet of the rules that differ, or None if none does."""
    table, words, said = differing(rules), _WORDS[language], declarations(Rules)
    rows, before = [], ""
    for row in table.itertuples():
        one = said[row.rule]
        label = one.zh if language == "zh" else one.en
        unit = "" if one.low is None else unit_in(one.unit, language)
        arm, before = ("" if row.arm == before else arms[row.arm]), row.arm
        values = (_text(value, words, language) for value in (row.baseline, row.value))
        rows.append([arm, label, unit, row.start, row.end, *values])
    head = [*words["head"][:5], arms[next(iter(arms))], words["head"][5]]
    caption = str(words["caption"]).format(base=head[5], digest=digest)
    return Sheet(caption, head, rows, left=3) if rows else None


def _text(value: object, words: Mapping[str, object], language: str) -> str:
    if isinstance(value, bool):
        return str(words["yes"] if value else words["no"])
    return f"{value:g}" if isinstance(value, (int, float)) else choice_in(str(value), language)
