"""Handle: units contact residents and work tickets by deadline, with the care that their capacity allows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.units import WINDOW
from sim.books import DAYS
from sim.cells import cells
from sim.luck import Purpose, uniform
from sim.orders import by_key, by_unit
from sim.state import State
from sim.tables import exp_neg
from sim.tickets import CAME_ABOVE, CAME_RIGHT, NEVER, NO_SLOTS, Slots

Ints = NDArray[np.int64]
Units = NDArray[np.int32]

_SMOOTH = 7  # days in which a unit means to work off its backlog
_GRAIN = 64  # care is rounded down to 1/64


def enter_queue(state: State) -> None:
    """Let today's tickets enter their units' queues in key order, with the minutes they take at the unit's skill."""
    tickets, units, today = state.tickets, state.units, state.today
    slots = np.concatenate([today.arriving, today.returned])
    slots = slots.take(by_key(tickets.key.take(slots)))
    slots = slots.take(by_unit(tickets.unit.take(slots)))  # only the order at a unit counts; memory is read along them
    unit, category = tickets.unit.take(slots), tickets.category.take(slots)
    work = state.work_minutes(slots, unit, category)
    tickets.work[slots] = work.astype(np.int32)
    today.arrived = np.zeros(units.n, dtype=np.int64)
    np.add.at(today.arrived, unit, work)
    state.tally.unit["work_minutes"] += today.arrived
    state.tally.count("fresh_minutes", unit, work * (tickets.attempt.take(slots) == 1))
    state.queue = np.concatenate([state.queue, slots])
    state.uncontacted = np.concatenate([state.uncontacted, slots])


def close_overdue(state: State) -> None:
    """Close as failed, without work, what is unfinished so many days after its deadline."""
    tickets, queue = state.tickets, state.queue
    limit = state.day - state.rules.handling.close_after
    late = tickets.due.take(queue) < limit
    if not late.any():
        return
    slots = queue[late]
    state.queue = queue[~late]
    state.uncontacted = state.uncontacted[tickets.due[state.uncontacted] >= limit]
    np.subtract.at(state.units.backlog, tickets.unit[slots], tickets.work[slots].astype(np.int64))
    tickets.quality[slots] = 0
    tickets.resolved[slots] = False
    state.tally.count("unworked", tickets.unit[slots], tickets.number(slots))
    _close(state, slots, np.zeros(len(slots), dtype=np.int64))


def handle(state: State) -> None:
    """Spend the day's handling capacity: what is owed, first contacts, then tickets by days left and queue order.

    Care is capacity over arriving and backlogged standard minutes, between the least and the most care; tickets in
    which the unit has less at stake get less of it. A ticket takes ⌈care × work⌉ minutes, until the next does not fit.
    What is left before it is carried to the next day; what is left with nothing waiting is idle. (Model: a request's
    life, step 4.)
    """
    units, p = state.units, state.parameters
    capacity = _capacity(state)
    care = _care(state, capacity)
    minutes = capacity + units.carry - units.owed
    units.owed = np.maximum(0, -minutes)
    minutes = np.maximum(0, minutes)
    free = p.contact_minutes == 0
    allowance = np.full(units.n, len(state.uncontacted)) if free else minutes // p.contact_minutes
    spent = _contact(state, allowance) * p.contact_minutes
    left = _serve(state, minutes - spent, care)
    waiting = units.backlog > 0
    units.carry = left * waiting
    tally = state.tally.unit
    tally["available_minutes"] += capacity
    tally["contact_minutes"] += spent
    tally["idle_minutes"] += left - units.carry


def _capacity(state: State) -> Ints:
    """Return today's whole minutes of handling (U,); the fraction is carried."""
    units = state.units
    units.fraction += units.handling_a_day
    whole: Ints = units.fraction.astype(np.int64)  # rounded down: nothing is below 0
    units.fraction -= whole
    return whole


