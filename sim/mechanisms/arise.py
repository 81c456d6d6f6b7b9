"""Arise: problems come up at the base rate times r, and residents bring what is left of them to the hotline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.cells import cells
from sim.luck import Keys, Purpose, Tag, mix, mix_one, poisson, uniform, uniform_one
from sim.orders import by_unit
from sim.state import State
from sim.tables import lorenz_positions, read_lorenz
from sim.tickets import NEVER, Slots

Ints = NDArray[np.int64]


def arise(state: State) -> None:
    """Let today's problems arise (model: a request's life, step 1).

    Layer ℓ = 0, 1, … is a copy of the base stream: Poisson(base rate of the day) candidates, each with a key of its
    own, a category and street drawn from the base rate, and a mark. A candidate of layer ℓ arises if ℓ + mark < r of
    its cell; so the stream is exactly Poisson(r × base rate) for any r, and what arises at a lower r also arises at a
    higher one. The person is drawn from the key by propensity, never from the state.
    """
    ratio = state.ratio
    keys, streets, categories = _candidates(state, ratio)
    for number, street, category in state.extra_problems.get(state.date, []):
        keys = np.append(keys, np.uint64(mix_one(state.seed, Tag.EXTRA, number)))
        streets, categories = np.append(streets, street), np.append(categories, category)
    state.services.note(streets, categories)
    people = _draw_people(state, keys, streets)
    state.today.entering = _open(state, keys, streets, categories, people)


def bring(state: State) -> None:
    """Let residents bring their problems to the hotline; one who has given up lets one pass with a certain chance."""
    tickets, slots = state.tickets, state.today.entering
    people, keys = tickets.person.take(slots).astype(np.intp), tickets.key.take(slots)
    maybe = np.flatnonzero(state.residents.gave_up[people])
    files = np.ones(len(slots), dtype=bool)
    files[maybe] = uniform(keys.take(maybe), Purpose.REFUSE) >= state.parameters.refusal
    refused = slots.compress(~files)
    state.tally.count("refused", tickets.home.take(refused))
    tickets.give_back(refused)
    slots = slots.compress(files)
    state.residents.register(people.compress(files), keys.compress(files), state.month)
    state.tally.count("problems", tickets.home.take(slots))
    state.tally.count_category("problems", tickets.category.take(slots))
    state.today.entering = slots


def _candidates(state: State, ratio: NDArray[np.float64]) -> tuple[Keys, Ints, Ints]:
    """Return keys, streets and categories (n,) of what arises today, street by street within a layer.

    In this order tickets and people of a street lie together in memory, over a ticket's whole life.
    """
    mean, month = state.base.daily_mean(state.date), state.date.month
    found: list[tuple[Keys, Ints, Ints]] = []
    for layer in range(state.layers):
        n = poisson(mean, uniform_one(state.day_key(Tag.DAY, layer), Purpose.COUNT))
        keys = mix(state.day_key(Tag.PROBLEM, layer), np.arange(n))
        categories = state.base.draw_category(month, uniform(keys, Purpose.CATEGORY))
        streets = state.base.draw_street(categories, uniform(keys, Purpose.STREET))
        order = by_unit(streets)
        keys, streets, categories = keys.take(order), streets.take(order), categories.take(order)
        arises = layer + uniform(keys, Purpose.MARK) < cells(ratio, streets, categories)
        found.append((keys.compress(arises), streets.compress(arises), categories.compress(arises)))
    if not found:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys, streets, categories = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return keys, streets, categories


def _draw_people(state: State, keys: Keys, streets: Ints) -> Ints:
    """Draw the person of each problem by propensity within the street."""
    position = read_lorenz(lorenz_positions(state.parameters.propensity_log_sd), uniform(keys, Purpose.PERSON))
    population = state.base.population.take(streets)
    within = np.minimum((position * population).astype(np.int64), population - 1)
    out: Ints = state.residents.start.take(streets) + within
    return out


def _open(state: State, keys: Keys, streets: Ints, categories: Ints, people: Ints) -> Slots:
    """Give each new problem a slot with its minutes, level and the unit that truly answers for it."""
    tickets, slots = state.tickets, state.tickets.take(len(keys))
    tickets.key[slots] = keys
    tickets.person[slots] = people.astype(np.int32)
    tickets.home[slots] = streets.astype(np.int32)
    tickets.category[slots] = categories.astype(np.uint8)
    tickets.level[slots] = _levels(state, keys, streets, categories)
    tickets.right[slots] = _right_units(state, keys, streets, categories).astype(np.int32)
    tickets.minutes[slots] = _minutes(state, keys, categories).astype(np.int32)
    tickets.attempt[slots] = 1
    tickets.first_day[slots] = state.day
    tickets.filed[slots] = state.day
    tickets.transfers[slots] = 0
    tickets.copies[slots] = 0
    tickets.refiles[slots] = NEVER
    tickets.casework[slots] = 0
    tickets.in_vain[slots] = 0
    tickets.closed[slots] = NEVER
    tickets.strategic[slots] = state.residents.strategic(people)
    tickets.ever_resolved[slots] = False
    return slots


def _levels(state: State, keys: Keys, streets: Ints, categories: Ints) -> NDArray[np.uint8]:
    """Draw the authority each problem needs: 0 street, 1 district, 2 city; relief lowers the shares of 1 and 2."""
    u, kinds = uniform(keys, Purpose.LEVEL), state.kinds
    out = np.zeros(len(u), dtype=np.uint8)
    at = np.flatnonzero(u < kinds.level_above.take(categories))  # relief raises none
    u, streets, categories = u.take(at), streets.take(at), categories.take(at)
    left: NDArray[np.float64] = cells(state.relief.factor, streets, categories)
    out[at] += u < kinds.level_above[categories] * left
    out[at] += u < kinds.level_city[categories] * left
    return out


def _minutes(state: State, keys: Keys, categories: Ints) -> Ints:
    """Draw the standard minutes of each problem: lognormal within its category, at least one minute."""
    quantiles = state.kinds.minutes_quantiles
    cell = (uniform(keys, Purpose.MINUTES) * quantiles.shape[1]).astype(np.int64)
    out: Ints = cells(quantiles, categories, cell)
    return out


def _right_units(state: State, keys: Keys, streets: Ints, categories: Ints) -> Ints:
    """Return the unit that truly answers: the home street, or one of the category's departments or enterprises."""
    city, kinds = state.city, state.kinds
    u = uniform(keys, Purpose.RIGHT_UNIT)
    right = streets.copy()
    bodies = (
        (kinds.share_street, kinds.share_department, city.department_start, city.department_list),
        (
            kinds.share_street + kinds.share_department,
            kinds.share_enterprise,
            city.enterprise_start,
            city.enterprise_list,
        ),
    )
    for lows, shares, start, rows in bodies:
        low, share = lows.take(categories), shares.take(categories)
        at = np.flatnonzero((u >= low) & (u < low + share))
        c = categories[at]
        n = start[c + 1] - start[c]
        which = np.minimum(((u[at] - low[at]) / share[at] * n).astype(np.int64), n - 1)
        right[at] = state.units.n_streets + rows[start[c] + which]
    return right
