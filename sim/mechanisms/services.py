"""Services: problems wear down the public services 七有五性 of streets, and districts' budgets raise them."""

from __future__ import annotations

import numpy as np

from sim.cells import blocks
from sim.state import State


def serve(state: State) -> None:
    """Move the service levels ℓ, by street and dimension: ℓ ← ℓ − min(1, w u) ℓ + min(1, b B) (1 − ℓ).

    ℓ is the share of a dimension's standard that a street provides. u is the problems that arose in the street this
    month, filed or not, over those that the base rate brings an average street of as many residents: so the hotline's
    growing use wears nothing down, but a surge does, prevention spares, and a street exposed to more is worn more.
    w is `service_wear`; b is `service_budget` and B the district's factor, unequal by luck (`service_budget_log_sd`),
    1 for the mean resident. At u = B = 1 the level goes to b ÷ (w + b), by the share w + b of the distance a month. A
    run begins at what the parameters make of January 2019's level until then, at u = B = 1, times luck by street and
    dimension (`service_log_sd`), at most 1. A dimension on which no category of the city hangs is left out.

    Scores, ranks, reforms and the strength of the tournament reach a level only through problems that arise. Levels
    reach problems only where `service_deficit_power` η is above 0 (deficits breed requests): the ratio r of a street
    and category is then multiplied by ((1 − ℓ) ÷ (1 − the city's ℓ at the run's start))^η, with 1 − ℓ at least 0.05.
    At η = 0, the default, nothing depends on levels but the index and who is given resources by it; with both w and b
    at 0 they stay as they are (report 三(三)).
    """
    p, services = state.parameters, state.services
    by_category = state.base.month_by_category(state.month_first, state.days)
    base = np.zeros(len(services.level))
    for dimension, requests in zip(services.of_category.tolist(), by_category.tolist(), strict=True):
        base[dimension] += requests
    raised = np.minimum(1.0, p.service_budget * services.budget)
    for part in blocks(state.units.n_streets):
        level = services.level[:, part]
        worn = p.service_wear * np.ascontiguousarray(services.problems[part].T)
        worn /= np.maximum(1e-9, base[:, None] * services.share[part])
        np.minimum(1.0, worn, out=worn)
        worn *= level
        services.level[:, part] = level - worn + raised[part] * (1.0 - level)
    services.problems[:] = 0
