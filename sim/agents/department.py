"""Department 部门 and public-service enterprise 公共服务企业: answers for its categories with finite staff."""

from __future__ import annotations

from sim.agents.street import UnitDecision, UnitView
from sim.agents.unit import Unit


class Department(Unit):
    """A city department or public-service enterprise. It holds the authority its problems need."""

    def decide(self, view: UnitView) -> UnitDecision:
        """Keep working as before: departments are scored but not yet ranked, so no point is worth anything to them."""
        return UnitDecision(view.effort, view.handling, view.documentation, view.prevention)
