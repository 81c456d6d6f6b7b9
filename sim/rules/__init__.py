"""Rules: what institutions decide. One frozen value is in force for a month; reforms amend it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.rules.call_back import CallBack
from sim.rules.casework import Casework
from sim.rules.dispatch import Dispatch
from sim.rules.dispute import Dispute
from sim.rules.duty_list import DutyList
from sim.rules.escalation import Escalation
from sim.rules.exclusion import Exclusion
from sim.rules.handling import Handling
from sim.rules.joint_review import JointReview
from sim.rules.key_complainants import KeyComplainants
from sim.rules.lists import Lists
from sim.rules.patrol import Patrol
from sim.rules.reserves import Reserves, Split
from sim.rules.targets import Targets
from sim.rules.theme import Theme
from sim.rules.tilting import Tilt, Tilting
from sim.rules.tournament import League, Tournament
from sim.rules.whistle import Whistle

__all__ = [
    "CallBack",
    "Casework",
    "Dispatch",
    "Dispute",
    "DutyList",
    "Escalation",
    "Exclusion",
    "Handling",
    "JointReview",
    "KeyComplainants",
    "League",
    "Lists",
    "Patrol",
    "Reserves",
    "Rules",
    "Split",
    "Targets",
    "Theme",
    "Tilt",
    "Tilting",
    "Tournament",
    "Whistle",
]


@dataclass(frozen=True)
class Rules:
    """All rules in force in one month, by part."""

    tournament: Tournament = field(default_factory=Tournament)
    targets: Targets = field(default_factory=Targets)
    lists: Lists = field(default_factory=Lists)
    dispatch: Dispatch = field(default_factory=Dispatch)
    joint_review: JointReview = field(default_factory=JointReview)
    dispute: Dispute = field(default_factory=Dispute)
    whistle: Whistle = field(default_factory=Whistle)
    handling: Handling = field(default_factory=Handling)
    exclusion: Exclusion = field(default_factory=Exclusion)
    patrol: Patrol = field(default_factory=Patrol)
    call_back: CallBack = field(default_factory=CallBack)
    casework: Casework = field(default_factory=Casework)
    escalation: Escalation = field(default_factory=Escalation)
    duty_list: DutyList = field(default_factory=DutyList)
    theme: Theme = field(default_factory=Theme)
    reserves: Reserves = field(default_factory=Reserves)
    tilting: Tilting = field(default_factory=Tilting)
    key_complainants: KeyComplainants = field(default_factory=KeyComplainants)
