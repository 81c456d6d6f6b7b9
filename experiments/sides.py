"""Who receives and who gives, month by month: `python -m experiments.sides DIR` of a result folder.

For every arm that moves staff or buys hours: how many streets receive (in more than half of the months in which it
does), and what changes for them and for all others in staff hours, real resolution and problems left unresolved. The
table `changed` takes the tickets of a run together; here every month counts the same, so that good months with few
tickets, where more is prevented, weigh as much as others.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from experiments.changed import GIVEN, SIDES, giving, side_of
from experiments.errors import NOTHING, Arguments, BadInput, exit_code, first_line
from experiments.intervals import estimate, kind_of
from experiments.markup import Sheet, to_markdown
from experiments.reread import settings_of_folder
from experiments.settings import Settings
from experiments.studies.texts import caption, note, plain

MEASURES = ("staff_hours", "real_resolution", "unresolved")  # in per cent of the baseline, in points, in per cent
_READ = ["month", "street", "closed", "resolved", "problems", "solved", "staff_hours", *GIVEN]
_WORDS = {
    "en": {
        "title": "Streets that receive in more than half of the months in which their arm gives, and all others, "
        "against {base}: means over months of the difference in real resolution, percentage points, and of what "
        "changes in staff hours and in problems left unresolved, per cent of the run's total",
        "arm": "arm",
        "streets": "streets receiving",
        "receiving": "receiving",
        "others": "others",
        "staff_hours": "staff hours, %",
        "real_resolution": "real resolution, points",
        "unresolved": "left unresolved, %",
        "head": "{side}: {measure}",
    },
    "zh": {
        "title": "在方案调配资源的月份中半数以上受援的街乡镇与其他街乡镇（与{base}相比）："
        "真实解决率之差为各月平均（百分点）；人员工时与遗留未解决问题为整个运行的变化（%）",
        "arm": "方案",
        "streets": "受援数",
        "receiving": "受援",
        "others": "其他",
        "staff_hours": "人员工时，%",
        "real_resolution": "真实解决率，百分点",
        "unresolved": "遗留未解决，%",
        "head": "{side}：{measure}",
    },
}


def sides(folder: Path, settings: Settings) -> pd.DataFrame:
    """Return a row an arm, side ("receiving", "others") and measure: mean, low, high and n over seeds, and streets.

    Pairs of an arm and the baseline have the same seed and the months that both have. streets: mean number on the side.
    """
    by_run = _by_run(folder)
    rows: list[dict[str, Any]] = []
    for arm in settings.arms:
        found = [
            _pair(by_run[settings.baseline, seed], by_run[arm, seed], giving(settings, arm))
            for seed in settings.seeds
            if arm != settings.baseline and {(settings.baseline, seed), (arm, seed)} <= by_run.keys()
        ]
        if not any(0 < pair["streets"][0] < sum(pair["streets"]) for pair in found):
            continue
        for i, side in enumerate(SIDES):
            streets = float(np.mean([pair["streets"][i] for pair in found]))
            for measure in MEASURES:
                values = np.array([pair[measure][i] for pair in found])
                rows.append({"arm": arm, "side": side, "measure": measure, "streets": streets} | estimate(values))
    return pd.DataFrame(rows, columns=["arm", "side", "measure", "streets", "mean", "low", "high", "n"])


def _by_run(folder: Path) -> dict[tuple[str, int], pd.DataFrame]:
    """Return the months of streets of every finished run by arm and seed; a row group of the file is a run."""
    out = {}
    with pq.ParquetFile(folder / "streets.parquet") as file:
        for k in range(file.num_row_groups):
            table = file.read_row_group(k, columns=["arm", "seed", *_READ]).to_pandas()
            out[str(table["arm"].iloc[0]), int(table["seed"].iloc[0])] = table[_READ]
    return out


def _pair(base: pd.DataFrame, here: pd.DataFrame, when: set[str]) -> dict[str, list[float]]:
    """Return each measure of both sides for one seed, and the number of streets on each; `when` the arm gives."""
    months = [month for month in base["month"].unique() if month in set(here["month"])]
    base, here = (table[table["month"].isin(months)] for table in (base, here))
    side = pd.Series(side_of(base, here, [month for month in months if month in when]), index=pd.unique(base["street"]))
    out: dict[str, list[float]] = {name: [] for name in ("streets", *MEASURES)}
    for i in range(len(SIDES)):
        a, b = (table[table["street"].map(side) == i] for table in (base, here))
        out["streets"].append(float((side == i).sum()))
        hours, left = ([_total(one, name) for one in (a, b)] for name in ("staff_hours", "unresolved"))
        out["staff_hours"].append(_change(*hours))
        out["unresolved"].append(_change(*left))
        out["real_resolution"].append(float((_real(b) - _real(a)).mean()))
    return out


def _total(table: pd.DataFrame, name: str) -> float:
    if name == "unresolved":
        return float((table["problems"] - table["solved"]).sum())
    return float(table[name].sum())


def _change(base: float, here: float) -> float:
    return here / base - 1.0 if base > 0.0 else np.nan


def _real(table: pd.DataFrame) -> pd.Series:
    sums = table.groupby("month")[["resolved", "closed"]].sum()
    return sums["resolved"] / sums["closed"].where(sums["closed"] > 0)


def sheet(table: pd.DataFrame, settings: Settings, digest: str) -> Sheet:
    """Return the table of `sides` for print, a row an arm."""
    words, language = _WORDS[settings.language], settings.language
    at = table.set_index(["arm", "side", "measure"])
    columns = [(side, measure) for side in SIDES for measure in MEASURES]
    rows = []
    for arm in dict.fromkeys(table["arm"]):
        cells = [_cell(at.loc[(arm, *column)], column[1]) for column in columns]
        number = float(at.loc[(arm, *columns[0]), "streets"])
        rows.append([settings.labels[arm], f"{number:.{0 if number >= 1.0 else 1}f}", *cells])  # not "0" for 0.5
    heads = [words["head"].format(side=words[side], measure=words[measure]) for side, measure in columns]
    n = int(table["n"].max())
    said = words["title"].format(base=settings.labels[settings.baseline])
    title = caption(said, note(n, kind_of(n), language, int(table["n"].min())), digest, language)
    return Sheet(title, [words["arm"], words["streets"], *heads], rows)


def _cell(row: pd.Series, measure: str) -> str:
    """Return a change in per cent or points with its interval: "+39 ± 14", in brackets where it is not symmetric."""
    digits = 2 if measure == "real_resolution" else 1
    mean, low, high = (100.0 * float(row[key]) for key in ("mean", "low", "high"))
    if kind_of(int(row["n"])) == "t":
        return f"{plain(mean, digits=digits, sign='+')} ± {plain((high - low) / 2.0, digits=digits)}"
    return plain(mean, low, high, digits, "+")


def main(arguments: list[str] | None = None) -> int:
    """Print the table as Markdown; return 0, or 2 for bad input."""
    parser = Arguments(prog="python -m experiments.sides", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("DIR", help="a result folder")
    parser.add_argument("--language", choices=("en", "zh"), help="by default the results'")
    asked = parser.parsed(arguments)
    if isinstance(asked, int):
        return asked
    return exit_code(lambda: _say(Path(asked.DIR).resolve(), asked.language), NOTHING)


def _say(folder: Path, language: str | None) -> int:
    settings = settings_of_folder(folder, language)
    if not (folder / "streets.parquet").is_file():
        raise BadInput(f"{folder}: no table of streets here (streets.parquet); designs have none")
    try:
        table = sides(folder, settings)
    except (OSError, ValueError) as error:
        raise BadInput(f"{folder / 'streets.parquet'}: cannot be read ({first_line(error)})") from None
    if not len(table):
        raise BadInput(f"{folder}: no arm of it gives some streets more than others")
    print(to_markdown(sheet(table, settings, folder.name)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
