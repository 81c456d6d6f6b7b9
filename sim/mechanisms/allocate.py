"""Allocate: districts split their reserves, and the city tilts resources 资源倾斜, from an unchanged stock of staff."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.agents.district import ReserveView
from sim.luck import Purpose, uniform
from sim.rules.tilting import Tilt
from sim.state import State
from sim.state.allocation import PARTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SHARES = 1 << 20  # shares of a pool in whole parts


def remember_load(state: State) -> None:
    """Keep the month's tickets by home street: next month's reserves and tilting may go by them."""
    n, unit = state.units.n_streets, state.tally.unit
    state.allocation.tickets = unit["problems"][:n] + unit["repeats"][:n]


def allocate(state: State, split: Callable[[int, ReserveView], Floats]) -> None:
    """Set the streets' staff of the coming month: own − given + received, anew each month from the unchanged stock.

    Every street gives `reserves.staff_share` of its staff to its district, which splits it by its own decision
    (`District.split`); every street that is not chosen gives `tilting.share` to those that are, by their residents.
    Money buys officers on top, at a price per hour. What is moved adds up to 0 exactly. A street first works with its
    own people: only what it receives beyond what it gave is moved. Those work at `moved_first` of their time in the
    first month, half way to all of it in the second, and fully from the third, as far as a street keeps receiving as
    many; what they do not work is paid all the same. A run's first month finds everybody settled. With both shares and
    both sums of money at 0 nothing changes (report 三(三)).
    """
    n, found = state.units.n_streets, state.allocation
    own = np.floor(state.units.staff[:n] * PARTS).astype(np.int64)
    found.moved, found.bought = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    money = np.zeros(n, dtype=np.int64)
    _split_reserves(state, own, money, split)
    _tilt(state, own, money)
    received = np.maximum(0, found.moved) + found.bought
    last = found.received or [received, received]
    settled = np.minimum(received, last[-1])
    long_settled = np.minimum(settled, last[0])
    found.received = [last[-1], received]
    first = state.parameters.moved_first
    at_work = first * (received - settled) + (0.5 + 0.5 * first) * (settled - long_settled) + long_settled
    given = np.maximum(0, -found.moved)
    state.units.staff[:n] = state.units.staff[:n] + (at_work - given) / PARTS
    state.units.added[:n] = at_work * (found.bought / np.maximum(1, received)) / PARTS
    minutes = state.parameters.working_minutes * state.days
    settling = (received - at_work) / PARTS * minutes * state.units.effort[:n]
    in_reserve = np.floor(state.rules.reserves.staff_share * own).astype(np.int64)
    tally = state.tally.unit
    tally["reserve_minutes"][:n] += np.floor(in_reserve / PARTS * minutes).astype(np.int64)
    tally["moved_minutes"][:n] += np.floor(np.maximum(0, found.moved) / PARTS * minutes).astype(np.int64)
    tally["settling_minutes"][:n] += np.floor(settling).astype(np.int64)
    tally["money"][:n] += money


def _split_reserves(state: State, own: Ints, money: Ints, split: Callable[[int, ReserveView], Floats]) -> None:
    """Let each district split the staff and money of its reserve among its streets."""
    rule, found, n = state.rules.reserves, state.allocation, state.units.n_streets
    if rule.staff_share == 0.0 and rule.money == 0.0:
        return
    given = np.floor(rule.staff_share * own).astype(np.int64)
    for d in range(len(state.city.districts)):
        rows = np.flatnonzero(state.district == d)
        if len(rows) == 0:
            continue
        residents = state.base.population[rows]
        reserve = int(given[rows].sum())
        bought, price = _buy(state, rule.money, rule.price, int(residents.sum()))
        view = ReserveView(
            rule=rule.split,
            residents=residents,
            tickets=found.tickets[rows],
            score=state.standing.compared[:n][rows],
            staff=own[rows] / PARTS,
            reserve=(reserve + bought) / PARTS,
        )
        weights = np.asarray(split(d, view), dtype=float)
        if weights.shape != rows.shape or not ((weights >= 0.0) & (weights < np.inf)).all() or not weights.any():
            raise ValueError(f"district {d}: weights {weights} must be one a street, ≥ 0, finite and not all 0")
        found.moved[rows] += _divide(reserve, weights) - given[rows]
        _pay(found.bought, money, rows, _divide(bought, weights), price)


def _tilt(state: State, own: Ints, money: Ints) -> None:
    """Move staff from all other streets to those chosen, and buy hours for them."""
    rule, found = state.rules.tilting, state.allocation
    if rule.share == 0.0 and rule.money == 0.0:
        return
    chosen = chosen_streets(state, own)
    if not chosen.any():
        return
    given = np.where(chosen, 0, np.floor(rule.share * own).astype(np.int64))
    rows = np.flatnonzero(chosen)
    weights = state.base.population[rows].astype(float)
    found.moved -= given
    found.moved[rows] += _divide(int(given.sum()), weights)
    bought, price = _buy(state, rule.money, rule.price, state.population)
    _pay(found.bought, money, rows, _divide(bought, weights), price)


def chosen_streets(state: State, own: Ints) -> NDArray[np.bool_]:
    """Return which streets tilting gives to (S,): the first `receivers` share by the rule; none before it has data."""
    rule, n, units = state.rules.tilting, state.units.n_streets, state.units
    score = state.standing.compared[:n]
    if rule.by is Tilt.GOVERNANCE:
        return state.standing.lists["governance"].copy()
    known = np.ones(n, dtype=bool)
    if rule.by is Tilt.NEED:
        value = units.arriving_sum[:n] / np.maximum(1, own)
    elif rule.by is Tilt.LOAD:
        known[:] = state.month > 0
        value = state.allocation.tickets / state.base.population
    elif rule.by is Tilt.INDEX:
        value = -state.services.of_streets()
    elif rule.by is Tilt.WEAK:
        known = ~np.isnan(score)
        value = -score
    else:
        value = uniform(units.keys[:n], Purpose.TILT, state.month // 12)
    luck = uniform(units.keys[:n], Purpose.TILT_TIE, state.month)
    rows = np.flatnonzero(known)
    order = rows[np.lexsort((luck[rows], -value[rows]))]
    chosen = np.zeros(n, dtype=bool)
    chosen[order[: math.ceil(rule.receivers * n)]] = True
    return chosen


def _buy(state: State, money: float, price: float, residents: int) -> tuple[int, float]:
    """Return the parts of an officer that a month of this money a resident and year buys, and the price of a part."""
    hours = state.parameters.working_minutes * state.days / 60.0  # of an officer in the month
    a_part = price * hours / PARTS
    return math.floor(money * residents / 12.0 / a_part), a_part


def _pay(bought: Ints, money: Ints, rows: NDArray[np.intp], parts: Ints, price: float) -> None:
    bought[rows] += parts
    money[rows] += np.floor(parts * price).astype(np.int64)


def _divide(whole: int, weights: Floats) -> Ints:
    """Divide a whole number of parts by weights (n,), into whole numbers that add up exactly."""
    shares = np.floor(weights / math.fsum(weights.tolist()) * _SHARES + 0.5).astype(np.int64)
    upto = np.cumsum(shares)
    parts: Ints = np.diff(whole * upto // upto[-1], prepend=0)
    return parts
