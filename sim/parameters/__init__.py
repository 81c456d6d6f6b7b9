"""Parameters: how people and offices behave. Numbers without a source are assumptions with a range."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check
from sim.parameters.call_back import Answering
from sim.parameters.casework import Casework
from sim.parameters.come_back import Returning
from sim.parameters.coordination import Coordinating
from sim.parameters.decisions import Deciding
from sim.parameters.dispatch import Dispatching
from sim.parameters.exclusion import Excluding
from sim.parameters.guard import Guard
from sim.parameters.key_complainants import Visiting
from sim.parameters.morale import MoraleParameters
from sim.parameters.people import People
from sim.parameters.pressure import Leaning
from sim.parameters.services import Serving
from sim.parameters.staffing import Staffing
from sim.parameters.stakes import Stakes
from sim.parameters.surge import Surging
from sim.parameters.theme import ThemeEffects
from sim.parameters.work import Work

__all__ = ["Parameters"]


# a dataclass takes the fields of its last base first: read the bases from the end
@dataclass(frozen=True)
class Parameters(
    Guard,
    Serving,
    ThemeEffects,
    Staffing,
    Leaning,
    MoraleParameters,
    Deciding,
    Casework,
    Visiting,
    Returning,
    Answering,
    Excluding,
    Stakes,
    Work,
    Coordinating,
    Dispatching,
    Surging,
    People,
):
    """Behaviour, fixed for a run; in the order of a request's life, then of the month."""

    def __post_init__(self) -> None:
        check(self)
