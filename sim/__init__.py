"""Governance by tournament: Beijing's 12345 hotline, from a resident's problem to the monthly rank and back.

Names resolve when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.agents.complainant import Complainant
    from sim.agents.department import Department
    from sim.agents.dispatch_center import DispatchCenter
    from sim.agents.district import District
    from sim.agents.street import Street, UnitDecision, UnitView
    from sim.city import City
    from sim.model import TournamentModel
    from sim.parameters import Parameters
    from sim.record import Record
    from sim.reforms import Reform
    from sim.rules import Rules
    from sim.state import ExtraProblem

_WHERE = {
    "City": "sim.city",
    "Complainant": "sim.agents.complainant",
    "Department": "sim.agents.department",
    "DispatchCenter": "sim.agents.dispatch_center",
    "District": "sim.agents.district",
    "ExtraProblem": "sim.state",
    "Parameters": "sim.parameters",
    "Record": "sim.record",
    "Reform": "sim.reforms",
    "Rules": "sim.rules",
    "Street": "sim.agents.street",
    "TournamentModel": "sim.model",
    "UnitDecision": "sim.agents.street",
    "UnitView": "sim.agents.street",
}

__all__ = [
    "City",
    "Complainant",
    "Department",
    "DispatchCenter",
    "District",
    "ExtraProblem",
    "Parameters",
    "Record",
    "Reform",
    "Rules",
    "Street",
    "TournamentModel",
    "UnitDecision",
    "UnitView",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
