"""Kinds of request: the city's categories as arrays (C,) that the daily mechanisms read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.city import City
from sim.tables import lognormal_quantiles

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Kinds:
    """What a category says of its requests: who answers, which authority they need, how long they take.

    `hard_share` multiplies the shares of problems above a street's authority; none of them passes 1.
    """

    def __init__(self, city: City, hard_share: float = 1.0) -> None:
        table = city.categories
        self.n = len(table)
        self.deadline: Ints = table["deadline_days"].to_numpy(dtype=np.int64)
        self.minutes: Floats = table["minutes"].to_numpy(dtype=float)
        self.share_street: Floats = table["share_street"].to_numpy(dtype=float)
        self.share_department: Floats = table["share_department"].to_numpy(dtype=float)
        self.share_enterprise: Floats = table["share_enterprise"].to_numpy(dtype=float)
        self.visible: Floats = table["visible"].to_numpy(dtype=float)
        level_city: Floats = table["level_city"].to_numpy(dtype=float)
        level_above = level_city + table["level_district"].to_numpy(dtype=float)
        self.level_city: Floats = np.minimum(1.0, hard_share * level_city)
        self.level_above: Floats = np.minimum(1.0, hard_share * level_above)
        spreads = [lognormal_quantiles(float(sd)) for sd in table["log_sd"]]
        drawn = np.floor(self.minutes[:, None] * np.stack(spreads) + 0.5)
        self.minutes_quantiles: Ints = np.maximum(1.0, drawn).astype(np.int64)  # (C, 4096) whole minutes
