"""A sequence of row views with the verbs of Mesa's AgentSet, for agents that exist only when looked at.

Mesa's AgentSet keeps weak references, so a set of temporary row views would be empty; `Columns` keeps row numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.integer]
A = TypeVar("A")


class Columns(Sequence[A], Generic[A]):
    """Row views made on request by `make(row)` for the given row numbers (n,)."""

    def __init__(self, make: Callable[[int], A], rows: Rows, order: Callable[[Rows], Rows]) -> None:
        self._make, self._rows, self._shuffled = make, rows, order

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> A: ...

    @overload
    def __getitem__(self, index: slice) -> Columns[A]: ...

    def __getitem__(self, index: int | slice) -> A | Columns[A]:
        if isinstance(index, slice):
            return self._with(self._rows[index])
        return self._make(int(self._rows[index]))

    def __iter__(self) -> Iterator[A]:
        return (self._make(int(row)) for row in self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} agents>"

    def _with(self, rows: Rows) -> Columns[A]:
        return Columns(self._make, rows, self._shuffled)

    def select(self, filter_func: Callable[[A], bool] | None = None, at_most: int | float = float("inf")) -> Columns[A]:
        """Return those for which the function is true, at most so many (a share of all if a float ≤ 1)."""
        limit = int(len(self) * at_most) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        chosen: list[int] = []
        for row in self._rows:
            if len(chosen) >= limit:
                break
            if filter_func is None or filter_func(self._make(int(row))):
                chosen.append(int(row))
        return self._with(np.array(chosen, dtype=np.int64))

    def sort(self, key: str | Callable[[A], Any], ascending: bool = False) -> Columns[A]:
        """Return them in the order of an attribute or a function, descending by default as in AgentSet."""
        values = self.get(key) if isinstance(key, str) else [key(agent) for agent in self]
        order = sorted(range(len(self)), key=lambda i: values[i], reverse=not ascending)
        return self._with(self._rows[order])

    def shuffle(self) -> Columns[A]:
        """Return them in an order drawn by the run's keyed luck: the same each time it is asked on a day."""
        return self._with(self._shuffled(self._rows))

    def groupby(self, by: str | Callable[[A], Any]) -> dict[Any, Columns[A]]:
        """Return one sequence for each value of an attribute or a function."""
        groups: dict[Any, list[int]] = {}
        for row, agent in zip(self._rows, self, strict=True):
            value = getattr(agent, by) if isinstance(by, str) else by(agent)
            groups.setdefault(value, []).append(int(row))
        return {value: self._with(np.array(rows, dtype=np.int64)) for value, rows in groups.items()}

    def get(self, names: str | list[str]) -> list[Any]:
        """Return an attribute of each, or a list of several for each."""
        if isinstance(names, str):
            return [getattr(agent, names) for agent in self]
        return [[getattr(agent, name) for name in names] for agent in self]

    def agg(self, attribute: str, func: Callable[[list[Any]], Any]) -> Any:
        """Return the function of the list of an attribute's values."""
        return func(self.get(attribute))

    def do(self, method: str | Callable[[A], Any], *args: Any, **kwargs: Any) -> Columns[A]:
        """Call a method (by name) or a function on each; return self."""
        for agent in self:
            if isinstance(method, str):
                getattr(agent, method)(*args, **kwargs)
            else:
                method(agent, *args, **kwargs)
        return self

    def map(self, method: str | Callable[[A], Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return the results of a method (by name) or a function on each."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]
