"""Who was changed: fates and fifths by hand, and a small run's tables against its own monthly streets."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.changed import fifths, giving, side_of
from experiments.compose import settings_of
from experiments.fates import FATES, fate_table, fates
from sim.ticket_log import PANEL

T1 = math.tan(0.475 * math.pi)  # the 97.5 % quantile of Student's t with 1 degree of freedom

ROOT = Path(__file__).parents[2]
SAME = ["arm", "of", "outcome"]


def log(rows):
    return pd.DataFrame(rows, columns=["problem", "attempt", "resolved", "closed"])


def test_fates_by_hand():
    base = log(
        [
            *((1, 1, False, 5), (1, 2, False, 20)),  # resolved at the second attempt, but only here
            (2, 1, True, 9),  # resolved in the baseline alone
            (3, 1, True, 9),  # sooner
            (4, 1, True, 9),  # later, at a second attempt
            *((5, 1, False, 9), (6, 1, True, 7)),  # the same
            (7, 1, True, 9),  # in the baseline alone
            (9, 1, True, 200),  # after the last day that both runs have
        ]
    )
    here = log(
        [
            *((1, 1, False, 5), (1, 2, True, 21)),
            (2, 1, False, 9),
            (3, 1, True, 8),
            *((4, 1, False, 9), (4, 2, True, 30)),
            *((5, 1, False, 11), (6, 1, True, 7)),
            *((8, 1, True, 3), (9, 1, False, 200)),
        ]
    )
    found = fates(base, here, until=181)
    assert found == dict(zip(FATES, (1, 1, 1, 1, 2, 1, 1), strict=True))


def test_the_panel_stands_for_all_problems():
    one = dict(zip(FATES, (3, 1, 2, 0, 4, 0, 0), strict=True))
    two = dict(zip(FATES, (5, 1, 2, 0, 2, 0, 0), strict=True))
    found = fate_table({"new": [one, two]}).set_index("fate")
    assert found.loc["better", "problems"] == (PANEL + 1) * 5.0  # 4 and 6 of ten each
    assert found.loc["better", "share"] == pytest.approx(0.5)
    assert found.loc["worse", "problems"] == (PANEL + 1) * 2.0
    assert found.loc["same", "panel"] == 10.0
    assert found.loc["better", "ci_high"] == pytest.approx((PANEL + 1) * (5.0 + T1))


def test_counts_that_are_alike_by_luck_have_the_interval_of_the_panel_alone():
    one = dict(zip(FATES, (3, 0, 0, 3, 4, 0, 0), strict=True))
    found = fate_table({"new": [one] * 3}).set_index("fate")
    half = 1.959964 * 64 * math.sqrt((9 + 1) * 63 / 64) / 3
    assert found.loc["later", ["ci_low", "ci_high"]].tolist() == pytest.approx([192 - half, 192 + half])
    none = found.loc["sooner"]
    assert (none["problems"], none["ci_low"]) == (0.0, 0.0)
    assert none["ci_high"] == pytest.approx(1.959964 * 64 * math.sqrt(63 / 64) / 3)


def test_the_panel_of_one_seed_has_no_interval():
    found = fate_table({"new": [dict(zip(FATES, (3, 1, 2, 0, 4, 0, 0), strict=True))]})
    assert found["interval"].eq("none").all()
    assert found[["ci_low", "ci_high"]].isna().all(axis=None)


def test_fifths_are_made_from_the_other_seeds():
    closed = np.full((3, 5), 10.0)
    resolved = np.array([[9.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.0]])
    found = fifths(resolved, closed, 5)
    assert found[0].tolist() == [0, 1, 2, 3, 4]  # its own luck of 9 does not count
    assert found[1].tolist() == [4, 0, 1, 2, 3]
    assert fifths(resolved[:1], closed[:1], 5)[0].tolist() == [4, 0, 1, 2, 3]


def test_who_receives_in_most_months():
    def streets(moved, money):
        months = np.repeat(["2019-01", "2019-02", "2019-03"], 2)
        return pd.DataFrame({"month": months, "street": [1, 2] * 3, "moved_hours": moved, "money": money})

    base = streets([5.0, 0.0] * 3, [0.0] * 6)
    here = streets([5.0, 9.0, 8.0, 0.0, 5.0, 9.0], [0.0] * 6)  # the second street receives more twice, the first once
    assert side_of(base, here, ["2019-01", "2019-02", "2019-03"]).tolist() == [1, 0]
    assert side_of(base, streets([5.0, 0.0] * 3, [3.0, 0.0] * 3), ["2019-02", "2019-03"]).tolist() == [0, 1]
    assert side_of(base, base, ["2019-01"]).tolist() == [1, 1]
    assert side_of(base, here, []).tolist() == [1, 1]


def test_an_arm_gives_only_while_its_rules_of_resources_are_not_the_baselines():
    words = ["experiment=reforms", "city=small", "months=5", "arms.late=[late,handicap]"]
    words += ["+reforms@reforms.late=resource_tilting", "reforms.late.start=2019-03-01", "reforms.late.end=2019-05-01"]
    settings = settings_of(words)
    assert giving(settings, "late") == {"2019-03", "2019-04"}
    assert giving(settings, "zone_standards") == giving(settings, "baseline") == set()
    assert len(giving(settings, "package")) == 5


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    words = ["experiment=tournament", "~arms.tournament_half", "city=small", "months=3", "seeds=3", "scale=0.2"]
    words += [f"results_dir={folder}", "figures=[]"]
    subprocess.run([sys.executable, "-m", "experiments.run", *words], cwd=ROOT, capture_output=True, check=True)
    (found,) = (folder / "tournament").iterdir()
    return found


def test_streets_and_zones_are_the_tickets_of_the_whole_run(result):
    streets = pd.read_parquet(result / "streets.parquet")
    changed = pd.read_parquet(result / "changed.parquet")
    total = streets.groupby(["arm", "seed", "street"])[["resolved", "closed", "said_resolved", "counted"]].sum()
    for name, over, under in (
        ("real_resolution", "resolved", "closed"),
        ("reported_resolution", "said_resolved", "counted"),
    ):
        share = (total[over] / total[under]).unstack("seed")
        difference = (share.loc["tournament_off"] - share.loc["baseline"]).mean(axis=1)
        rows = changed[(changed["kind"] == "street") & (changed["arm"] == "tournament_off")]
        found = rows[rows["outcome"] == name].set_index("of")["difference"]
        assert found[difference.index.astype(str)].to_numpy() == pytest.approx(difference.to_numpy(), abs=1e-12)
    core = total[total.index.get_level_values("street") // 1000 == 110101].groupby(["arm", "seed"]).sum()
    share = (core["resolved"] / core["closed"]).unstack("seed")
    row = changed[(changed["of"] == "core") & (changed["arm"] == "tournament_double")].iloc[0]
    assert row["difference"] == pytest.approx(
        (share.loc["tournament_double"] - share.loc["baseline"]).mean(), abs=1e-12
    )


def test_every_kind_is_there_and_fates_add_up_to_the_panel(result):
    changed = pd.read_parquet(result / "changed.parquet")
    counts = changed[changed["arm"] == "tournament_off"].groupby("kind")["of"].nunique()
    assert counts[["street", "zone", "fifth"]].to_dict() == {"street": 12, "zone": 3, "fifth": 5}
    assert counts["category"] > 10
    assert not changed.duplicated([*SAME, "kind"]).any()
    found = pd.read_csv(result / "fates.csv")
    parts = found[found["fate"].isin(FATES)].groupby("arm")
    assert parts["share"].sum().tolist() == pytest.approx([1.0, 1.0])
    assert parts["problems"].sum().tolist() == pytest.approx(((PANEL + 1) * parts["panel"].first()).tolist())


def test_streets_of_all_runs_are_in_one_file(result):
    streets = pd.read_parquet(result / "streets.parquet")
    assert len(streets) == 3 * 3 * 3 * 12
    assert streets.groupby(["arm", "seed"], sort=False).ngroups == 9
