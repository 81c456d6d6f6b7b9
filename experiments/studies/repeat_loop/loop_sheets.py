"""Tables for print of what goes round: attempts, fates, who circles, and how a surge passes."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from experiments.intervals import kind_of
from experiments.markup import Sheet
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.loop_says import Tables, trait_name
from experiments.studies.repeat_loop.loop_words import WORDS
from experiments.studies.repeat_loop.panel import DAYS, FATES, MANY
from experiments.studies.texts import caption as captioned
from experiments.studies.texts import note, percent, percent_in, plain
from experiments.words import name_of


def sheets(ran: Ran, tables: Tables) -> dict[str, Sheet]:
    """Return the tables for print."""
    words = WORDS[ran.language]

    n = int(tables["attempts"]["n"].max())

    def caption(name: str) -> str:
        said = words[f"title {name}"].format(days=DAYS)
        return captioned(said, note(n, kind_of(n), ran.language), ran.digest, ran.language)

    return {
        "attempts": Sheet(caption("attempts"), *_attempts_sheet(words, tables["attempts"])),
        "flow": Sheet(caption("flow"), *_flow_sheet(words, tables["flow"])),
        "who": Sheet(caption("who"), list(words["who head"]), _who_rows(ran, tables["who"])),
        "recovery": Sheet(caption("recovery"), *_recovery_sheet(ran, words, tables["recovery"]), left=2),
    }


def _attempts_sheet(words: dict[str, Any], table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    at, last = table.set_index(["measure", "attempt"]), int(table["attempt"].max())
    rows = []
    for attempt in range(1, last + 1):
        name = words["open class"].format(n=last) if attempt == last else str(attempt)
        rows.append([name, *(percent_in(at.loc[(measure, attempt)], 2) for measure in words["of"])])
    return [words["attempt"], *words["of"].values()], rows


def _flow_sheet(words: dict[str, Any], table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    at = table.set_index(["attempt", "fate"])
    rows = []
    for fate in (*FATES, "returned"):
        cells = [percent_in(at.loc[(n, fate)], 2) if (n, fate) in at.index else "–" for n in range(1, MANY + 1)]
        rows.append([words["fates"][fate], *cells])
    heads = [str(n) for n in range(1, MANY)] + [words["open class"].format(n=MANY)]
    return [words["fate"], *heads], rows


def _who_rows(ran: Ran, table: pd.DataFrame) -> list[list[str]]:
    return [
        [
            trait_name(ran, row),
            percent(row["all"]),
            percent(row["circling"]),
            plain(row["lift"], row["lift_low"], row["lift_high"]),
            percent(row["rate"], 2),
        ]
        for _, row in table.iterrows()
    ]


def _recovery_sheet(ran: Ran, words: dict[str, Any], table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    rows = []
    for _, row in table.iterrows():
        months = [
            words["never cell"] if math.isnan(row[name]) else f"{row[name]:g}"
            for name in ("within_1_percent", "not_told_apart")
        ]
        scale = row["relative"] / row["difference"] if row["difference"] else 0.0
        ends = (100.0 * row[key] * scale for key in ("difference", "low", "high"))
        cells = [plain(100.0 * row["furthest"], digits=1, sign="+"), *months, plain(*ends, digits=1, sign="+")]
        rows.append([ran.settings.labels[row["arm"]], name_of(row["outcome"], ran.language), *cells])
    return [words[key] for key in ("arm", "outcome", "furthest", "months 1", "months 0", "last")], rows
