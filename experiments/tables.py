"""Tables: the comparison on the terminal and in LaTeX, numbers in the units that people read."""

from __future__ import annotations

import math
import unicodedata

import pandas as pd

from experiments.findings import Findings
from sim.outcomes import OUTCOMES

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
    "withdrawn",
    "effort",
    "morale",
    "skill",
    "rank_signal",
    "gave_up",
    "cost_per_resolved",
)
_PERCENT = ("share", "score")
_WORDS = {
    "en": {
        "outcome": "outcome (mean over months)",
        "arm": "arm",
        "difference": "difference",
        "none": "no comparison: the baseline is the only arm, or has no finished run",
        "note": "Paired differences to {base} over {n} seeds with 95 % t intervals; uncalibrated.",
        "one": "One seed: differences to {base} without intervals; uncalibrated.",
        "caption": "Differences to {base}, paired over {n} seeds; 95\\,\\% $t$ intervals; uncalibrated; {digest}.",
    },
    "zh": {
        "outcome": "指标（各月平均）",
        "arm": "方案",
        "difference": "差异",
        "none": "无可比较：只有基准方案，或基准方案没有完成的运行",
        "note": "与{base}的配对差异（{n} 个种子）及 95% t 区间；未校准。",
        "one": "仅一个种子：与{base}的差异，无区间；未校准。",
        "caption": "与{base}的配对差异（{n} 个种子）及 95\\% $t$ 区间；未校准；摘要 {digest}。",
    },
}
_UNITS_ZH = {
    "share": "%",
    "score": "分",
    "tickets": "件",
    "hours": "小时",
    "residents": "人",
    "days": "天",
    "ratio": "比",
    "of normal time": "占正常工时",
}


def unit_of(name: str, language: str) -> str:
    """Return the unit in which an outcome is printed."""
    unit = OUTCOMES[name].unit
    if language == "zh":
        return _UNITS_ZH.get(unit, unit)
    return {"share": "%", "score": "points"}.get(unit, unit)


def label_of(name: str, language: str) -> str:
    """Return an outcome's label with its unit."""
    outcome = OUTCOMES[name]
    return f"{outcome.zh if language == 'zh' else outcome.en} [{unit_of(name, language)}]"


def number(name: str, value: float, size: float, sign: bool = False) -> str:
    """Return a value of an outcome as text: shares and scores × 100, fewer decimals where its `size` is big."""
    if math.isnan(value):
        return "–"
    if OUTCOMES[name].unit in _PERCENT:
        value, digits = 100.0 * value, 2
    else:
        digits = 0 if abs(size) >= 1000.0 else 1 if abs(size) >= 100.0 else 3
    return f"{value:{'+' if sign else ''},.{digits}f}"


def difference(row: pd.Series) -> str:
    """Return a difference with its interval, like "+1.20 [+1.05, +1.35]"."""
    name, size = str(row["outcome"]), float(row["baseline"])
    text = number(name, float(row["difference"]), size, sign=True)
    if math.isnan(float(row["ci_low"])):
        return text
    low, high = (number(name, float(row[key]), size, sign=True) for key in ("ci_low", "ci_high"))
    return f"{text} [{low}, {high}]"


def summary_text(findings: Findings) -> str:
    """Return the main outcomes as a table for the terminal: baseline, then each arm's difference with its interval."""
    words, comparison = _WORDS[findings.language], findings.comparison
    if not len(comparison):
        return words["none"]
    arms = [arm for arm in findings.arms if arm in set(comparison["arm"])]
    base = next(iter(findings.arms.values()))
    rows = [[words["outcome"], base, *(findings.arms[arm] for arm in arms)]]
    table = comparison.set_index(["arm", "outcome"], drop=False)
    for name in MAIN:
        if (arms[0], name) not in table.index:
            continue
        first = table.loc[(arms[0], name)]
        cells = [label_of(name, findings.language), _plain(first)]
        rows.append(cells + [difference(table.loc[(arm, name)]) for arm in arms])
    return _aligned(rows) + "\n" + _note(findings, "note")


def _plain(row: pd.Series) -> str:
    return number(str(row["outcome"]), float(row["baseline"]), float(row["baseline"]))


def _note(findings: Findings, key: str) -> str:
    words, n = _WORDS[findings.language], int(findings.comparison["n"].max())
    base = next(iter(findings.arms.values()))
    return words["one" if n < 2 and key == "note" else key].format(base=base, n=n, digest=findings.digest)


def _aligned(rows: list[list[str]]) -> str:
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


def to_latex(findings: Findings, label: str) -> str:
    r"""Return the whole comparison as a LaTeX longtable with booktabs rules; the caption has n, interval and digest.

    Needs \usepackage{booktabs,longtable}, and for Chinese ctex with XeLaTeX.
    """
    words, comparison = _WORDS[findings.language], findings.comparison
    base = next(iter(findings.arms.values()))
    head = " & ".join([words["outcome"], base, words["arm"], words["difference"], "$n$"])
    caption = _escape(_note(findings, "caption"), keep="\\$")
    lines = [
        "% \\usepackage{booktabs,longtable}" + (" and ctex, with XeLaTeX" if findings.language == "zh" else ""),
        "\\begin{longtable}{lrlrr}",
        f"\\caption{{{caption}}}\\label{{{label}}}\\\\",
        "\\toprule",
        _escape(head, keep="&$") + " \\\\",
        "\\midrule",
        "\\endfirsthead",
        "\\toprule",
        _escape(head, keep="&$") + " \\\\",
        "\\midrule",
        "\\endhead",
        "\\bottomrule",
        "\\endfoot",
    ]
    for name in dict.fromkeys(comparison["outcome"]):
        part = comparison[comparison["outcome"] == name]
        for i, (_, row) in enumerate(part.iterrows()):
            first = [label_of(name, findings.language), _plain(row)] if i == 0 else ["", ""]
            cells = [*first, findings.arms[str(row["arm"])], difference(row), str(int(row["n"]))]
            lines.append(" & ".join(_escape(_minus(cell)) for cell in cells) + " \\\\")
    return "\n".join([*lines, "\\end{longtable}"]) + "\n"


def _minus(text: str) -> str:
    """Return a text with signs that LaTeX sets as minus and plus, not as hyphens."""
    return text if not any(c.isdigit() for c in text) else text.replace("-", "−")


def _escape(text: str, keep: str = "") -> str:
    """Return a text in which LaTeX's special characters are escaped, but for those to keep."""
    special = {"%": "\\%", "&": "\\&", "_": "\\_", "#": "\\#", "$": "\\$", "τ": "$\\tau$", "−": "$-$", "–": "--"}
    special |= {"\\": "\\textbackslash{}"}
    out = ""
    for i, character in enumerate(text):
        escaped = i > 0 and text[i - 1] == "\\"
        out += character if character in keep or (escaped and "\\" in keep) else special.get(character, character)
    return out
