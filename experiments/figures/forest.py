"""Figure: what every arm changes, outcome by outcome, with intervals (a forest plot)."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.cost import in_percent
from experiments.figures.panels import change_label, colour_of, finish, new_figure, of_outcome, title, wrapped
from experiments.findings import Findings
from experiments.intervals import told_apart
from experiments.words import factor_of
from sim.outcomes import OUTCOMES

CAPTION = {
    "en": "What every arm changes, outcome by outcome: paired differences to the first arm with their intervals, an "
    "average month; problems left unresolved are those filed and not really resolved by the end of the run.",
    "zh": "各方案逐项指标的变化：与首个方案的配对差异（月均）及区间；遗留的未解决问题指已提出、到期末未真实解决者。",
}
_MOST = 6  # panels
_LEFT = "left"  # problems fewer left unresolved: no monthly outcome, but of the table of costs
_CHOICE = (  # the first six of these that are defined in the run
    *("real_resolution", "problems_resolved", _LEFT, "reported_resolution", "satisfaction", "staff_hours"),
    *("repeat_share", "documentation_share", "withdrawn", "morale"),
)
_KEYS = ("difference", "ci_low", "ci_high")
_MARKS = {1: "▲", -1: "▼", 0: ""}
_TITLES = {
    "en": "fewer problems unresolved\n[% of those left in {base}]",
    "zh": "少遗留的未解决问题\n[占{base}遗留数的 %]",
}
_NOTES_ONE = {  # with one seed there are no intervals
    "en": "▲ more is better, ▼ less is better · one seed: nothing is told apart; squares: worse",
    "zh": "▲ 越大越好，▼ 越小越好 · 仅一个种子：无从区分；方块：变差",
}
_NOTES = {
    "en": "▲ more is better, ▼ less is better · blue: better, orange squares: worse, hollow: not told apart from 0",
    "zh": "▲ 越大越好，▼ 越小越好 · 蓝：变好；橙色方块：变差；空心：与 0 无法区分",
}


def draw(findings: Findings) -> Figure | None:
    """Draw a panel an outcome, a row an arm: the paired difference to the baseline with its interval."""
    arms, table = findings.others, findings.comparison
    if not arms:
        return None
    known = set(table.dropna(subset=["difference"])["outcome"])
    known |= {_LEFT} if findings.cost["gained"].notna().any() else set()
    names = [name for name in _CHOICE if name in known][:_MOST]
    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    labels = [wrapped(findings.arms[arm]) for arm in arms]
    lines = max(label.count("\n") + 1 for label in labels)
    figure = new_figure(rows * (0.55 + max(0.45, (0.05 + 0.12 * lines) * len(arms))))
    panels = figure.subplots(rows, columns, sharey=True, squeeze=False)
    for i, axes in enumerate(panels.flat):
        if i < len(names):
            _panel(axes, findings, names[i], i, labels)
        else:
            axes.set_visible(False)
    notes = _NOTES_ONE if findings.interval == "none" else _NOTES
    return finish(figure, findings, notes[findings.language])


def _changes(findings: Findings, name: str) -> tuple[pd.DataFrame, int, str]:
    """Return what a panel shows: every arm's difference, ci_low and ci_high; its better direction; its title."""
    if name == _LEFT:
        shares = in_percent(findings.cost, findings.monthly, findings.baseline)
        rows = shares[["gained", "gained_low", "gained_high"]].set_axis(list(_KEYS), axis=1)
        return rows, 1, wrapped(_TITLES[findings.language].format(base=findings.arms[findings.baseline]), 30)
    rows = of_outcome(findings.comparison, name).set_index("arm")[list(_KEYS)] * factor_of(name)
    return rows, OUTCOMES[name].better, change_label(name, findings.language, 28)


def _panel(axes: Axes, findings: Findings, name: str, index: int, labels: list[str]) -> None:
    rows, better, said = _changes(findings, name)
    told = told_apart(rows)
    axes.axvline(0.0, color="0.75", lw=0.8, zorder=0)
    for i, arm in enumerate(findings.others):
        value, low, high = (float(rows.loc[arm, key]) for key in _KEYS)
        colour = colour_of(low, high, better)
        hollow = not told[arm]
        marker = "s" if not hollow and value * better < 0.0 else "o"
        axes.plot([low, high], [i, i], color=colour, lw=1.0)
        axes.plot([value], [i], marker, ms=3.6, color=colour, mfc="1" if hollow else colour)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    title(axes, f"{said} {_MARKS[better]}", index)
