"""Public services of streets: worn by problems, raised by districts' budgets; deficits may breed requests."""

from __future__ import annotations

import math
from typing import Any

from sim.luck import Purpose, Tag, mix_one
from sim.tables import lognormal_quantiles

from .chance import draw, to_power

TWELVE = (
    *("childcare", "education", "employment", "health_care", "elderly_care", "housing", "support"),
    *("convenience", "liveability", "diversity", "fairness", "safety"),
)
LEAST_DEFICIT = 0.05


def set_up(model: Any) -> None:
    """Give every street its levels and budget at the run's start; dimensions without a category are left out."""
    p = model.parameters
    level = p.service_start
    year, month = 2019, 1
    while (year, month) < (model.date.year, model.date.month):
        level = level - p.service_wear * level + p.service_budget * (1.0 - level)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    model.service_start = level
    spread = lognormal_quantiles(p.service_log_sd).tolist()
    names = {category.dimension for category in model.world.categories}
    for street in model.streets:
        street.services = {}
        for number, name in enumerate(TWELVE):
            if name in names:
                found = level * spread[int(draw(street.key, Purpose.SERVICE, number) * len(spread))]
                model.happened["a service at its standard from the start"] += found > 1.0
                street.services[name] = min(1.0, found)
    set_budgets(model)


def set_budgets(model: Any) -> None:
    """Draw the districts' budgets, so that the mean resident's is 1."""
    spread = lognormal_quantiles(model.parameters.service_budget_log_sd).tolist()
    luck = []
    for code in model.city.districts["code"]:
        key = mix_one(model.seed, Tag.UNIT, *f"district {code}".encode())
        luck.append(spread[int(draw(key, Purpose.SERVICE_BUDGET) * len(spread))])
    mean = math.fsum(luck[street.district.row] * residents(model, street) for street in model.streets)
    for street in model.streets:
        street.service_budget = luck[street.district.row] / mean


def residents(model: Any, street: Any) -> float:
    """Return a street's share of the residents."""
    return float(model.world.population[street.row] / float(model.world.total))


def bred(model: Any, street: Any, category: Any) -> float:
    """Return by what a street's deficit multiplies the problems of a category."""
    power = model.parameters.service_deficit_power
    if power == 0.0:
        return 1.0
    deficit = max(LEAST_DEFICIT, 1.0 - street.services[category.dimension])
    factor = to_power(deficit / max(LEAST_DEFICIT, 1.0 - model.service_start), power)
    model.happened["deficits breed requests"] += factor > 1.0
    model.happened["good services spare requests"] += factor < 1.0
    return factor


def mean_level(street: Any) -> float:
    """Return a street's mean level over its dimensions."""
    total = 0.0
    for level in street.services.values():
        total += level
    return total / len(street.services)


def serve(model: Any) -> None:
    """Wear the levels by what arose over what the base rate brings as many residents, and raise them by the budget."""
    p, requests = model.parameters, base_requests(model)
    for street in model.streets:
        for name, level in street.services.items():
            expected = max(1e-9, requests[name] * residents(model, street))
            worn = p.service_wear * street.arisen[name] / expected
            model.happened["a service worn down in one month"] += worn > 1.0
            raised = min(1.0, p.service_budget * street.service_budget)
            street.services[name] = level - min(1.0, worn) * level + raised * (1.0 - level)
        street.arisen.clear()


def base_requests(model: Any) -> dict[str, float]:
    """Return the city's expected requests of the month by dimension."""
    out: dict[str, float] = {}
    expected = model.world.month_by_category(model.month_first)
    for category, n in zip(model.world.categories, expected, strict=True):
        out[category.dimension] = out.get(category.dimension, 0.0) + n
    return out
