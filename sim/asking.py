"""Asking offices for their decisions: all at once over columns if their rule is the common one, else one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.department import Department
from sim.agents.district import District, DistrictDecision
from sim.agents.street import Street, UnitDecision
from sim.cells import blocks

_COMMON = {"decide": (Street.decide, Department.decide), "lean": (District.lean,)}
_DECISIONS = {"decide": UnitDecision, "lean": DistrictDecision}


def ask(
    agents: Sequence[Any], rows: NDArray[np.intp], seen: Any, method: str = "decide"
) -> Iterator[tuple[NDArray[np.intp] | int, Any]]:
    """Yield (rows, decision) for `agents`, which hold the given rows of the view's columns; `method` is what is asked.

    The unchanged rules are elementwise formulas, so a call over a block of the columns gives bit for bit what calls
    office by office give; an overridden rule is called office by office, with plain floats.

    Raises ValueError if a rule gives something else than a decision.
    """
    if not agents:
        return
    if getattr(type(agents[0]), method) in _COMMON[method]:
        for part in blocks(len(rows), 4096):
            chosen = rows[part]
            columns = {field.name: getattr(seen, field.name)[chosen] for field in fields(seen)}
            yield chosen, getattr(agents[0], method)(replace(seen, **columns))
        return
    for agent, row in zip(agents, rows, strict=True):
        mine = {field.name: float(getattr(seen, field.name)[row]) for field in fields(seen)}
        decision = getattr(agent, method)(replace(seen, **mine))
        if not isinstance(decision, _DECISIONS[method]):
            raise ValueError(f"{agent!r}.{method} must return a {_DECISIONS[method].__name__}, not {decision!r}")
        yield int(row), decision