def _care(state: State, capacity: Ints) -> Ints:
    """Return the day's standing care in 1/64 (U,) and move the window of arriving minutes on."""
    units, p = state.units, state.parameters
    row = state.day % WINDOW
    units.arriving_sum += state.today.arrived - units.arriving[row]
    units.arriving[row] = state.today.arrived
    load = _SMOOTH * units.arriving_sum
    load += WINDOW * units.backlog
    units.backlog += state.today.arrived
    care = np.multiply(capacity, float(_GRAIN * WINDOW * _SMOOTH))
    care /= np.maximum(load, 1, out=load)  # whole numbers below 2^53: rounded down it is their exact quotient
    np.clip(care, float(int(p.care_min * _GRAIN)), float(int(p.care_max * _GRAIN)), out=care)
    return care.astype(np.int64)


def _contact(state: State, allowance: Ints) -> Ints:
    """Contact waiting residents for the first time, in queue order, up to `allowance` (U,); return the numbers."""
    tickets, slots = state.tickets, state.uncontacted
    unit = tickets.unit.take(slots)
    number = np.bincount(unit, minlength=len(allowance))
    over = number > allowance
    late = np.flatnonzero(over.take(unit)) if over.any() else NO_SLOTS
    if len(late):  # all others' residents are reached
        late = late.take(by_unit(unit.take(late)))
        units = unit.take(late)
        place = np.arange(len(late)) - np.searchsorted(units, units)
        late = np.sort(late.compress(place >= allowance.take(units)))
    chosen, state.uncontacted = np.delete(slots, late), slots.take(late)
    tickets.contact[chosen] = state.day
    state.tally.count_repeats("contacts", tickets.attempt.take(chosen), state.parameters.contact_minutes)
    return np.minimum(number, allowance)


def _serve(state: State, minutes: Ints, care: Ints) -> Ints:
    """Work tickets while the minutes (U,) last, with the care (U,) in 1/64; return the minutes left (U,)."""
    tickets, units, queue = state.tickets, state.units, state.queue
    if len(queue) == 0:
        return minutes
    unit = tickets.unit.take(queue)
    order = by_unit(unit, tickets.due.take(queue))
    unit, waiting = unit.take(order), queue.take(order)
    work = tickets.work.take(waiting).astype(np.int64)
    each = _care_of_tickets(state, waiting, unit, work, care)
    cost = (each * work + (_GRAIN - 1)) // _GRAIN
    total = np.cumsum(cost)
    n = np.bincount(unit, minlength=units.n)
    ends = np.cumsum(n)
    before = total.take(ends - n - 1, mode="clip")  # the units before this one; of the first, there is none
    before[ends == n] = 0
    enough = total <= (before + minutes).take(unit)
    state.queue = waiting.compress(~enough)  # in the order of serving, so that little is out of order tomorrow
    fits = np.flatnonzero(enough)
    served, unit, spent = waiting.take(fits), unit.take(fits), cost.take(fits)
    used = np.zeros(units.n, dtype=np.int64)
    np.add.at(used, unit, spent)
    np.subtract.at(units.backlog, unit, work.take(fits))
    _work(state, served, unit, each.take(fits))
    state.uncontacted = state.uncontacted.compress(tickets.contact.take(state.uncontacted) == NEVER)
    _close(state, served, spent)
    return minutes - used


def _care_of_tickets(state: State, waiting: Slots, unit: Units, work: Ints, care: Ints) -> Ints:
    """Return the care of each waiting ticket (n,) in 1/64: the unit's (U,), shifted towards what is at stake.

    Care of class k = care · ΣW · w_k ÷ Σ w_j W_j with the unit's weights w and the standard minutes W of its whole
    queue by class, so that minutes × care of the whole are unchanged but for rounding and the limits of care. Classes
    of weight 0 get the least care, and what that spares goes to the others.
    """
    stakes = state.stakes
    each: Ints = care.take(unit)
    if stakes.alike:
        return each
    at = np.flatnonzero(stakes.unlike.take(unit))  # elsewhere all tickets weigh the same
    who, work = unit.take(at), work.take(at)
    weight = cells(stakes.weights, who, state.tickets.stake.take(waiting.take(at)))
    least, most = int(state.parameters.care_min * _GRAIN), int(state.parameters.care_max * _GRAIN)
    minutes, weighed = np.zeros((2, state.units.n), dtype=np.int64)
    np.add.at(minutes, who, work)
    np.add.at(weighed, who, weight * work)
    whole = care * minutes
    np.subtract.at(whole, who, np.where(weight == 0, least * work, 0))
    shifted = whole.take(who) * weight // np.maximum(1, weighed.take(who))
    each[at] = np.where(weight == 0, least, np.minimum(np.maximum(shifted, least), most))
    return each


