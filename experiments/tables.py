"""Tables: the comparison on the terminal, and every table of a result folder as CSV, Markdown and LaTeX."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pandas as pd

from experiments.findings import Findings
from experiments.markup import to_latex, to_markdown
from experiments.rules_sheet import rules_sheet
from experiments.sheets import sheets
from experiments.words import interval_words, label_of, number, plus_minus, size_of

_WIDEST = 140  # columns of a terminal; more arms than fit stand in a second table below
MAIN = (  # what the terminal shows; the files hold every outcome
    "reported_resolution",
    "real_resolution",
    "reporting_gap",
    "problems_resolved",
    "satisfaction",
    "composite",
    "repeat_share",
    "hours_on_repeats",
    "documentation_share",
    "prevention_share",
    "staff_hours",
    "money",
    "withdrawn",
    "effort",
    "morale",
    "skill",
    "rank_signal",
    "gave_up",
    "cost_per_resolved",
)
_WORDS = {
    "en": {
        "outcome": "outcome (mean over months)",
        "none": "no comparison: the baseline has no finished run",
        "note": "Paired differences to {base} over {n} seeds with {interval}; uncalibrated.",
        "one": "One seed: differences to {base} without intervals; uncalibrated.",
        "points": "Differences of shares are in percentage points.",
        "levels": "The baseline alone; means over months and seeds ({n}); uncalibrated.",
        "quick": "Scale {scale:g}: fewer residents mean noisier ranks, so these figures are only a quick look.",
    },
    "zh": {
        "outcome": "指标（各月平均）",
        "none": "无可比较：基准方案没有完成的运行",
        "note": "与{base}的配对差异（{n} 个种子）及 {interval}；未校准。",
        "one": "仅一个种子：与{base}的差异，无区间；未校准。",
        "points": "占比的差异以百分点计。",
        "levels": "仅有基准方案；各月与各随机种子（{n} 个）的平均；未校准。",
        "quick": "人口比例 {scale:g}：居民较少，排名噪声更大，结果仅供速览。",
    },
}


def summary_text(findings: Findings) -> str:
    """Return the main outcomes as a table for the terminal: baseline, then each arm's difference with its interval.

    Where the baseline is the only arm there is nothing but its own.
    """
    if not len(findings.comparison):
        return _levels(findings) if findings.baseline in findings.shown else _WORDS[findings.language]["none"]
    blocks, arms = [], findings.others
    while arms:
        fits = len(arms)
        while _widest(block := _block(findings, arms[:fits])) > _WIDEST and fits > 1:
            fits -= 1
        blocks.append(block)
        arms = arms[fits:]
    return "\n\n".join(blocks) + "\n" + _note(findings)


def quick_look(scale: float, language: str) -> list[str]:
    """Return what a reader of results at a scale below 1 must know, a line; at 1 there is none."""
    return [_WORDS[language]["quick"].format(scale=scale)] if scale < 1.0 else []


def _block(findings: Findings, arms: list[str]) -> str:
    """Return the table of some arms; an outcome that is nothing in every arm of the run, like money, is left out."""
    words, comparison = _WORDS[findings.language], findings.comparison
    rows = [[words["outcome"], findings.arms[findings.baseline], *(findings.arms[arm] for arm in arms)]]
    table = comparison.set_index(["arm", "outcome"], drop=False)
    for name in MAIN:
        of = comparison[comparison["outcome"] == name]
        if not len(of) or (of["baseline"].eq(0.0).all() and of["mean"].eq(0.0).all()):
            continue
        size = size_of(of)
        cells = [label_of(name, findings.language), number(name, findings.baseline_means[name], size)]
        rows.append(cells + [plus_minus(name, table.loc[(arm, name)], "difference", size) for arm in arms])
    return aligned(rows)


def _levels(findings: Findings) -> str:
    """Return the main outcomes of the baseline alone."""
    words, means = _WORDS[findings.language], findings.baseline_means
    rows = [[words["outcome"], findings.arms[findings.baseline]]]
    rows += [[label_of(name, findings.language), number(name, means[name], abs(means[name]))] for name in MAIN]
    return aligned(rows) + "\n" + words["levels"].format(n=findings.monthly["seed"].nunique())


def _widest(text: str) -> int:
    return max(_width(line) for line in text.splitlines())


def _note(findings: Findings) -> str:
    n = int(findings.comparison["n"].max())
    said = interval_words(findings.interval, findings.language)
    text = _WORDS[findings.language]["one" if n < 2 else "note"]
    text = text.format(base=findings.arms[findings.baseline], n=n, interval=said)
    return f"{text}\n{_WORDS[findings.language]['points']}"


def aligned(rows: list[list[str]]) -> str:
    """Return rows of cells as a table for the terminal: the first row is the head, the first column flush left."""
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0] + " " * (widths[0] - _width(row[0]))]
        cells += [" " * (widths[i] - _width(row[i])) + row[i] for i in range(1, len(row))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "─" * _width(lines[0]), *lines[1:]])


def _width(text: str) -> int:
    """Return the columns that a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def write_tables(folder: Path, findings: Findings, rules: pd.DataFrame, experiment: str) -> None:
    """Write what was compared: each table as Parquet and CSV, and those for print as Markdown and LaTeX too.

    `rules` in force by arm and month are printed where they differ from the baseline's.
    """
    named: dict[str, pd.DataFrame] = {
        "comparison": findings.comparison,
        "cost": findings.cost,
        "changed": findings.changed,
        "fates": findings.fates,
        "interaction": findings.interaction,
        "paths": findings.paths,
        "dial": findings.dial,
    }
    for name, table in named.items():
        if len(table):
            table.to_parquet(folder / f"{name}.parquet", index=False)
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    printed = sheets(findings)
    if differ := rules_sheet(rules, findings.arms, findings.language, findings.digest):
        printed["rules"] = differ
    for name, sheet in printed.items():
        (folder / f"{name}.md").write_text(to_markdown(sheet), encoding="utf-8")
        latex = to_latex(sheet, f"tab:{experiment}:{name}", findings.language == "zh")
        (folder / f"{name}.tex").write_text(latex, encoding="utf-8")
