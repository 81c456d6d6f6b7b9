"""Asking offices for their decisions: all at once over columns if their rule is the common one, else one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.department import Department
from sim.agents.street import Street, UnitDecision, UnitView

_COMMON = (Street, Department)


def ask(agents: Sequence[Any], rows: NDArray[np.intp], seen: UnitView) -> Iterator[tuple[Any, UnitDecision]]:
    """Yield (rows, decision) for `agents`, which hold the given rows of the view's columns.

    The unchanged rules are elementwise formulas, so one call over the columns gives bit for bit what calls office by
    office give; an overridden rule is called office by office, with plain floats.
    """
    if not agents:
        return
    if type(agents[0]).decide in [cls.decide for cls in _COMMON]:
        columns = {field.name: getattr(seen, field.name)[rows] for field in fields(seen)}
        yield rows, agents[0].decide(replace(seen, **columns))
        return
    for agent, row in zip(agents, rows, strict=True):
        mine = {field.name: float(getattr(seen, field.name)[row]) for field in fields(seen)}
        yield row, agent.decide(replace(seen, **mine))
