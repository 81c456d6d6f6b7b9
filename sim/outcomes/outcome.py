"""What an outcome is: a named number of a run, with unit, better direction and labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.sums import Sums

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """A named outcome. `compute` takes Sums and gives (T,), or (T, S) if the sums are by street.

    `better` is +1 if more is better, -1 if less is, 0 if it depends on the question.
    """

    name: str
    unit: str
    better: int
    en: str
    zh: str
    compute: Callable[[Sums], Floats]
    by_street: bool = True
