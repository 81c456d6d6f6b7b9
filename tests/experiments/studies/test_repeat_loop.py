"""The repeat loop on tables with known answers: gains, what runs away, fates, who circles, when a surge is over."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.compose import settings_of
from experiments.errors import BadInput
from experiments.report import main as report
from experiments.run import main
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop import check
from experiments.studies.repeat_loop.captions import captions_of
from experiments.studies.repeat_loop.flow_figure import entering
from experiments.studies.repeat_loop.gain_says import Gains
from experiments.studies.repeat_loop.gain_says import sentences as gain_sentences
from experiments.studies.repeat_loop.gain_words import WORDS
from experiments.studies.repeat_loop.gains import (
    FADES,
    LASTING,
    RISING,
    STOPPED,
    changes,
    factors,
    gains_of,
    half_width,
    pairs_of,
    rises,
)
from experiments.studies.repeat_loop.loop_says import _back as recovery_says
from experiments.studies.repeat_loop.loop_says import _who as who_says
from experiments.studies.repeat_loop.panel import flow_of, followed, problems_of, returns_of
from experiments.studies.repeat_loop.recovery import back_of
from experiments.studies.repeat_loop.who import who_of
from experiments.studies.repeat_loop.who_figure import draw as draw_who
from experiments.studies.texts import percent_in, plain
from sim.tickets import CASE, FILES_AGAIN, GIVES_UP, RELAPSES, RESTS

CAPACITY, RETURN = "parameters.capacity_to_need", "parameters.return_street"


@pytest.fixture(scope="module")
def settings():
    return settings_of(["experiment=repeat_loop"])


def months(repeats, surge, n=18, backlog=100.0, fresh=1000.0, **columns):
    """Return n months of a run, with 100 more problems in month 7 if surged, and repeats by month."""
    table = pd.DataFrame({"month": range(n), "problems": fresh, "backlog": backlog, "repeats": 50.0})
    if surge > 1.0:
        table.loc[6, "problems"] += 100.0
        table["repeats"] += np.pad(repeats, (6, 0))[:n]
    table["tickets"] = table["problems"] + table["repeats"]
    table = table.assign(work_hours=2.0 * table["tickets"], fresh_hours=2.0 * table["problems"])
    table = table.assign(branching_ratio=0.1, repeat_share=0.2, hours_on_repeats=0.2, real_resolution=0.8)
    return table.assign(**{"parameters.surge": surge}, **columns)


def ran_of(settings, *tables):
    """Return runs of the stage `returning` as a study sees them."""
    table = pd.concat(tables, ignore_index=True).assign(stage="returning")
    return SimpleNamespace(settings=settings, stage=lambda name: table[table["stage"] == name], language="en")


DYING = 50.0 * 0.5 ** np.arange(12)
STEADY = np.full(12, 20.0)


def pair(repeats, seed=0, n=18, backlog=100.0, **point):
    point = {CAPACITY: 1.0, RETURN: 0.9} | point
    return [months(repeats, surge, n, backlog, seed=seed, **point) for surge in (1.0, 1.1)]


def test_gains_of_a_pair_are_extra_tickets_for_every_extra_problem(settings):
    ran = ran_of(settings, *pair(DYING), *pair(DYING, seed=1))
    names = factors(ran, "returning")
    assert names == [CAPACITY, RETURN]
    pairs = pairs_of(ran, "returning", names)
    extra = 1.0 + DYING.sum() / 100.0
    assert pairs["m_tickets"].tolist() == pytest.approx([extra, extra])
    assert pairs["early"].iloc[0] == pytest.approx(DYING[3:6].sum() / 100.0)
    assert pairs["late"].iloc[0] == pytest.approx(DYING[9:12].sum() / 100.0)
    (row,) = gains_of(pairs, names).to_dict("records")
    assert row["gain_tickets"] == pytest.approx(1.0 - 1.0 / extra)
    assert row["gain_hours"] == pytest.approx(row["gain_tickets"])
    assert (row["n"], row["is"]) == (2, FADES)
    assert row["gain_tickets_low"] == pytest.approx(row["gain_tickets_high"])


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        (pair(STEADY), LASTING),
        (pair(DYING, backlog=100.0 * 1.05 ** np.arange(18)), RISING),
        ([months(DYING, 1.0, seed=0, **{CAPACITY: 1.0, RETURN: 0.9}), *pair(DYING, n=9)[1:]], STOPPED),
    ],
)
def test_what_does_not_fade_rises_or_was_stopped_has_run_away(settings, tables, what):
    ran = ran_of(settings, *tables, *(part.assign(seed=1) for part in tables))
    names = factors(ran, "returning")
    table = gains_of(pairs_of(ran, "returning", names), names)
    assert table["is"].tolist() == [what]
    stage = Gains(table, names)
    for language in ("en", "zh"):
        said = "".join(gain_sentences(SimpleNamespace(settings=settings, language=language), {"phase": stage}))
        assert WORDS[language][what] in said
        assert not any(word in said for word in ("nan", "{", "}"))


def test_with_one_seed_nothing_is_told_apart_and_that_is_said(settings):
    ran = ran_of(settings, *pair(STEADY))
    names = factors(ran, "returning")
    stage = Gains(gains_of(pairs_of(ran, "returning", names), names), names)
    assert stage.table["is"].tolist() == [FADES]
    for language in ("en", "zh"):
        said = gain_sentences(SimpleNamespace(settings=settings, language=language), {"phase": stage})
        assert said[-1] == WORDS[language]["single"]


def test_where_it_runs_away_today_no_gain_is_told(settings):
    today = {CAPACITY: settings.parameters.capacity_to_need, RETURN: settings.parameters.return_street}
    away = [months(DYING, surge, n=9, seed=0, **today) for surge in (1.0, 1.1)]
    ran = ran_of(settings, *away)
    stage = Gains(gains_of(pairs_of(ran, "returning", [CAPACITY, RETURN]), [CAPACITY, RETURN]), [CAPACITY, RETURN])
    assert stage.table["is"].tolist() == [STOPPED]
    for language, dash in (("en", "makes –"), ("zh", "带来 –")):
        said = gain_sentences(SimpleNamespace(settings=settings, language=language), {"phase": stage})
        assert WORDS[language][STOPPED] in said[0]
        assert dash not in said[0]


def test_a_backlog_rises_only_if_it_does_in_every_quarter_and_over_the_volume():
    fresh = np.full(15, 10.0)
    assert rises(1.02 ** np.arange(15) * 100.0, fresh)
    assert not rises(np.full(15, 100.0), fresh)
    assert not rises(1.002 ** np.arange(15) * 100.0, fresh)  # by less than a tenth
    assert not rises(1.02 ** np.arange(15) * 100.0, 1.02 ** np.arange(15) * 10.0)  # with the volume
    dip = 1.02 ** np.arange(15) * 100.0
    dip[6:9] = 90.0
    assert not rises(dip, fresh)
    assert not rises(np.arange(14.0), np.ones(14))  # too short to say


def test_intervals_are_pooled_over_points():
    values = pd.Series([1.0, 3.0, 5.0, 7.0])  # spread 2 within each of two points
    points = pd.Series(["a", "a", "b", "b"])
    assert half_width(values, [points], 2) == pytest.approx(4.302653 * math.sqrt(2.0 / 2.0), rel=1e-6)
    assert math.isnan(half_width(values.iloc[::2], [points.iloc[::2]], 1))


def test_a_mechanism_switched_off_is_compared_seed_by_seed():
    rows = [(name, seed, m) for name, ms in (("", (2.0, 4.0)), ("grievance", (1.0, 2.0))) for seed, m in enumerate(ms)]
    pairs = pd.DataFrame(rows, columns=["without", "seed", "m_tickets"]).assign(**{CAPACITY: 1.0})
    table = changes(pairs, pairs.drop_duplicates("without"), ["without", CAPACITY])
    off = table[table["without"] == "grievance"].iloc[0]
    assert (off["change"], off["change_low"], off["change_high"]) == pytest.approx((0.5, 0.5, 0.5))


def log_of(*problems):
    """Return a log of problems; each is a list of (resolved, follows, excluded), closed every twenty days."""
    rows = [
        {"problem": i, "attempt": n, "first_day": 10, "closed": 20 * n, "resolved": r, "follows": f, "excluded": e}
        for i, tickets in enumerate(problems)
        for n, (r, f, e) in enumerate(tickets, start=1)
    ]
    same = {"person": 0, "home": 0, "category": 0, "strategic": False, "grievance": 0.0, "minutes": 60, "unit": 0}
    return pd.DataFrame(rows).assign(**same, right=0, level=0)


YES, NO = (True, RESTS, False), (False, RESTS, False)
AGAIN = (False, FILES_AGAIN, False)
LOG = log_of(
    [YES],
    [YES],
    [NO],
    [(False, GIVES_UP, False)],
    [(False, RESTS, True)],
    [(True, RELAPSES, False), YES],
    [AGAIN, AGAIN, AGAIN, NO],
    [AGAIN, (False, CASE, False)],
    [(True, FILES_AGAIN, False), (False, RESTS, True)],
)


def test_every_problem_has_one_fate_and_none_is_lost_on_the_way():
    problems = problems_of(LOG)
    ends = ["resolved", "resolved", "rests", "gave_up", "excluded", "resolved", "rests", "open", "excluded"]
    assert problems["fate"].tolist() == ends
    assert problems["requests"].tolist() == [1, 1, 1, 1, 1, 2, 4, 2, 2]
    flow = flow_of(problems).set_index(["attempt", "fate"])["problems"]
    assert (flow[1, "returned"], flow[2, "returned"], flow[3, "rests"]) == (4, 1, 1)
    assert flow.drop("returned", level="fate").sum() == len(problems)
    shares = {key: number / 9.0 for key, number in flow.items()}
    assert entering(shares, 1) == pytest.approx({1: 1.0, 2: 4 / 9, 3: 1 / 9})
    assert returns_of(LOG) == pytest.approx(
        {"after_failure": 4 / 7, "dissatisfied": 1 / 7, "relapse": 1 / 7, "case": 1 / 7}
    )


def test_problems_are_followed_for_180_days_and_no_longer():
    log = log_of([AGAIN] * 12)
    assert problems_of(followed(log, 0, 11))["requests"].tolist() == [9]  # closed on day 180, before 10 + 180
    assert problems_of(followed(log, 0, 11))["fate"].tolist() == ["open"]
    assert len(followed(log, 0, 10)) == len(followed(log, 11, 99)) == 0


def test_who_circles_is_set_against_all(settings):
    n = 400
    problems = pd.DataFrame({"requests": [3] * 40 + [1] * (n - 40), "strategic": [True] * 20 + [False] * (n - 20)})
    problems = problems.assign(misplaced=False, grievance=0.0, level=0, home=0, category=0)
    ran = SimpleNamespace(settings=settings, language="en")
    who = who_of(ran, {0: problems, 1: problems}).set_index(["trait", "value"])
    row = who.loc[("strategic", "yes")]
    assert (row["all"], row["circling"], row["rate"]) == pytest.approx((0.05, 0.5, 1.0))
    assert (row["lift"], row["says"]) == (pytest.approx(10.0), "more")
    assert who.loc[("strategic", "no"), "says"] == "less"
    assert who.loc[("level", "street"), "says"] == "unsure"
    few = who_of(ran, dict.fromkeys((0, 1), problems.iloc[18:60])).set_index(["trait", "value"])
    assert few.loc[("strategic", "yes"), "lift"] > 1.0
    assert few.loc[("strategic", "yes"), "says"] == "unsure"  # two problems are too few to say


def path(relative, half=0.5):
    table = pd.DataFrame({"month_after": range(1, len(relative) + 1), "relative": relative})
    table = table.assign(difference=100.0 * table["relative"], arm="baseline", outcome="backlog", n=3)
    return table.assign(low=table["difference"] - half, high=table["difference"] + half)


@pytest.mark.parametrize(
    ("relative", "within", "apart"),
    [
        ([0.5, 0.9, 0.6, 0.3, 0.02, 0.008, 0.006, 0.004, 0.0], 3.0, 5.0),  # the surge is the first three
        ([0.5, 0.9, 0.6, 0.0, 0.0, 0.3], math.nan, math.nan),  # back, and off again
        ([0.5, 0.9, 0.6, 0.0, 0.0, 0.0], 1.0, 1.0),
    ],
)
def test_a_surge_is_over_when_its_path_is_back_for_good(relative, within, apart):
    (row,) = back_of(path(relative), 3).to_dict("records")
    assert row["furthest"] == 0.9
    assert row["within_1_percent"] == pytest.approx(within, nan_ok=True)
    assert row["not_told_apart"] == pytest.approx(apart, nan_ok=True)


def test_a_surge_that_no_run_outlives_or_that_moves_nothing_is_said_so(settings):
    for language, short, none in (
        ("en", "no run goes on beyond it", "cannot be said in per cent"),
        ("zh", "没有运行", "无法"),
    ):
        ran = SimpleNamespace(settings=settings, language=language)
        (line,) = recovery_says(ran, back_of(path([0.5, 0.9, 0.6]), 3))
        assert short in line
        (line,) = recovery_says(ran, back_of(path([math.nan] * 5), 3))
        assert none in line
        (line,) = recovery_says(ran, back_of(path([0.5, 0.9, 0.6, 0.0]), 3))
        assert short not in line


def test_nobody_who_circles_is_said_and_drawn(settings):
    problems = pd.DataFrame({"requests": [1] * 9, "strategic": [True] * 3 + [False] * 6})
    problems = problems.assign(misplaced=False, grievance=0.0, level=0, home=0, category=0)
    who = who_of(SimpleNamespace(settings=settings, language="en"), {0: problems, 1: problems})
    for language, said in (("en", "No problem of the panel circles"), ("zh", "没有循环问题")):
        assert said in who_says(SimpleNamespace(settings=settings, language=language), who)
    empty, rows = pd.DataFrame(), {"stage": "recovery", "seed": [0, 1], "month": 1}
    figure = draw_who(Ran(settings, {}, pd.DataFrame(rows), empty, empty), who)
    assert all(axes.get_xlim()[1] > 1.0 for axes in figure.axes if axes.get_visible())


def test_numbers_without_an_interval_or_without_end_read_well():
    assert percent_in({"mean": 0.123, "low": math.nan, "high": math.nan}) == "12.3"
    assert (plain(math.nan), plain(math.inf), plain(1.0, 0.5, 2.0)) == ("–", "∞", "1.00 [0.50, 2.00]")


def test_a_caption_counts_the_runs_that_its_figure_draws(settings):
    rows = [
        {"stage": "recovery", "point": point, "arm": arm, "seed": seed, "month": 1, "parameters.surge": surge}
        for point, surge in ((0, 1.0), (1, 3.0))
        for arm in settings.stages["recovery"].arms
        for seed in range(3)
    ]
    empty = pd.DataFrame()
    said = captions_of(Ran(settings, {}, pd.DataFrame(rows), empty, empty), ("attempts", "flow", "who", "recovery"))
    for name in ("attempts", "flow", "who"):
        assert "Runs: 3 runs of 1 month in stage “recovery” (1 point of settings × 1 arm × 3 seeds)" in said[name]
    assert "Runs: 24 runs of 1 month in stage “recovery” (2 points of settings × 4 arms × 3 seeds)" in said["recovery"]


def with_stage(settings, name, **changed):
    stages = dict(settings.stages)
    stages[name] = replace(stages[name], **changed)
    return replace(settings, stages=stages)


def over(*texts):
    return {"method": "grid", "over": list(texts)}


BAD = [
    (lambda s: replace(s, parameters=replace(s.parameters, surge_from=0)), "parameters.surge_from"),
    (lambda s: replace(s, stages={"phase": s.stages["phase"]}), "stages.recovery: the study repeat_loop needs"),
    (lambda s: replace(s, stages={"recovery": s.stages["recovery"]}), "stages.phase: the study"),
    (lambda s: replace(s, stages=s.stages | {"more": s.stages["phase"]}), "stages.more: the study repeat_loop has no"),
    (lambda s: with_stage(s, "recovery", design=over("parameters.surge:2:3")), "stages.recovery.design.over: needs"),
    (lambda s: with_stage(s, "phase", months=17), "stages.phase.months: 17 must reach month 18"),
    (lambda s: with_stage(s, "without", arms={"a": [], "b": []}), "stages.without.arms"),
    (lambda s: with_stage(s, "recovery", months=12), "stages.recovery.months"),
]


@pytest.mark.parametrize(("change", "said"), BAD, ids=[said for _, said in BAD])
def test_what_the_study_cannot_do_without_is_said_before_any_work(settings, change, said):
    check(settings)
    with pytest.raises(BadInput, match=said):
        check(change(settings))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_study_on_a_tiny_city(tmp_path_factory, capsys, language):
    folder = tmp_path_factory.getbasetemp() / "repeat_loop"
    words = ["experiment=repeat_loop", "city=small", "scale=0.02", f"results_dir={folder}", f"language={language}"]
    words += ["~stages.without", "stages.returning.seeds=1", "stages.phase.seeds=1", "stages.recovery.seeds=2"]
    words += ["stages.phase.design.over=[parameters.capacity_to_need:2.2,parameters.surge:1:2]", "months=14"]
    words += ["stages.returning.design.over=[parameters.return_street:0.9,parameters.surge:1:2]"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert ("循环增益" if language == "zh" else "loop gain") in out
    (there,) = (
        path.parent
        for path in (folder / "repeat_loop").glob("*/config.yaml")
        if f"language: {language}" in path.read_text(encoding="utf-8")
    )
    assert {"flow", "attempts", "who", "recovery"} <= {one.stem for one in (there / "figures").glob("*.png")}
    assert report([str(there)]) == 0
    flow = pd.read_csv(there / "flow.csv")
    assert flow.loc[flow["fate"] != "returned", "mean"].sum() == pytest.approx(1.0)
