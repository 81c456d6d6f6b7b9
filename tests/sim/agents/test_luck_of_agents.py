"""Every kind of agent draws chance by a key of its own, the same in every run of a seed."""

from __future__ import annotations

from sim import TournamentModel
from sim.agents.dispatch_center import DispatchCenter
from sim.agents.district import District
from sim.luck import Purpose


def draws(seed):
    model = TournamentModel("small", seed=seed, scale=0.05)
    state = model.state
    agents = [*model.streets, *model.departments, *model.districts, *model.centers]
    first = {repr(agent): agent.luck() for agent in agents}
    assert all(agent.luck() == agent.luck(Purpose.AGENT, state.month) for agent in agents)
    model.run(1)
    second = {repr(agent): agent.luck() for agent in agents}
    model.close()
    return first, second


def test_each_agent_has_a_new_number_every_month_and_another_seed_others():
    first, second = draws(3)
    assert len(first) > 30  # each kind of agent, told apart by its name
    assert len({*first.values(), *second.values()}) == 2 * len(first)
    assert all(0.0 <= u < 1.0 for u in first.values())
    assert draws(3) == (first, second)
    assert not set(draws(4)[0].values()) & set(first.values())


def test_a_district_and_a_centre_may_use_it_in_their_decisions():
    class Whim(District):
        def lean(self, view):
            assert 0.0 <= self.luck() < 1.0
            return super().lean(view)

    class Lot(DispatchCenter):
        def rule_on_disputes(self, view):
            assert self.accuracy.shape == (len(self.model.city.categories),)
            return view.found_wrong & (self.luck() < 2.0)

    model = TournamentModel("small", seed=1, scale=0.05, agents={"district": Whim, "dispatch_center": Lot})
    model.run(1)
    assert model.districts[0].luck() != model.centers[0].luck()
    model.close()
