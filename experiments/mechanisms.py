"""Which mechanism makes which pattern: the measures with each of several mechanisms switched off, side by side."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.intervals import estimate
from experiments.markup import Sheet, to_markdown
from experiments.patterns import judged
from experiments.switches import SWITCHES
from sim.patterns import PATTERNS

Values = dict[tuple[str, int], dict[int, float]]  # (pattern, number of the measure) → seed → value

_SIGN = {"comes out": "+", "fails": "−", "undecided": "?"}
_WORDS = {
    "en": {
        "as it is": "as it is",
        "measure": "measure",
        "values": "Measures of the patterns with each mechanism switched off alone. Means over seeds and 95 % "
        "intervals; shares and scores × 100. After each: + comes out, − fails, ? undecided.",
        "change": "What switching it off changes, in the same seeds: differences to the model as it is, and their "
        "95 % intervals. Bold: the interval does not contain 0.",
    },
    "zh": {
        "as it is": "现状",
        "measure": "指标",
        "values": "逐一关闭各机制时的模式指标。各种子均值与 95 % 置信区间；比例与得分 × 100。"
        "其后：+ 出现，− 不出现，? 未定。",
        "change": "关闭机制后的变化：同一种子下与原模型之差及其 95 % 置信区间。粗体：区间不含 0。",
    },
}


def table_of(values: dict[str, Values]) -> pd.DataFrame:
    """Return one row a mechanism that is off ("" for none) and measure, with the paired change to "" and its interval.

    Columns are those of `patterns.find`, before them `without`, after them change, change_low, change_high, change_n.
    """
    tables = []
    for name, found in values.items():
        table = judged(found)
        table.insert(0, "without", name)
        changes = [_change(by_seed, values[""].get(at, {})) for at, by_seed in found.items()]
        tables.append(pd.concat([table, pd.DataFrame(changes, index=table.index)], axis=1))
    return pd.concat(tables, ignore_index=True)


def _change(off: dict[int, float], on: dict[int, float]) -> dict[str, Any]:
    found = estimate(np.array([off[seed] - on[seed] for seed in off if seed in on], dtype=float))
    return {"change": found["mean"], "change_low": found["low"], "change_high": found["high"], "change_n": found["n"]}


def sheets(table: pd.DataFrame, language: str) -> list[Sheet]:
    """Return `table_of` ready to print, a row a measure and a column a mechanism: values, and paired changes."""
    words, table = _WORDS[language], table.set_index(["without", "pattern", "measure"])
    present, all_names = set(table.index.droplevel("without")), list(table.index.unique("without"))
    names = [name for name in all_names if name]
    labels = {name: SWITCHES[name].label(language) for name in names}
    of_values, of_changes = [], []
    for pattern in PATTERNS.values():
        for measure in pattern.measures:
            if (pattern.name, measure.en) not in present:
                continue
            head = f"{pattern.name} {measure.zh if language == 'zh' else measure.en}"
            rows = {name: _row(table, (name, pattern.name, measure.en)) for name in all_names}
            of_values.append([head, *(_value(row, measure.unit) for row in rows.values())])
            of_changes.append([head, *(_changed(rows[name], measure.unit) for name in names)])
    heads = [words["measure"], words["as it is"], *labels.values()]
    return [
        Sheet(words["values"], heads, of_values),
        Sheet(words["change"], [words["measure"], *labels.values()], of_changes),
    ]


def write(values: dict[str, Values], stem: Path, language: str) -> int:
    """Print the tables and write them as CSV and Markdown beside `stem`; return 0."""
    table = table_of(values)
    table.to_csv(stem.with_suffix(".csv"), index=False, lineterminator="\n")
    text = "\n".join(to_markdown(sheet) for sheet in sheets(table, language))
    stem.with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)
    for suffix in (".csv", ".md"):
        print(stem.with_suffix(suffix))
    return 0


def _row(table: pd.DataFrame, at: tuple[str, str, str]) -> pd.Series | None:
    return table.loc[at] if at in table.index else None


def _value(row: pd.Series | None, unit: str) -> str:
    if row is None:
        return "–"
    return f"{_span(row['mean'], row['low'], row['high'], unit)} {_SIGN[row['verdict']]}"


def _changed(row: pd.Series | None, unit: str) -> str:
    if row is None or math.isnan(row["change"]):
        return "–"
    text = _span(row["change"], row["change_low"], row["change_high"], unit)
    sure = row["change_low"] > 0.0 or row["change_high"] < 0.0
    return f"**{text}**" if sure else text


def _span(mean: float, low: float, high: float, unit: str) -> str:
    """Return "mean [low, high]", hours whole, shares and scores × 100; the mean alone where there is no interval."""
    k, digits = (100.0 if unit in ("share", "score") else 1.0), 0 if unit == "hours" else 2
    mid, *ends = (f"{round(k * x, digits) + 0.0:,.{digits}f}" for x in (mean, low, high))  # + 0.0: never "-0"
    return mid if math.isnan(low) else f"{mid} [{', '.join(ends)}]"
