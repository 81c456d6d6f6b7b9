"""Who receives and who gives: by hand, and nothing where no arm gives some streets more than others."""

from __future__ import annotations

import math

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.compose import settings_of
from experiments.sides import main, sides

BASE = {
    "closed": 10,
    "resolved": 5,
    "problems": 10,
    "solved": 4,
    "staff_hours": 100.0,
    "moved_hours": 0.0,
    "money": 0.0,
}


def write(folder, runs):
    """Write streets.parquet, a row group a run; a run is (arm, seed, changes by (month, street))."""
    tables = []
    for arm, seed, changes in runs:
        rows = [
            {"arm": arm, "seed": seed, "month": month, "street": street} | BASE | changes.get((month, street), {})
            for month in ("2019-01", "2019-02", "2019-03")
            for street in ("a", "b")
        ]
        tables.append(pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False))
    with pq.ParquetWriter(folder / "streets.parquet", tables[0].schema) as file:
        for table in tables:
            file.write_table(table)


def test_sides_by_hand_every_month_counts_the_same(tmp_path):
    settings = settings_of(
        ["city=small", "seeds=[1,2]", *(f"+arms.{arm}=[resource_tilting]" for arm in ("one", "two")), "+arms.three=[]"]
    )
    base = settings.baseline
    moved = {"moved_hours": 9.0, "staff_hours": 109.0}
    first = {**moved, "closed": 100, "resolved": 60}  # +10 points in a month with many tickets
    changes = {
        ("2019-01", "a"): first,
        ("2019-02", "a"): {**moved, "resolved": 8, "solved": 7},  # +30 points, three fewer unresolved
        ("2019-03", "b"): {"staff_hours": 97.0},
    }
    moves = {base: {}, "one": changes, "two": {}, "three": changes}
    write(tmp_path, [(arm, seed, moves[arm]) for arm in moves for seed in (1, 2)])
    table = sides(tmp_path, settings)
    assert set(table["arm"]) == {"one"}  # in the second nobody receives, the third has no rule that gives
    found = table.set_index(["side", "measure"])["mean"]
    assert math.isclose(found["receiving", "real_resolution"], (0.1 + 0.3 + 0.0) / 3)
    assert math.isclose(found["receiving", "staff_hours"], 18.0 / 300.0)
    assert math.isclose(found["receiving", "unresolved"], -3.0 / 18.0)
    assert math.isclose(found["others", "staff_hours"], -3.0 / 300.0)
    assert found["others", "real_resolution"] == found["others", "unresolved"] == 0.0
    assert (table["streets"] == 1.0).all()
    assert (table["n"] == 2).all()


def test_a_folder_without_results_is_said(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "no result folder" in capsys.readouterr().err
