"""When the loop runs away: what the points of the phase diagram say, in sentences and a table for print."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from experiments.factors import value_of
from experiments.loop_gain import WINDOW
from experiments.markup import Sheet
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.gain_words import WORDS
from experiments.studies.repeat_loop.gains import FADES
from experiments.studies.repeat_loop.texts import factor_name, place_name
from experiments.studies.texts import caption, percent, plain, seeds_text
from experiments.switches import SWITCHES
from experiments.words import listed


@dataclass(frozen=True)
class Gains:
    """One stage of pairs: its points, what names them, and the pairs behind them."""

    table: pd.DataFrame
    names: list[str] = field(default_factory=list)

    @property
    def ran_away(self) -> pd.DataFrame:
        """Return the points at which the loop runs away."""
        return self.table[self.table["is"] != FADES]


def gain_text(row: Any, of: str = "tickets", digits: int = 2) -> str:
    """Return Λ or Λ_h of a point with its interval."""
    return plain(row[f"gain_{of}"], row[f"gain_{of}_low"], row[f"gain_{of}_high"], digits)


def m_text(row: Any) -> str:
    """Return M of a point with its interval."""
    return plain(row["m_tickets"], row["m_tickets_low"], row["m_tickets_high"])


def sentences(ran: Ran, stages: dict[str, Gains]) -> list[str]:
    """Return when the loop runs away, and what makes the gain."""
    phase, words, language = stages["phase"], WORDS[ran.language], ran.language
    out, table = [], phase.table
    today = table
    for name in phase.names:
        today = today[today[name] == value_of(ran.settings, name)]
    for _, row in today.iterrows():
        said = {
            "m": m_text(row),
            "gain": gain_text(row),
            "hours": gain_text(row, "hours"),
            "b": plain(row["branching"]),
        }
        place = place_name(row, phase.names, language)
        if math.isnan(row["gain_tickets"]) and row["is"] != FADES:
            out.append(words["today lost"].format(place=place, verdict=words[row["is"]]))
            continue
        out.append(words["today"].format(place=place, window=WINDOW, **said))
    axes = listed((factor_name(name, language) for name in phase.names if name != "without"), language)
    known = table[table["gain_tickets"].notna()]
    if len(known) > 1:
        top = known.loc[known["gain_tickets"].idxmax()]
        more = known["gain_tickets"] - known["branching"]
        crowded = known.loc[more.idxmax()] if more.notna().any() else top
        said = {"least": plain(known["gain_tickets"].min()), "most": gain_text(top), "more": plain(more.max())}
        said |= {"place": place_name(top, phase.names, language)}
        said |= {"crowded": place_name(crowded, phase.names, language)}
        out.append(words["highest"].format(n=len(table), over=axes, **said))
    out.append(_verdict(phase, words, language))
    if "returning" in stages:
        out += _returning(stages["returning"], words, language)
    if "without" in stages:
        out += _without(stages["without"], words, language)
    if int(table["n"].max()) < 2:
        out.append(words["single"])
    return out


def _verdict(phase: Gains, words: dict[str, str], language: str) -> str:
    if len(phase.ran_away):
        return words["somewhere"].format(places=_places(phase, words, language))
    return words["none"].format(late=plain(phase.table["late"].max()))


def _places(stage: Gains, words: dict[str, str], language: str) -> str:
    many = [
        f"{place_name(row, stage.names, language)}{'（' if language == 'zh' else ' ('}{words[row['is']]}"
        f"{'）' if language == 'zh' else ')'}"
        for _, row in stage.ran_away.iterrows()
    ]
    return ("；" if language == "zh" else "; ").join(many)


def _returning(stage: Gains, words: dict[str, str], language: str) -> list[str]:
    known = stage.table[stage.table["gain_tickets"].notna()]
    if not len(known):
        return [words["it lasts"].format(places=_places(stage, words, language))]
    top = known.loc[known["gain_tickets"].idxmax()]
    verdict = words["it fades"].format(early=plain(top["early"]), late=plain(top["late"]))
    if len(stage.ran_away):
        verdict = words["it lasts"].format(places=_places(stage, words, language))
    said = {"gain": gain_text(top), "m": m_text(top), "place": place_name(top, stage.names, language)}
    return [words["harder"].format(other=words["returning"], verdict=verdict, **said)]


def _without(stage: Gains, words: dict[str, str], language: str) -> list[str]:
    """Say at each place which mechanism switched off lowers M most, and which others are told apart from nothing."""
    out = []
    others = [name for name in stage.names if name != "without"]
    for _, group in stage.table.groupby(others, sort=False) if others else [((), stage.table)]:
        base, off = group[group["without"] == ""], group[group["without"] != ""]
        if not len(base) or not len(off):
            continue
        base = base.iloc[0]
        said = {"place": place_name(base, stage.names, language), "gain": gain_text(base)}
        ends = listed((SWITCHES[name].label(language) for name in off.loc[off["is"] == FADES, "without"]), language)
        stops = "" if base["is"] == FADES else words["stops"].format(names=ends) if ends else words["stays"]
        sure = off[off["change_high"] < 1.0].sort_values("change")
        if not len(sure):
            out.append(words["without nothing"].format(**said, stops=stops).strip())
            continue
        most = sure.iloc[0]
        rest = listed((SWITCHES[name].label(language) for name in sure["without"].iloc[1:]), language)
        rest = words["without one"].format(names=rest) if rest else words["without none"]
        fall = plain(most["change"], most["change_low"], most["change_high"])
        name = SWITCHES[most["without"]].label(language)
        out.append(words["without"].format(name=name, fall=fall, others=rest, stops=stops, **said).strip())
    return out


def sheet(ran: Ran, stage: Gains) -> Sheet:
    """Return a stage's points as a table for print."""
    words, language, rows = WORDS[ran.language], ran.language, []
    for _, row in stage.table.iterrows():
        place = place_name(row, stage.names, language)
        cells = [place] if "without" not in stage.names else [place, _off(row["without"], words, language)]
        cells += [m_text(row), gain_text(row), gain_text(row, "hours"), plain(row["branching"])]
        cells += [percent(row["repeat_share"]), percent(row["real_resolution"]), words[row["is"]]]
        rows.append(cells)
    first = [words["point"]] if "without" not in stage.names else [words["point"], words["off"]]
    head = [*first, "M", "Λ", "Λ_h", "b", words["repeats"], words["real"], words["of stage"]]
    n = int(stage.table["n"].max()) if len(stage.table) else 0
    seeds = seeds_text(n, language)
    seeds = words["pooled"].format(n=seeds) if n > 1 else seeds
    title = caption(words["caption"].format(window=WINDOW), seeds, ran.digest, language)
    return Sheet(title, head, rows, left=len(first))


def _off(name: str, words: dict[str, str], language: str) -> str:
    return SWITCHES[name].label(language) if name else words["as it is"]
