"""District centres: what goes by their way, what they put right, what they learn, and the share at which they rest."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, same_run, share

from sim import DispatchCenter, Parameters, Rules, TournamentModel
from sim.mechanisms.by_district import by_district
from sim.mechanisms.dispatch import learn_catalogue, sign_for
from sim.rules import Dispatch


def test_a_share_of_the_tickets_for_streets_waits_a_day_at_the_districts_centre(build):
    state = build(Rules(dispatch=Dispatch(by_district=0.3)), district_accuracy_start=0.0)
    at_street = put_in(state, 10_000)
    at_department = put_in(state, 500, unit=state.units.n_streets, right=state.units.n_streets)
    state.today.routed = np.concatenate([at_street, at_department])
    by_district(state)
    held = state.undelivered.at_districts
    assert share(len(held), 10_000, 0.3)
    assert set(held.tolist()) <= set(at_street.tolist())
    assert len(state.today.routed) + len(held) == 10_500
    state.today.routed, state.day = held[:0], 1
    by_district(state)
    assert state.today.routed.tolist() == held.tolist()
    assert len(state.undelivered) == 0
    assert state.tally.unit["by_district"][0] == len(held)
    sign_for(state)  # the clock starts at the unit
    assert (state.tickets.due[held] == 1 + state.kinds.deadline[1]).all()


def test_a_wrong_choice_is_put_right_with_the_districts_accuracy_and_a_right_one_stays(build):
    state = build()
    state.district_accuracy[:] = 0.1
    state.district_accuracy[state.district_of[5], 1] = 0.6
    wrong, right = put_in(state, 10_000, unit=5, right=3), put_in(state, 1000, unit=5, right=5)
    state.undelivered.at_districts = np.concatenate([wrong, right])
    by_district(state)
    assert (state.tickets.unit[right] == 5).all()
    put_right = np.count_nonzero(state.tickets.unit[wrong] == 3)
    assert share(put_right, 10_000, 0.6)
    assert state.tally.unit["redirected"][3] == state.tally.category["redirected"][1] == put_right


def test_a_districts_catalogue_learns_from_what_its_streets_returned(build):
    state = build(Rules(dispatch=Dispatch(learning=0.02)), accuracy_decay=0.01, district_accuracy_start=0.7)
    state.tally.returned[1, 4] = 3
    people = state.base.population[state.district_of == 1].sum()
    learn_catalogue(state)
    closed = 0.02 * 3 * state.city.base_population / people / 1000.0
    assert state.district_accuracy[1, 4] == pytest.approx(0.7 + closed * 0.3 - 0.01)
    assert state.district_accuracy[0, 4] == pytest.approx(0.69)
    assert state.accuracy[4] == pytest.approx(state.parameters.accuracy_start - 0.01)


def test_there_is_a_centre_for_the_city_and_one_for_each_district():
    class Stubborn(DispatchCenter):
        """A centre that learns nothing and forgets nothing."""

        def learn(self, accuracy, returned):
            """Keep what is known."""
            return accuracy

    model = TournamentModel("small", seed=1, scale=0.02, agents={"dispatch_center": Stubborn})
    assert [centre.district for centre in model.centers] == [None, *range(len(model.districts))]
    assert model.state.centre is next(iter(model.centers))
    model.run(2)
    assert (model.state.accuracy == model.parameters.accuracy_start).all()
    assert (model.state.district_accuracy == model.parameters.district_accuracy_start).all()
    model.close()


def test_without_district_centres_their_accuracy_changes_nothing():
    records = []
    for share_, start in ((0.0, 0.3), (0.0, 0.9), (0.2, 0.9)):
        rules, parameters = Rules(dispatch=Dispatch(by_district=share_)), Parameters(district_accuracy_start=start)
        model = TournamentModel("small", rules, parameters, seed=3, scale=0.1)
        records.append(model.run(3))
        model.close()
    off, also_off, on = records
    assert same_run(off, also_off)
    assert not same_run(off, on)
    assert (off.monthly()["redirected"] == 0).all()
    assert (on.monthly()["redirected"] > 0).all()
