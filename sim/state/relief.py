"""Relief: by how much pushes from above lower the share of problems that need more authority than a street has."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Relief:
    """What is left of the shares of problems above a street's authority, by street and category, (S, C) in [0, 1].

    Each source (the monthly theme, a list, solved hard cases, …) keeps factors of its own; they multiply, in the order
    of the sources' names. `factor` is the product, which `arise` reads when it draws a problem's level: problems that
    have arisen keep theirs. With no source, or with all at 1, it is exactly 1.
    """

    def __init__(self, n_streets: int, n_categories: int) -> None:
        self.by_source: dict[str, Floats] = {}
        self.factor: Floats = np.ones((n_streets, n_categories))

    def set(self, source: str, factors: Floats) -> None:
        """Set one source's factors, (S, C), or (C,) for all streets alike; 1 is no relief, 0 leaves no hard problem.

        Raises ValueError if a factor is outside [0, 1].
        """
        if not (factors.min() >= 0.0 and factors.max() <= 1.0):
            raise ValueError(f"relief by {source}: factors must be from 0 to 1")
        self.by_source[source] = factors.copy()
        product = np.ones(self.factor.shape)
        for name in sorted(self.by_source):
            product *= self.by_source[name]
        self.factor = product