def _work(state: State, slots: Slots, unit: Units, care: Ints) -> None:
    """Decide whether each ticket's problem is really resolved, and what care its resident saw.

    Chance = ceiling × (1 − e^(−skill · care)); the ceiling is 1 with authority, less without; most of the chance is
    lost at the wrong unit, all of it with a strategic resident. Who came to a whistle helps as far as the leading unit
    is coordinated with the rest.
    """
    tickets, units = state.tickets, state.units
    category, strategic = tickets.category.take(slots), tickets.strategic.take(slots)
    quality = 1.0 - exp_neg(cells(units.skill, unit, category) * (care / _GRAIN))
    chance = quality.copy()
    above = np.flatnonzero((tickets.level.take(slots) > 0) & (unit < units.n_streets))
    chance[above] *= _ceiling(state, slots.take(above), unit.take(above))
    wrong = np.flatnonzero(unit != tickets.right.take(slots))
    chance[wrong] *= 1.0 - _loss(state, slots.take(wrong), unit.take(wrong))
    u = uniform(tickets.key.take(slots), Purpose.RESOLVE, tickets.attempt.take(slots))
    tickets.resolved[slots] = (u < chance) & ~strategic
    tickets.quality[slots] = np.minimum(quality * 65536.0, 65535.0).astype(np.uint16)  # rounded down
    tickets.contact[slots.compress(tickets.contact.take(slots) == NEVER)] = state.day
    np.add.at(state.tally.worked.reshape(-1), unit * np.int64(state.kinds.n) + category, 1)


def _ceiling(state: State, slots: Slots, unit: Units) -> NDArray[np.float64]:
    """Return the best chance that streets have with problems above their authority (n,); with authority it is 1.

    A whistle raises it from its start to `ceiling_best` at most: start + coordination × (best − start).
    """
    p, tickets = state.parameters, state.tickets
    ceiling = np.array([1.0, p.ceiling_district, p.ceiling_city]).take(tickets.level.take(slots))
    helped = np.flatnonzero(tickets.whistle.take(slots) & CAME_ABOVE)
    start = ceiling.take(helped)
    ceiling[helped] += state.units.coordination.take(unit.take(helped)) * (np.maximum(start, p.ceiling_best) - start)
    return ceiling


def _loss(state: State, slots: Slots, unit: Units) -> NDArray[np.float64]:
    """Return the share of the chance that wrong units lose: less by their coordination where the right unit came."""
    helped = (state.tickets.whistle.take(slots) & CAME_RIGHT) > 0
    k = state.units.coordination.take(unit)
    loss: NDArray[np.float64] = state.parameters.wrong_loss * (1.0 - np.where(helped, k, 0.0))
    return loss


def _close(state: State, slots: Slots, minutes: Ints) -> None:
    """Close tickets today and count them; `minutes` (n,) is the handling each took."""
    tickets, tally = state.tickets, state.tally
    tickets.closed[slots] = state.day
    unit, category = tickets.unit.take(slots), tickets.category.take(slots)
    attempt, resolved = tickets.attempt.take(slots), tickets.resolved.take(slots)
    number, late = tickets.number(slots), tickets.due.take(slots) < state.day
    tally.count("closed", unit, number)
    tally.count("closed_by_home", tickets.home.take(slots), number)
    tally.count("resolved", unit, number * resolved)
    tally.count("overdue", unit, number * late)
    tally.count("handled_minutes", unit, minutes)
    tally.count("repeat_minutes", unit, minutes * (attempt > 1))
    tally.count_category("closed", category, number)
    tally.count_category("resolved", category, number * resolved)
    tally.count_category("handled_minutes", category, minutes)
    days = state.day - tickets.filed.take(slots).astype(np.int64)
    tally.count("days", unit, days)
    np.add.at(tally.days_to_close, np.minimum(days, DAYS - 1), 1)
    nth = np.minimum(attempt, 10) - 1
    np.add.at(tally.attempts[0], nth, 1)
    np.add.at(tally.attempts[1], nth, minutes)
    state.closed = np.concatenate([state.closed, slots])
