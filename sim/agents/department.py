"""Department 部门 and public-service enterprise 公共服务企业: answers for its categories with finite staff."""

from __future__ import annotations

from sim.agents.street import UnitDecision, UnitView, what_pays
from sim.agents.unit import Unit


class Department(Unit):
    """A city department or public-service enterprise. It holds the authority its problems need.

    Departments are ranked among departments, enterprises among enterprises. Override `decide` in a subclass and pass
    it in: `agents={"department": MyDepartment}`.
    """

    def decide(self, view: UnitView) -> UnitDecision:
        """Decide by the rule of streets (`Street.decide`) if ranked by the rules in force, else work on as before."""
        if not self.state.rules.tournament.departments_ranked:
            return UnitDecision(view.effort, view.handling, view.documentation, view.prevention)
        return what_pays(view, self.parameters)
