"""Row views have the verbs of Mesa's AgentSet: each gives what a real AgentSet of like agents gives."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

from sim.agents.columns import Columns


class Even:
    """What some of the agents are besides."""


class Plain(mesa.Agent):
    """An agent with a few attributes, of its row alone."""

    def __init__(self, row):
        self.row, self.third = row, row % 3
        if row % 2:
            self.odd = True

    def plus(self, more):
        return self.row + more


class PlainEven(Plain, Even):
    """An agent of a second type."""


ROWS = [5, 2, 8, 4, 0, 7, 1]


@pytest.fixture
def both():
    """Return a Mesa AgentSet and the row views of like agents."""
    agents = [(Plain if row % 2 else PlainEven)(row) for row in ROWS]
    kept = mesa.agent.AgentSet(agents, random=np.random.default_rng(1))
    views = Columns(lambda row: (Plain if row % 2 else PlainEven)(row), np.array(ROWS), lambda rows: rows[::-1])
    return agents, kept, views


def rows(agents):
    return [agent.row for agent in agents]


def test_what_is_chosen_sorted_and_read_is_what_an_agent_set_gives(both):
    _, kept, views = both
    for ask in (
        lambda s: rows(s.select(lambda a: a.row > 1)),
        lambda s: rows(s.select(lambda a: a.row > 1, at_most=2)),
        lambda s: rows(s.select(at_most=0.5)),
        lambda s: rows(s.select(agent_type=PlainEven)),
        lambda s: rows(s.select(lambda a: a.row > 2, agent_type=PlainEven, at_most=1)),
        lambda s: rows(s.sort("row")),
        lambda s: rows(s.sort(lambda a: -a.row, ascending=True)),
        lambda s: s.get("third"),
        lambda s: s.get(["row", "third"]),
        lambda s: s.get("odd", handle_missing="default", default_value=False),
        lambda s: s.get(["row", "odd"], "default", 3),
        lambda s: s.agg("row", max),
        lambda s: s.agg("row", [min, max, sum]),
        lambda s: s.map("plus", 10),
        lambda s: s.map(lambda a, more: a.row * more, more=2),
        lambda s: s.groupby("third").count(),
        lambda s: s.groupby(lambda a: a.row % 2).agg("row", sum),
        lambda s: {value: rows(group) for value, group in s.groupby("third")},
        len,
    ):
        assert ask(views) == ask(kept)


def test_shuffle_do_and_do_reach_every_agent_once(both):
    _, _, views = both
    for verb, order in (("do", ROWS), ("shuffle_do", ROWS[::-1])):
        seen = []
        assert getattr(views, verb)(lambda agent, into: into.append(agent.row), seen) is views
        assert seen == order


def test_what_cannot_be_done_with_views_is_said(both):
    _, kept, views = both
    for agents in (kept, views):
        with pytest.raises(AttributeError):
            agents.get("odd")
        with pytest.raises(ValueError, match="handle_missing"):
            agents.get("row", handle_missing="no")
    with pytest.raises(TypeError, match="row cannot be set"):
        views.set("row", 1)
