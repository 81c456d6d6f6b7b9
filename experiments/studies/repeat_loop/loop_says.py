"""What goes round, in sentences: requests of a problem, how problems end, whose they are, and how a surge passes."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.loop_words import TRAITS, WORDS
from experiments.studies.repeat_loop.panel import DAYS, FATES, MANY
from experiments.studies.repeat_loop.texts import category
from experiments.studies.texts import percent, percent_in, plain
from experiments.words import listed, name_of

Tables = dict[str, pd.DataFrame]

_NAMED = 5  # traits named in a sentence, the strongest


def trait_name(ran: Ran, row: Any) -> str:
    """Return a trait's value as people read it."""
    if row["trait"] == "category":
        return category(ran.settings, row["value"], ran.language)
    return TRAITS[ran.language][row["trait"]].get(row["value"], row["value"])


def sentences(ran: Ran, tables: Tables) -> list[str]:
    """Return what goes round, in sentences."""
    return [*_attempts(ran, tables), *_flow(ran, tables), _who(ran, tables["who"]), *_back(ran, tables["recovery"])]


def _attempts(ran: Ran, tables: Tables) -> list[str]:
    words, at = WORDS[ran.language], tables["attempts"].set_index(["measure", "attempt"])
    many = {
        name: percent(math.fsum(row["mean"] for key, row in at.iterrows() if key[0] == name and key[1] >= MANY))
        for name in ("problems", "tickets", "hours")
    }
    one, two = (percent_in(at.loc[("problems", n)]) for n in (1, 2))
    said = {"many": many["problems"], "tickets": many["tickets"], "hours": many["hours"]}
    out = [words["attempts"].format(one=one, two=two, days=DAYS, **said)]
    of = tables["repeats"].set_index("of")
    shares = {"tickets": "repeat_share", "handling": "hours_on_repeats", "all": "work_on_repeats"}
    said = {key: percent_in(of.loc[name]) for key, name in shares.items()}
    uses = tables["hours_by_use"].sort_values("mean", ascending=False)
    texts = [
        words["use"].format(share=percent(row["mean"]), name=use_name(row["use"], ran.language))
        for _, row in uses.iterrows()
        if row["mean"] >= 0.005
    ]
    return [*out, words["burden"].format(uses=listed(texts, ran.language), **said)]


def use_name(name: str, language: str) -> str:
    """Return a use of hours on repeats without the words that all uses share."""
    said = name_of(name, language)
    return said.split("：" if language == "zh" else ": ", 1)[-1].split("（")[0].split(",")[0]


def _flow(ran: Ran, tables: Tables) -> list[str]:
    words, flow = WORDS[ran.language], tables["flow"]
    ends = flow[flow["fate"] != "returned"].groupby("fate")["mean"].sum()
    at = flow.set_index(["attempt", "fate"])["mean"]
    again, third = float(at.get((1, "returned"), 0.0)), float(at.get((2, "returned"), 0.0))
    of_second = {"second": at.get((2, "resolved"), 0.0) / again if again else math.nan}
    of_second |= {"third": third / again if again else math.nan}
    said = {name: percent(float(ends.get(name, 0.0))) for name in FATES}
    said |= {name: percent(float(share)) for name, share in of_second.items()}
    before = {row["before"]: percent(row["mean"]) for _, row in tables["returns"].iterrows()}
    return [words["flow"].format(days=DAYS, **said), words["returns"].format(**before)]


def _who(ran: Ran, who: pd.DataFrame) -> str:
    words, level = WORDS[ran.language], who[who["trait"] == "level"]
    circling = float(level["problems_circling"].sum())
    if not circling:
        return str(words["who nobody"].format(many=MANY))
    rate = percent(float((level["all"] * level["rate"]).sum()))
    said = {"circling": f"{circling:,.{int(circling < 10.0)}f}", "rate": rate, "many": MANY}
    lists = {}
    for says, rising in (("more", False), ("less", True)):
        rows = who[(who["says"] == says) & (who["value"] != "no")].sort_values("lift", ascending=rising).head(_NAMED)
        texts = [
            words["trait"].format(name=trait_name(ran, row), circling=percent(row["circling"]), all=percent(row["all"]))
            for _, row in rows.iterrows()
        ]
        lists[says] = listed(texts, ran.language) or words["nothing"]
    if not (who["says"] != "unsure").any():
        return str(words["who none"].format(**said))
    return str(words["who"].format(**said, **lists))


def _back(ran: Ran, recovery: pd.DataFrame) -> list[str]:
    """Say of each outcome how far the surge carries it, and for each arm when it is back."""
    words, out, stop = WORDS[ran.language], [], "；" if ran.language == "zh" else "; "
    for name, rows in recovery.groupby("outcome", sort=False):
        arms = [
            words["arm back"].format(arm=ran.settings.labels[row["arm"]], back=_arm(words, row))
            for _, row in rows.iterrows()
        ]
        first = rows.iloc[0]
        said = {"name": name_of(str(name), ran.language), "n": int(first["months_after"])}
        said["first"] = ran.settings.labels[first["arm"]]
        said |= {"furthest": plain(100.0 * first["furthest"], digits=1, sign="+"), "arms": stop.join(arms)}
        if math.isnan(first["furthest"]):
            key = "back none"
        else:
            key = "back" if rows["months_after"].max() > 0 else "back short"
        out.append(words[key].format(**said))
    return out


def _arm(words: dict[str, Any], row: Any) -> str:
    within, apart = row["within_1_percent"], row["not_told_apart"]
    first = words["never"] if math.isnan(within) else words["within"].format(months=int(within))
    if math.isnan(row["low"]):
        return str(first)
    if not math.isnan(apart):
        return str(first + words["apart"].format(months=int(apart)))
    return str(first + words["still apart"].format(relative=plain(100.0 * row["relative"], digits=1, sign="+")))
