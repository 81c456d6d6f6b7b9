"""Outcomes: what a run is judged by, each declared once with unit, better direction and labels (model: outcomes)."""

from __future__ import annotations

from sim.outcomes.casework import CASEWORK
from sim.outcomes.dispatch import DISPATCH
from sim.outcomes.duty_list import DUTY_LIST
from sim.outcomes.institutions import INSTITUTIONS
from sim.outcomes.key_complainants import KEY_COMPLAINANTS
from sim.outcomes.loop import LOOP
from sim.outcomes.outcome import Outcome
from sim.outcomes.pressure import PRESSURE
from sim.outcomes.ranking import RANKING
from sim.outcomes.repeats import REPEATS
from sim.outcomes.residents import RESIDENTS
from sim.outcomes.resolution import RESOLUTION
from sim.outcomes.service import SERVICE
from sim.outcomes.service_index import SERVICE_INDEX
from sim.outcomes.work import WORK

__all__ = ["OUTCOMES", "Outcome"]

_ALL = (
    *RESOLUTION,
    *LOOP,
    *REPEATS,
    *WORK,
    *SERVICE,
    *INSTITUTIONS,
    *DISPATCH,
    *CASEWORK,
    *DUTY_LIST,
    *KEY_COMPLAINANTS,
    *RANKING,
    *PRESSURE,
    *RESIDENTS,
    *SERVICE_INDEX,
)

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _ALL}
