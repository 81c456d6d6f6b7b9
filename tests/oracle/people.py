"""Person: a resident who has complained, and what he or she remembers."""

from __future__ import annotations

import math
from typing import Any

import mesa

from sim.luck import Purpose, Tag, mix_one

from .chance import draw, grain


class Person(mesa.Agent):
    """A resident from the first request on. Grievance is kept in 2^-16 and fades by the month, trust in 1/255."""

    def __init__(self, model: Any, number: int) -> None:
        super().__init__(model)
        p = model.parameters
        self.number = number
        self.key = mix_one(model.seed, Tag.PERSON, number)
        self.patience = draw(self.key, Purpose.PATIENCE)
        self.strategic = draw(self.key, Purpose.STRATEGIC) < p.strategic_share
        self.requests = 0  # counted up to 255
        self.turned = False  # strategic no longer
        self.gave_up = False
        self.listed = False  # in the directory of key complainants
        self.grievance_units, self.grievance_month = 0, 0
        self.trust_units = 0
        self.set_grievance(p.grievance_start if draw(self.key, Purpose.GRIEVANCE) < p.grievance_share else 0.0)
        trust = p.trust_start + (2.0 * draw(self.key, Purpose.TRUST) - 1.0) * 0.3
        self.set_trust(min(1.0, max(0.0, trust)))

    @property
    def grievance(self) -> float:
        """Return the grievance as it has faded up to this month."""
        months = self.model.month - self.grievance_month
        return self.grievance_units / 65536.0 * self.model.fading[months]

    @property
    def trust(self) -> float:
        """Return trust, 0–1."""
        return self.trust_units / 255.0

    def set_grievance(self, value: float) -> None:
        """Remember the grievance as of this month."""
        self.grievance_units = min(math.floor(value * 65536.0 + 0.5), 65535)
        self.grievance_month = self.model.month

    def set_trust(self, value: float) -> None:
        """Remember trust."""
        self.trust_units = math.floor(value * 255.0 + 0.5)

    def resent(self, more: float) -> None:
        """Take it ill to have had to call once more."""
        grievance = self.grievance
        self.set_grievance(grievance + more * (1.0 - grievance))

    def remember(self, resolved: bool, gives_up: bool) -> None:
        """Take in how a ticket ended: a resolution heals and wins back, a failure hurts and may end it."""
        p, grievance, trust = self.model.parameters, self.grievance, self.trust
        if resolved:
            self.set_grievance(0.5 * grievance)
            self.set_trust(trust + p.trust_gain * (1.0 - trust))
            self.gave_up = False
        else:
            self.set_grievance(grievance + p.grievance_gain * (1.0 - grievance))
            self.set_trust(trust * (1.0 - p.trust_loss))
            self.gave_up = self.gave_up or gives_up


def fading(share: float, months: int) -> list[float]:
    """Return what is left of a grievance after 0, 1, … months in which it fades by a share."""
    left, out = 1.0, []
    for _ in range(months + 1):
        out.append(grain(left))
        left *= 1.0 - share
    return out
