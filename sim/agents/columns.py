"""A sequence of row views with the verbs of Mesa's AgentSet, for agents that exist only when looked at.

Mesa's AgentSet keeps weak references, so a set of temporary row views would be empty; `Columns` keeps row numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from mesa.agent import GroupBy
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

    def select(
        self,
        filter_func: Callable[[A], bool] | None = None,
        at_most: int | float = float("inf"),
        agent_type: type | None = None,
    ) -> Columns[A]:
        """Return those of a type for which the function is true, at most so many (a share of all if a float ≤ 1)."""
        limit = int(len(self) * at_most) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        chosen: list[int] = []
        for row in self._rows:
            if len(chosen) >= limit:
                break
            agent = self._make(int(row))
            if (agent_type is None or isinstance(agent, agent_type)) and (filter_func is None or filter_func(agent)):
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

    def groupby(self, by: str | Callable[[A], Any]) -> GroupBy:
        """Return Mesa's GroupBy with one sequence for each value of an attribute or a function."""
        groups: dict[Any, list[int]] = {}
        for row, agent in zip(self._rows, self, strict=True):
            value = getattr(agent, by) if isinstance(by, str) else by(agent)
            groups.setdefault(value, []).append(int(row))
        return GroupBy({value: self._with(np.array(rows, dtype=np.int64)) for value, rows in groups.items()})

    def get(
        self, attr_names: str | Sequence[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Return an attribute of each, or a list of several for each.

        Where it is missing: AttributeError, or with handle_missing="default" the default value.
        """
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing: {handle_missing!r} must be error or default")
        instead = (default_value,) if handle_missing == "default" else ()
        if isinstance(attr_names, str):
            return [getattr(agent, attr_names, *instead) for agent in self]
        return [[getattr(agent, name, *instead) for name in attr_names] for agent in self]

    def set(self, attr_name: str, value: Any) -> Columns[A]:
        """Refuse: row views are made anew at every look, so nothing that is set on them would stay."""
        raise TypeError(f"{attr_name} cannot be set: these agents are views of rows, made anew at every look")

    def agg(self, attribute: str, func: Callable[[list[Any]], Any] | Iterable[Callable[[list[Any]], Any]]) -> Any:
        """Return the function of the list of an attribute's values, or a list of several functions of it."""
        values = self.get(attribute)
        return func(values) if callable(func) else [one(values) for one in func]

    def do(self, method: str | Callable[[A], Any], *args: Any, **kwargs: Any) -> Columns[A]:
        """Call a method (by name) or a function on each; return self."""
        for agent in self:
            if isinstance(method, str):
                getattr(agent, method)(*args, **kwargs)
            else:
                method(agent, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[[A], Any], *args: Any, **kwargs: Any) -> Columns[A]:
        """Call a method or a function on each, in the order of `shuffle`; return self."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[[A], Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return the results of a method (by name) or a function on each."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]
