"""Nothing to be found out is put in: strength, ranks and the calendar reach no chance and no answer directly."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from sim import Parameters, Rules, TournamentModel
from sim.rules import League, Lists, Targets, Tournament

FOLDER = Path(__file__).parents[2] / "sim" / "mechanisms"
CHANCES = (
    "handle",
    "casework",
    "patrol",
    "call_back",
    "come_back",
    "relapse",
    "review",
    "dispatch",
    "dispute",
    "whistle",
)
KEPT_OUT = {"tournament", "strength", "worth", "pressure", "reforms", "date", "month_first", "year"}
WITHOUT_COST = {  # lists and districts take no hours, give none and spread no method
    "targets": Targets(meeting_minutes=0),
    "lists": Lists(talk_minutes=0, project_staff=0.0, project_relief=0.0),
}
NO_DECISION = {"step": 0.0, "morale_pressure": 0.0, "praise_diffusion": 0.0}


def names_in(tree: ast.AST) -> set[str]:
    """Return the attributes that code reads."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("name", CHANCES)
def test_what_decides_a_chance_reads_neither_strength_nor_rank_nor_calendar(name):
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    assert not names_in(tree) & KEPT_OUT
    read = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    of_standing = {text.rsplit(".", 1)[-1] for text in read if "standing." in text}  # ranks, lists and scores
    assert of_standing <= ({"expected"} if name == "call_back" else set())  # what residents expect, by real resolution


def test_strength_is_read_in_one_place():
    readers = [file.stem for file in FOLDER.glob("*.py") if "strength" in names_in(ast.parse(file.read_text("utf-8")))]
    assert readers == ["worth"]


def run(tournament, **parameters):
    """Return the monthly table and the tickets of four months."""
    model = TournamentModel(
        "small", Rules(tournament=tournament, **WITHOUT_COST), Parameters(**parameters), seed=3, scale=0.05
    )
    record = model.run(4)
    model.close()
    return record


def test_where_nobody_decides_by_worth_the_strength_of_the_tournament_changes_nothing():
    table, tickets = (getattr(run(Tournament(strength=1.0), **NO_DECISION), name)() for name in ("monthly", "tickets"))
    for other in (Tournament(strength=0.0), Tournament(strength=10.0), Tournament(league=League.DISTRICT)):
        same = run(other, **NO_DECISION)
        ranks = ["rank_stability"] if other.league is League.DISTRICT else []
        assert same.monthly().drop(columns=ranks).equals(table.drop(columns=ranks))
        assert same.tickets().equals(tickets)


def test_where_offices_decide_it_changes_their_hours():
    one, ten = (run(replace(Tournament(), strength=strength)).monthly() for strength in (1.0, 10.0))
    assert (ten["effort"].iloc[-1] > one["effort"].iloc[-1]).all()
