"""Figure: who gains, streets by how they stood in the baseline and by functional zone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.panels import cells, finish, new_figure, shown_change, title, wrapped
from experiments.findings import Findings
from experiments.intervals import told_apart

CAPTION = {
    "en": "Who gains: streets by how they stood in the first arm, and by functional zone.",
    "zh": "谁受益：按街道在首个方案中的水平与功能区分组。",
}
_WORDS = {
    "en": {
        "fifth": "fifths of streets by real resolution in {base}",
        "zone": "functional zones",
        "lowest": "lowest",
        "highest": "highest",
        "side": "staff",
        "receiving": "receive",
        "others": "others",
        "core": "core",
        "urban_expansion": "urban\nexpansion",
        "new_development": "new\ndevelopment",
        "ecological": "ecological",
        "note": "real resolution of streets' tickets, percentage points; ",
        "told": "( ): not told apart from 0",
        "one": "one seed, no intervals",
    },
    "zh": {
        "fifth": "街道按{base}真实解决率五等分",
        "zone": "功能区",
        "lowest": "最低",
        "highest": "最高",
        "side": "人力调配",
        "receiving": "受援",
        "others": "其他",
        "core": "核心区",
        "urban_expansion": "功能拓展区",
        "new_development": "发展新区",
        "ecological": "生态涵养区",
        "note": "街道工单的真实解决率，百分点；",
        "told": "( )：与 0 无法区分",
        "one": "仅一个种子，无区间",
    },
}


def draw(findings: Findings) -> Figure | None:
    """Draw a row an arm and a column a group: the paired difference in real resolution."""
    if not len(findings.changed):
        return None
    words, arms = _WORDS[findings.language], findings.others
    table = findings.changed[findings.changed["outcome"] == "real_resolution"]
    there = set(table.loc[table["kind"] == "zone", "of"])
    zones = [zone for zone in findings.zones if zone in there]
    fifths = sorted(set(table.loc[table["kind"] == "fifth", "of"]), key=int)
    columns = {"fifth": fifths, "zone": zones}
    if (table["kind"] == "side").any():
        columns["side"] = ["receiving", "others"]
    shown = table[table["kind"].isin(list(columns))]
    shown = shown.assign(told=told_apart(shown))
    widest = float(np.nanmax(np.abs(shown["difference"]))) or 1.0
    labels = [wrapped(findings.arms[arm]) for arm in arms]
    lines = max(label.count("\n") + 1 for label in labels)
    figure = new_figure(0.6 + (0.1 + 0.14 * lines) * len(arms))
    widths = [max(2, len(groups)) for groups in columns.values()]
    panels = figure.subplots(1, len(columns), width_ratios=widths)
    ends = {fifths[0]: words["lowest"], fifths[-1]: words["highest"]}
    for i, (axes, (kind, groups)) in enumerate(zip(panels, columns.items(), strict=True)):
        _matrix(axes, shown[shown["kind"] == kind], arms, groups, widest)
        axes.set_yticks(range(len(arms)) if i == 0 else [], labels if i == 0 else [])
        named = [f"{one}\n{ends.get(one, '')}".strip() if kind == "fifth" else words[one] for one in groups]
        axes.set_xticks(range(len(groups)), named)
        title(axes, wrapped(words[kind].format(base=findings.arms[findings.baseline]), 12 * widths[i]), i)
    return finish(figure, findings, words["note"] + words["one" if findings.interval == "none" else "told"])


def _matrix(axes: Axes, table: pd.DataFrame, arms: list[str], groups: list[str], widest: float) -> None:
    values, texts = np.full((len(arms), len(groups)), np.nan), []
    rows = table.set_index(["arm", "of"])
    for i, arm in enumerate(arms):
        texts.append([""] * len(groups))
        for j, group in enumerate(groups):
            if (arm, group) not in rows.index:  # an arm that moves nothing has no sides
                continue
            row = rows.loc[(arm, group)]
            values[i, j] = row["difference"]
            text = shown_change("real_resolution", float(row["difference"]))
            texts[i][j] = text if row["told"] else f"({text})"
    cells(axes, values, texts, widest, size=7)
