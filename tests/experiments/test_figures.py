"""Every figure of comparisons, in both languages: whole, no text clipped or on top of another, fonts embedded."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import itertools
import json
import math
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import matplotlib.text
import pandas as pd
import pytest
from matplotlib.figure import Figure

from experiments import tables
from experiments.analysis import analyse
from experiments.arms import plan
from experiments.compose import settings_of
from experiments.figures import hours, panels, resolution, style
from experiments.figures.style import save, use_style
from experiments.paper.chapter import _caption
from experiments.result import gather
from sim import record
from sim.declare import declarations
from sim.reforms.escalation import Escalation, HoursFrom
from sim.reforms.resource_tilting import ResourceTilting

ROOT = Path(__file__).parents[2]
FIGURES = ("hours", "forest", "effect_cost", "who_gains", "paths", "interaction", "dial")
WORDS = ["experiment=tournament", "city=small", "months=3", "seeds=2", "scale=0.1", "figures=[]"]
PAIRS = "pairs=[tournament_off,tournament_double]"


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    command = [sys.executable, "-m", "experiments.run", *WORDS, PAIRS, f"results_dir={folder}"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return folder, said.stderr


@functools.cache  # no test changes what it is given
def found(folder, language, *words):
    settings = settings_of([*WORDS, *words, f"results_dir={folder}", f"language={language}"])
    runs = plan(settings)
    beside = folder / "beside"
    beside.mkdir(exist_ok=True)
    return analyse(settings, runs, {}, gather(settings, runs, {}, beside)[0])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_whole(done, name, language):
    findings = found(done[0], language, PAIRS)
    use_style()
    figure = importlib.import_module(f"experiments.figures.{name}").draw(findings)
    assert figure.get_figwidth() == 7.0
    boxes = _check_whole(figure)  # a glyph that no font has would be a warning, which is an error here
    assert any("\u4e00" <= c <= "\u9fff" for word, _ in boxes for c in word) == (language == "zh")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_fonts_are_embedded_as_outlines(done, tmp_path, language):
    use_style()
    save(importlib.import_module("experiments.figures.hours").draw(found(done[0], language, PAIRS)), tmp_path, "hours")
    pdf = (tmp_path / "hours.pdf").read_bytes()
    assert b"/FontFile2" in pdf and b"/Type3" not in pdf


@pytest.mark.parametrize("months", [1, 2, 3, 5, 6, 8, 12])
def test_names_of_months_keep_clear_of_the_next_panels(months):
    use_style()
    figure = Figure(figsize=(7.0, 2.0))
    grid = figure.add_gridspec(1, 5, left=0.085, right=0.985, wspace=0.08)
    for axes in grid.subplots(sharey=True):
        style.year_axis(axes, [f"2019-{month + 1:02d}" for month in range(months)])
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for axes in figure.axes for text in axes.get_xticklabels(which="minor")]
    boxes = sorted((box for box in boxes if box.width), key=lambda box: box.x0)
    assert len(boxes) >= 5
    assert all(right.x0 - left.x1 > 4.0 for left, right in itertools.pairwise(boxes))  # of 100 in an inch


def test_arms_that_crowd_around_the_baseline_have_a_panel_of_their_own():
    near = importlib.import_module("experiments.figures.effect_cost")._near
    spread = [[1.0, 0.1], [-0.9, 0.2], [0.8, 0.3], [0.1, 1.0], [0.6, -0.4], [0.5, 0.5], [0.0, 0.0]]
    points = pd.DataFrame(spread, index=list("abcdefg"), columns=["spent", "gained"])
    assert near(points) == []
    points.loc["far"] = [-20.0, -15.0]
    assert near(points) == list("abcdefg")


def test_no_two_arms_look_alike():
    arms = {f"arm {i}": f"arm {i}" for i in range(40)}
    looks = style.look_of(SimpleNamespace(arms=arms, shown=list(arms)))
    assert len({(look["color"], look["linestyle"]) for look in looks.values()}) == 40
    assert [arm for arm, look in looks.items() if look["color"] == style.COLOURS[0]] == ["arm 0"]


@pytest.mark.parametrize("name", ["resolution", "surge", "spread", "paths", "hours"])
def test_a_run_of_one_month_shows_something(done, name):
    findings = found(done[0], "en", PAIRS)
    first = findings.monthly["month"].iloc[0]
    cut = {part: getattr(findings, part) for part in ("monthly", "streets", "hours", "paths")}
    cut = {part: table[table["month"] == first] for part, table in cut.items()}
    use_style()
    figure = importlib.import_module(f"experiments.figures.{name}").draw(dataclasses.replace(findings, **cut))
    axes = figure.axes[0]
    if name == "hours":
        area = axes.collections[0].get_paths()[0].get_extents()
        assert area.width > 25.0 and area.height > 0.0  # days, thousand hours
        return
    marked = [line for line in axes.lines if line.get_marker() not in ("", "None")]
    at = [(x, y) for line in marked for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]
    assert len(marked) >= (2 if name == "paths" else len(findings.shown))
    assert len(set(at)) == len(at)  # none hides another
    low, high = axes.get_ylim()
    assert all(low < y < high for _, y in at)
    assert axes.collections  # whiskers


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "name", ["resolution", "surge", "spread", "hours", "forest", "effect_cost", "paths", "who_gains", "repeats"]
)
def test_long_labels_are_neither_clipped_nor_on_top_of_one_another(done, name, language):
    said = "resource tilting to the weakest tenth of streets, paid by all of the others"
    said = said if language == "en" else "按需求调配区级人员并使用上一年度结余资金的资源倾斜"
    findings = found(done[0], language, PAIRS)
    arms = {arm: f"{said} {i}" for i, arm in enumerate(findings.arms)}
    use_style()
    draw = importlib.import_module(f"experiments.figures.{name}").draw
    _check_whole(draw(dataclasses.replace(findings, arms=arms)))


@pytest.mark.parametrize(("language", "said"), [("en", "the first 5 of 6 arms"), ("zh", "6 个方案中的前 5 个")])
def test_hours_says_that_it_leaves_arms_out(done, language, said):
    findings = found(done[0], language, PAIRS)
    assert len(findings.shown) == 5
    use_style()
    assert not any("of 5 arms" in word or "5 个方案" in word for word, _ in _check_whole(hours.draw(findings)))
    assert said not in _caption(findings, "hours", 2)
    also = findings.monthly[findings.monthly["arm"] == findings.baseline].assign(arm="sixth")
    more = {"arms": findings.arms | {"sixth": "sixth"}, "monthly": pd.concat([findings.monthly, also])}
    findings = dataclasses.replace(findings, **more)
    assert said in [word for word, _ in _check_whole(hours.draw(findings))]
    assert said in _caption(findings, "hours", 2)


@pytest.mark.parametrize(
    ("month", "confidence", "kinds"),
    [(2, "seen", ["published"]), (2, "recalled", ["recalled"]), (None, "seen", ["year"]), (9, "seen", [])],
)
def test_the_legend_lists_only_what_was_drawn(done, month, confidence, kinds):
    findings = found(done[0], "en", PAIRS)  # of three months, so that the middle of the year is not among them
    row = {"metric": "satisfaction_rate", "year": 2019, "month": month, "value": 80.0, "confidence": confidence}
    use_style()
    figure = resolution.draw(dataclasses.replace(findings, published=pd.DataFrame([row])))
    listed = [text.get_text() for text in figure.legends[0].get_texts()]
    assert listed == [*findings.arms.values(), *(resolution._WORDS["en"][kind] for kind in kinds)]


def test_a_cell_of_nothing_has_no_sign():
    shown = [panels.shown_change("real_resolution", value) for value in (-0.00002, 0.0, -0.0002, 0.1234)]
    assert shown == ["0.00", "0.00", "-0.02", "+12.3"]


def test_hours_shows_every_use_that_a_record_has():
    assert set(hours.USES) == set(record.USES)


def _check_whole(figure):
    """Check that no text leaves the page or lies on another; return texts and their boxes."""
    figure.draw_without_rendering()
    texts = [text for text in figure.findobj(matplotlib.text.Text) if text.get_visible() and text.get_text().strip()]
    hidden = _not_drawn(figure)
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text not in hidden]
    width, height = figure.bbox.width, figure.bbox.height
    for word, box in boxes:
        assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1, f"{word!r} is clipped"
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        assert not a.padded(-1.5).overlaps(b.padded(-1.5)), f"{one!r} lies on {other!r}"
    return boxes


def _not_drawn(figure):
    """Return the texts that are there but not drawn: of hidden panels, and of ticks beyond their axis."""
    out = set()
    for axes in figure.axes:
        inside = axes.bbox.padded(0.6)  # a tick farther off is not drawn
        for label in axes.get_xticklabels(which="both"):
            box = label.get_window_extent()
            if not inside.x0 <= (box.x0 + box.x1) / 2.0 <= inside.x1:
                out.add(label)
        for label in axes.get_yticklabels(which="both"):
            box = label.get_window_extent()
            if not inside.y0 <= (box.y0 + box.y1) / 2.0 <= inside.y1:
                out.add(label)
        if not axes.get_visible():
            out |= set(axes.findobj(matplotlib.text.Text))
        elif not axes.axison:
            out |= {*axes.get_xticklabels(which="both"), *axes.get_yticklabels(which="both")}
    return out


@pytest.mark.parametrize(("language", "note"), [("en", "[ ]: the interval"), ("zh", "[ ]：区间")])
def test_a_matrix_of_pairs_names_both_ends_of_an_interval_that_is_not_symmetric(done, language, note):
    findings = found(done[0], language, PAIRS)
    ends = {"interval": "bootstrap", "ci_low": -0.0031, "ci_high": 0.0012}
    table, alone = findings.interaction.assign(**ends), findings.comparison.assign(**ends)
    monthly = pd.concat([findings.monthly.assign(seed=seed) for seed in range(20)])
    use_style()
    draw = importlib.import_module("experiments.figures.interaction").draw
    figure = draw(dataclasses.replace(findings, interaction=table, comparison=alone, monthly=monthly))
    words = [word for word, _ in _check_whole(figure)]
    assert sum(word.endswith("\n[-0.31,\n+0.12])") for word in words) == 6  # two outcomes, of two arms and their pair
    assert any(note in word for word in words)
    assert not any("±" in word for word in words)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["forest", "who_gains", "interaction"])
def test_with_one_seed_a_note_names_no_intervals(done, name, language):
    findings = found(done[0], language, PAIRS)
    one = {"ci_low": math.nan, "ci_high": math.nan, "n": 1, "interval": "none"}
    parts = {part: getattr(findings, part).assign(**one) for part in ("comparison", "interaction", "changed")}
    monthly = findings.monthly[findings.monthly["seed"] == findings.monthly["seed"].iloc[0]]
    use_style()
    figure = importlib.import_module(f"experiments.figures.{name}").draw(
        dataclasses.replace(findings, monthly=monthly, **parts)
    )
    text = " ".join(word for word, _ in _check_whole(figure))
    assert ("one seed" if language == "en" else "仅一个种子") in text
    assert not any(word in text for word in ("hollow", "空心", "( )", "±"))


def test_a_dial_with_a_long_label_is_whole(done):
    findings = found(done[0], "en", PAIRS)
    said = dataclasses.replace(findings.dials[0].field, en="after this many returns of a problem (0: never at all)")
    findings = dataclasses.replace(findings, dials=[dataclasses.replace(findings.dials[0], field=said)])
    use_style()
    _check_whole(importlib.import_module("experiments.figures.dial").draw(findings))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_dial_says_what_else_its_arms_have_and_joins_never_to_no_number(done, language):
    findings = found(done[0], language, PAIRS)
    fields = declarations(Escalation)
    dial = dataclasses.replace(
        findings.dials[0], field=fields["after"], today=None, beside=((fields["staffing"], HoursFrom.STREETS),)
    )
    use_style()
    figure = importlib.import_module("experiments.figures.dial").draw(dataclasses.replace(findings, dials=[dial]))
    words = [word for word, _ in _check_whole(figure)]
    assert any(word.endswith("= streets" if language == "en" else "= 取自街道") for word in words)
    line, alone = sorted((line.get_xdata() for line in figure.axes[0].lines[1:]), key=len, reverse=True)
    assert list(alone) == [0.0]
    assert 0.0 not in line and len(line) >= 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_arm_that_spends_money_is_drawn_over_it_too(done, language):
    findings = found(done[0], language, PAIRS)
    table = findings.comparison.copy()
    spends = (table["outcome"] == "money") & (table["arm"] == "tournament_double")
    table.loc[spends, ["mean", "difference", "ci_low", "ci_high"]] = [1.5e6, 1.5e6, 1.4e6, 1.6e6]
    use_style()
    figure = importlib.import_module("experiments.figures.effect_cost").draw(
        dataclasses.replace(findings, comparison=table)
    )
    words = [word for word, _ in _check_whole(figure)]
    assert any(("yuan" if language == "en" else "元") in word for word in words)
    assert any(word.startswith("more money" if language == "en" else "多花的") for word in words)
    assert any(word.startswith("more staff hours" if language == "en" else "多用的工时") for word in words)
    line = next(line for line in figure.axes[1].lines if line.get_label() == findings.arms["tournament_double"])
    assert line.get_xdata()[0] == pytest.approx(1.5)


def test_what_is_prevented_shows_in_effect_against_cost_and_in_the_forest(done):
    findings = found(done[0], "en", PAIRS)
    cost, arm = findings.cost.copy(), "tournament_double"
    at = (cost["arm"] == arm) & (cost["currency"] == "staff_hours")
    monthly = findings.monthly[findings.monthly["arm"] == findings.baseline]
    left = (monthly["problems"] - monthly["solved"]).groupby(monthly["seed"]).sum().mean()
    cost.loc[at, ["gained", "gained_low", "gained_high"]] = [0.2 * left, 0.1 * left, 0.3 * left]
    findings = dataclasses.replace(findings, cost=cost)
    use_style()
    plane = importlib.import_module("experiments.figures.effect_cost").draw(findings).axes[0]
    lines = [line for line in plane.lines if line.get_label() == findings.arms[arm]]
    assert lines[0].get_ydata() == pytest.approx([20.0])
    assert any(list(line.get_ydata()) == pytest.approx([10.0, 30.0]) for line in plane.lines)
    forest = importlib.import_module("experiments.figures.forest").draw(findings)
    panel = next(axes for axes in forest.axes if "fewer problems unresolved" in axes.get_title(loc="left"))
    assert "▲" in panel.get_title(loc="left")
    assert any(list(line.get_xdata()) == pytest.approx([10.0, 30.0]) for line in panel.lines)


def test_more_arms_than_fit_stand_in_a_second_table(done, monkeypatch):
    findings = found(done[0], "en")
    whole = tables.summary_text(findings)
    assert whole.count("real resolution [%]") == 2  # itself and its gap
    assert "money" not in whole  # nobody spends any
    monkeypatch.setattr(tables, "_WIDEST", 90)
    split = tables.summary_text(findings)
    assert split.count("real resolution [%]") == 4
    assert max(map(len, split.splitlines())) <= 90 < max(map(len, whole.splitlines()))
    assert all(split.count(label) == 1 for arm, label in findings.arms.items() if arm != "baseline")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_dial_of_choices_is_whole_and_names_them(done, language):
    findings = found(done[0], language, PAIRS)
    by = declarations(ResourceTilting)["by"]
    findings = dataclasses.replace(findings, dials=[dataclasses.replace(findings.dials[0], field=by)])
    use_style()
    words = [word for word, _ in _check_whole(importlib.import_module("experiments.figures.dial").draw(findings))]
    assert findings.arms["tournament_double"] in words
    assert (by.zh if language == "zh" else by.en) in words


def test_who_receives_has_columns_of_its_own(done):
    findings = found(done[0], "en", PAIRS)
    table = findings.changed
    sides = table[(table["kind"] == "zone") & (table["arm"] == "tournament_half")].drop_duplicates("outcome")
    sides = pd.concat([sides.assign(kind="side", of=side) for side in ("receiving", "others")])
    use_style()
    who = importlib.import_module("experiments.figures.who_gains")
    figure = who.draw(dataclasses.replace(findings, changed=pd.concat([table, sides])))
    words = [word for word, _ in _check_whole(figure)]
    assert {"receive", "others"} <= set(words)
    assert len(who.draw(findings).axes) == 2


def test_who_gains_tells_no_cell_of_one_pair_apart_where_others_have_intervals(done):
    findings = found(done[0], "en", PAIRS)
    table = findings.changed.assign(ci_low=0.001, ci_high=0.002)
    zones = (table["arm"] == "tournament_half") & (table["kind"] == "zone")
    table.loc[zones, ["ci_low", "ci_high", "n"]] = [math.nan, math.nan, 1]
    use_style()
    draw = importlib.import_module("experiments.figures.who_gains").draw
    for changed, in_brackets in (
        (table, table.loc[zones, "of"].nunique()),
        (table.assign(ci_low=math.nan, ci_high=math.nan, n=1), 0),  # with one seed each difference is told
    ):
        words = [word for word, _ in _check_whole(draw(dataclasses.replace(findings, changed=changed)))]
        assert sum(word.startswith(("(+", "(-", "(0")) for word in words) == in_brackets


@pytest.mark.parametrize("alone", [True, False])
def test_forest_and_interaction_tell_a_single_pair_apart_only_where_no_arm_has_an_interval(done, alone):
    findings = found(done[0], "en", PAIRS)
    arm, missing = "tournament_off", {"ci_low": math.nan, "ci_high": math.nan, "n": 1}
    table = findings.comparison.assign(ci_low=0.001, ci_high=0.002, interval="t")
    rows = (table["arm"] == arm) | alone
    table.loc[rows, list(missing)] = list(missing.values())
    pairs = findings.interaction.assign(ci_low=0.001, ci_high=0.002, interval="t")
    findings = dataclasses.replace(findings, comparison=table, interaction=pairs)
    use_style()
    panel = importlib.import_module("experiments.figures.forest").draw(findings).axes[0]
    at = findings.others.index(arm)
    (mark,) = (line for line in panel.lines if list(line.get_ydata()) == [at])
    assert (mark.get_markerfacecolor() == "1") == (not alone)
    matrices = importlib.import_module("experiments.figures.interaction").draw(findings)
    words = [word for word, _ in _check_whole(matrices)]
    assert sum(word.startswith(("(+", "(-", "(0")) for word in words) == (0 if alone else 2)  # one in each matrix


def test_a_single_arm_has_no_figures_of_effects(done):
    lonely = ["~arms.tournament_off", "~arms.tournament_half", "~arms.tournament_double"]
    findings = found(done[0], "en", *lonely)
    for name in FIGURES:
        if name == "hours":  # of the arms themselves, not of what they change
            continue
        assert importlib.import_module(f"experiments.figures.{name}").draw(findings) is None


def test_reforms_that_clash_are_said_at_the_start_and_in_the_manifest(done):
    folder, said = done
    line = (
        "arm tournament_off+tournament_double: the order of tournament_off and tournament_double matters from 2019-01"
    )
    assert line in said
    (manifest,) = (folder / "tournament").glob("*/manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["order_matters"] == [f"{line} on, for tournament.strength"]


def test_the_data_of_every_figure_is_a_table(done):
    (result,) = (done[0] / "tournament").iterdir()
    there = {path.name for path in result.iterdir()}
    names = ("comparison", "cost", "changed", "paths", "interaction", "dial")
    assert {f"{name}.csv" for name in names} | {f"{name}.parquet" for name in names} <= there
    assert {"interaction.md", "interaction.tex"} <= there
    assert "Pairs of reforms" in (result / "interaction.md").read_text(encoding="utf-8")
    assert "n = 2 seeds" in (result / "interaction.tex").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["reforms", "pairs"])
def test_the_experiments_can_be_run(name):
    settings = settings_of([f"experiment={name}", "city=small"])
    assert settings.auto
    assert settings.arms[settings.baseline] == []
    assert len(settings.arms) >= 4
