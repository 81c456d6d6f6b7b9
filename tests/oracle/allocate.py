"""The month's staff: districts split their reserves, and the city tilts resources to some streets."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose
from sim.rules import Split, Tilt

from .chance import draw
from .services import mean_level
from .units import District, Office

PARTS = SHARES = 2**20  # an officer, or a pool, in whole parts


def remember_load(model: Any) -> None:
    """Keep each street's tickets of the month."""
    for street in model.streets:
        street.tickets_last_month = street.book.count["problems"] + street.book.count["repeats"]


def allocate(model: Any) -> None:
    """Move staff between streets, buy hours for them, and set what is really at work."""
    p, rules = model.parameters, model.rules
    own = {street: math.floor(street.staff * PARTS) for street in model.streets}
    for street in model.streets:
        street.moved = street.bought = 0
    if rules.reserves.staff_share > 0.0 or rules.reserves.money > 0.0:
        for district in model.districts:
            split_reserve(model, district, own)
    if rules.tilting.share > 0.0 or rules.tilting.money > 0.0:
        tilt(model, own)
    minutes = p.working_minutes * model.days
    for street in model.streets:
        received = max(0, street.moved) + street.bought
        before, last = street.received or (received, received)
        settled = min(received, last)
        long_settled = min(settled, before)
        model.happened["officers moved in this month"] += received > settled
        model.happened["officers moved in last month"] += settled > long_settled
        street.received = (last, received)
        at_work = p.moved_first * (received - settled) + (0.5 + 0.5 * p.moved_first) * (settled - long_settled)
        at_work += long_settled
        street.staff += (at_work - max(0, -street.moved)) / PARTS
        count = street.book.count
        count["settling_minutes"] += math.floor((received - at_work) / PARTS * minutes * street.effort)
        count["reserve_minutes"] += math.floor(math.floor(rules.reserves.staff_share * own[street]) / PARTS * minutes)
        count["moved_minutes"] += math.floor(max(0, street.moved) / PARTS * minutes)


def split_reserve(model: Any, district: District, own: dict[Office, int]) -> None:
    """Split a district's reserve of staff and money among its streets by the rule."""
    rule = model.rules.reserves
    streets = [street for street in model.streets if street.district is district]
    if not streets:
        return
    given = [math.floor(rule.staff_share * own[street]) for street in streets]
    residents = [model.world.population[street.row] for street in streets]
    bought, price = buy(model, rule.money, rule.price, sum(residents))
    weights = reserve_weights(model, rule.split, streets, residents)
    for street, gives, gets in zip(streets, given, divide(sum(given), weights), strict=True):
        street.moved += gets - gives
    pay(streets, divide(bought, weights), price)


def reserve_weights(model: Any, rule: Split, streets: list[Office], residents: list[int]) -> list[float]:
    """Return the weights by which a district splits its reserve."""
    heads = [float(people) for people in residents]
    tickets = [float(street.tickets_last_month) for street in streets]
    if rule is Split.LOAD and any(tickets):
        model.happened["a reserve split by load"] += 1
        return tickets
    if rule in (Split.STRONG, Split.WEAK) and any(street.compared is not None for street in streets):
        scores = [street.compared or 0.0 for street in streets]
        model.happened["a reserve split by score"] += 1
        if rule is Split.WEAK:
            places = [1.0 + sum(other > mine for other in scores) for mine in scores]
        else:
            places = [1.0 + sum(other < mine for other in scores) for mine in scores]
        return [people * place for people, place in zip(heads, places, strict=True)]
    model.happened["a reserve split by head"] += 1
    return heads


def tilt(model: Any, own: dict[Office, int]) -> None:
    """Move staff from all other streets to those chosen, by their residents, and buy hours for them."""
    rule = model.rules.tilting
    chosen = chosen_streets(model, own)
    if not chosen:
        return
    model.happened["resources tilted"] += 1
    pool = 0
    for street in model.streets:
        if street not in chosen:
            gives = math.floor(rule.share * own[street])
            street.moved -= gives
            pool += gives
    weights = [float(model.world.population[street.row]) for street in chosen]
    for street, gets in zip(chosen, divide(pool, weights), strict=True):
        street.moved += gets
    bought, price = buy(model, rule.money, rule.price, model.world.total)
    pay(chosen, divide(bought, weights), price)


def chosen_streets(model: Any, own: dict[Office, int]) -> list[Office]:
    """Return the streets that tilting gives to, in the city's order."""
    rule = model.rules.tilting
    if rule.by is Tilt.GOVERNANCE:
        return [street for street in model.streets if "governance" in street.lists]
    value: dict[Office, float] = {}
    for street in model.streets:
        if rule.by is Tilt.NEED:
            value[street] = sum(street.arriving) / max(1, own[street])
        elif rule.by is Tilt.LOAD and model.month > 0:
            value[street] = street.tickets_last_month / model.world.population[street.row]
        elif rule.by is Tilt.INDEX:
            value[street] = -mean_level(street)
            model.happened["resources tilted by the service index"] += 1
        elif rule.by is Tilt.WEAK and street.compared is not None:
            value[street] = -street.compared
        elif rule.by is Tilt.RANDOM:
            value[street] = draw(street.key, Purpose.TILT, model.month // 12)
    luck = {street: draw(street.key, Purpose.TILT_TIE, model.month) for street in value}
    first = sorted(value, key=lambda street: (-value[street], luck[street]))
    chosen = first[: math.ceil(rule.receivers * len(model.streets))]
    return [street for street in model.streets if street in chosen]


def buy(model: Any, money: float, price: float, residents: int) -> tuple[int, float]:
    """Return the parts of an officer that a month's money buys, and the price of one."""
    a_part = price * (model.parameters.working_minutes * model.days / 60.0) / PARTS
    return math.floor(money * residents / 12.0 / a_part), a_part


def pay(streets: list[Office], parts: list[int], price: float) -> None:
    """Give streets the officers bought for them, and count the money."""
    for street, bought in zip(streets, parts, strict=True):
        street.bought += bought
        street.book.count["money"] += math.floor(bought * price)


def divide(whole: int, weights: list[float]) -> list[int]:
    """Divide a whole number by weights into whole numbers that add up exactly."""
    total = math.fsum(weights)
    shares = [math.floor(weight / total * SHARES + 0.5) for weight in weights]
    upto = given = 0
    out = []
    for share in shares:
        upto += share
        out.append(whole * upto // sum(shares) - given)
        given += out[-1]
    return out
