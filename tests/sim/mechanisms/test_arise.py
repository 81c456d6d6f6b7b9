"""Arise: layers are exact, nested and local, and problems have the city's mix."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from sim import City, ExtraProblem, Parameters, TournamentModel
from sim.kinds import Kinds
from sim.mechanisms.arise import arise, bring

LEAST_P = 1e-4


def problems_at(r, seed=1, cell=None, scale=0.2):
    """Return the keys, streets and categories that arise on one day if the actual rate is r times the base."""
    model = TournamentModel("small", seed=seed, scale=scale, start="2021-06-01")
    state = model.state
    ratio = np.ones_like(state.defects)
    if cell is None:
        ratio[:] = r
    else:
        ratio[cell] = r
    state.ratio = ratio
    expected = state.base.cells(state.date) * ratio
    arise(state)
    slots, tickets = state.today.entering, state.tickets
    out = tickets.key[slots].copy(), tickets.home[slots].copy(), tickets.category[slots].copy(), expected
    model.close()
    return out


@pytest.mark.parametrize("r", [0.0, 0.3, 1.0, 1.5, 2.0, 3.7, 6.0])
def test_problems_are_poisson_at_the_actual_rate(r):
    counts, expected = [], 0.0
    for seed in range(15):
        _, homes, _, cells = problems_at(r, seed=seed, scale=0.05)
        counts.append(len(homes))
        expected = cells.sum()
    if r == 0.0:
        assert counts == [0] * 15
        return
    total = stats.poisson.cdf(sum(counts), 15 * expected)
    assert LEAST_P < total < 1 - LEAST_P
    dispersion = stats.chi2.cdf(sum((n - expected) ** 2 for n in counts) / expected, 15)
    assert LEAST_P < dispersion < 1 - LEAST_P


def test_what_arises_at_a_lower_rate_arises_at_every_higher_one():
    found = [set(problems_at(r)[0].tolist()) for r in (0.0, 0.4, 0.41, 1.0, 1.01, 2.3, 6.0)]
    for low, high in pairwise(found):
        assert low < high


def test_a_rate_is_local_to_its_cell():
    plain = problems_at(1.0)
    cell = np.unravel_index(plain[3].argmax(), plain[3].shape)
    raised = problems_at(6.0, cell=cell)
    before = dict(zip(plain[0].tolist(), zip(plain[1], plain[2], strict=True), strict=True))
    after = dict(zip(raised[0].tolist(), zip(raised[1], raised[2], strict=True), strict=True))
    assert before.items() <= after.items()
    assert {after[key] for key in after.keys() - before.keys()} == {tuple(cell)}


def test_streets_and_categories_follow_the_base_rate():
    _, homes, categories, expected = problems_at(6.0, scale=1.0)
    found = np.zeros_like(expected)
    np.add.at(found, (homes, categories), 1)
    enough = expected > 5
    result = stats.chisquare(found[enough], expected[enough] * found[enough].sum() / expected[enough].sum())
    assert result.pvalue > LEAST_P


def test_levels_minutes_and_answering_units_follow_the_city():
    model = TournamentModel("small", seed=3, start="2021-06-01")
    state = model.state
    state.ratio = np.full_like(state.defects, 6.0)
    arise(state)
    t, slots, kinds = state.tickets, state.today.entering, state.kinds
    category = t.category[slots]
    for declared, found in (
        (kinds.level_city, t.level[slots] == 2),
        (kinds.level_above, t.level[slots] > 0),
        (kinds.share_street, t.right[slots] < state.units.n_streets),
    ):
        p = declared[category]
        assert abs(found.sum() - p.sum()) < 4.5 * np.sqrt((p * (1 - p)).sum())
    minutes = t.minutes[slots]
    for c in np.unique(category):
        here = minutes[category == c]
        if len(here) > 200:
            assert abs(here.mean() - kinds.minutes[c]) < 5 * here.std() / np.sqrt(len(here)) + 0.5
    at_street = t.right[slots] < state.units.n_streets
    assert (t.right[slots][at_street] == t.home[slots][at_street]).all()
    assert (minutes >= 1).all()
    model.close()


@pytest.mark.parametrize("times", [0.0, 1.0, 2.0, 10.0])
def test_shares_of_hard_problems_are_multiplied_up_to_all(times):
    city = City.load("small")
    plain, kinds = Kinds(city), Kinds(city, times)
    assert (kinds.level_above == np.minimum(1.0, times * plain.level_above)).all()
    assert (kinds.level_city == np.minimum(1.0, times * plain.level_city)).all()
    table = city.categories
    assert (plain.level_above == table["level_city"] + table["level_district"]).all()


def test_one_who_gave_up_lets_problems_pass_at_the_declared_chance():
    model = TournamentModel("small", seed=3, start="2021-06-01", parameters=Parameters(refusal=0.5))
    state = model.state
    state.residents.gave_up[:] = True
    arise(state)
    bring(state)
    n, refused = len(state.today.entering), int(state.tally.unit["refused"].sum())
    assert abs(refused - n) < 4.5 * np.sqrt(n + refused)
    model.close()


def test_an_extra_problem_is_one_more_and_leaves_the_others_alone():
    models = {}
    for extra in (False, True):
        given = [ExtraProblem("2021-06-01", 0, "")] if extra else []
        if extra:
            city = models[False].city
            given = [replace(given[0], street=int(city.streets["code"][0]), category=city.categories["name"][0])]
        models[extra] = TournamentModel("small", seed=3, scale=0.05, start="2021-06-01", extra_problems=given)
        arise(models[extra].state)
    keys = {extra: set(m.state.tickets.key[m.state.today.entering].tolist()) for extra, m in models.items()}
    assert keys[False] < keys[True]
    assert len(keys[True] - keys[False]) == 1
    for model in models.values():
        model.close()
