"""Relief: by how much pushes from above lower the share of problems that need more authority than a street has."""

from __future__ import annotations

from typing import Any

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
        self.by_source: dict[str, tuple[Any, Floats]] = {}  # streets, and their factors
        self._factor: Floats = np.ones((n_streets, n_categories))
        self._changed = False  # since the product was taken

    def set(self, source: str, factors: Floats, streets: Any = slice(None)) -> None:
        """Set one source's factors, (n, C), or (C,) for all alike, of these streets, or of all; for others they are 1.

        1 is no relief, 0 leaves no hard problem. Raises ValueError if a factor is outside [0, 1].
        """
        if not (factors.min(initial=1.0) >= 0.0 and factors.max(initial=0.0) <= 1.0):
            raise ValueError(f"relief by {source}: factors must be from 0 to 1")
        self.by_source[source] = streets, factors.copy()
        self._changed = True

    @property
    def factor(self) -> Floats:
        """Return the product of all sources' factors, (S, C)."""
        if self._changed:
            self._factor[:] = 1.0
            for name in sorted(self.by_source):
                streets, factors = self.by_source[name]
                self._factor[streets] *= factors
            self._changed = False
        return self._factor
