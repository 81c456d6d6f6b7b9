"""Allocate: districts split their reserves and the city tilts resources; what is moved adds up exactly."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Rules, TournamentModel
from sim.agents.district import District, ReserveView
from sim.mechanisms.allocate import allocate, chosen_streets
from sim.mechanisms.learn import plan_work
from sim.rules import Reserves, Split, Tilt, Tilting
from sim.state.allocation import PARTS

NO_RESERVE = Reserves(staff_share=0.0)


@pytest.fixture
def build(build):
    """Return a function that makes an untouched model under such rules."""

    def make(agents=None, scale=0.05, moved_first=0.8, **rules):
        return build(Rules(**rules), scale=scale, agents=agents, moved_first=moved_first).centre.model

    return make


def outputs(months=4, **rules):
    """Return the tables of a run under some rules."""
    model = TournamentModel("small", Rules(**rules), seed=2, scale=0.1, log_tickets=True)
    record = model.run(months)
    out = record.monthly(), record.tickets()
    model.close()
    return out


def again(model):
    """Set the staff of a month anew; return own and resulting staff of streets (S,)."""
    state = model.state
    plan_work(state)
    own = state.units.staff[: state.units.n_streets].copy()
    allocate(state, lambda row, view: list(model.districts)[row].split(view))
    return own, state.units.staff[: state.units.n_streets]


def test_off_changes_nothing_and_a_tilt_of_nothing_neither():
    plain = outputs(reserves=NO_RESERVE)
    other = outputs(
        reserves=Reserves(staff_share=0.0, split=Split.WEAK, price=3.0),
        tilting=Tilting(share=0.0, by=Tilt.WEAK, receivers=0.5, price=3.0),
    )
    for a, b in zip(plain, other, strict=True):
        assert a.equals(b)
    for name in ("reserve_hours", "moved_hours", "money"):
        assert (plain[0][name] == 0.0).all()
    assert not plain[0].equals(outputs(reserves=NO_RESERVE, tilting=Tilting(share=0.2))[0])


@pytest.mark.parametrize("split", Split)
@pytest.mark.parametrize("by", Tilt)
def test_what_is_moved_is_received_and_the_total_stays(build, split, by):
    model = build(reserves=Reserves(staff_share=0.13, split=split), tilting=Tilting(share=0.2, by=by, receivers=0.3))
    model.run(2)
    found = model.state.allocation
    assert found.moved.sum() == 0
    assert (found.moved != 0).any()
    assert (found.bought == 0).all()
    for _ in range(3):
        own, staff = again(model)  # the same month three times more: everybody is settled
    assert staff.sum() == pytest.approx(own.sum(), abs=1e-9)
    assert staff == pytest.approx(own + found.moved / PARTS, abs=1e-9)


def test_a_reserve_by_head_by_hand(build):
    model = build(reserves=Reserves(staff_share=0.1))
    own, staff = again(model)
    district, people = model.city.streets["district_index"].to_numpy(), model.state.base.population
    for row in range(len(own)):
        mine = district == district[row]
        share = people[row] / people[mine].sum()
        assert staff[row] == pytest.approx(0.9 * own[row] + 0.1 * own[mine].sum() * share, rel=1e-4)


def view_of(split, tickets=(5, 1, 2), score=(0.9, 0.5, 0.7)):
    return ReserveView(
        split, np.array([100, 200, 300]), np.array(tickets), np.array(score), np.array([1.0, 2.0, 3.0]), reserve=0.6
    )


@pytest.mark.parametrize(
    ("split", "weights"),
    [
        (Split.HEAD, [100, 200, 300]),
        (Split.LOAD, [5, 1, 2]),
        (Split.WEAK, [100 * 1, 200 * 3, 300 * 2]),
        (Split.STRONG, [100 * 3, 200 * 1, 300 * 2]),
    ],
)
def test_the_districts_rules(build, split, weights):
    district = next(iter(build().districts))
    assert district.split(view_of(split)).tolist() == weights
    nothing = view_of(split, tickets=(0, 0, 0), score=(np.nan,) * 3)
    assert district.split(nothing).tolist() == [100, 200, 300]


def test_a_district_of_ones_own_decides(build):
    class AllToFirst(District):
        """Give everything to the first street."""

        def split(self, view):
            return np.eye(len(view.residents))[0]

    model = build(agents={"district": AllToFirst}, reserves=Reserves(staff_share=0.2))
    own, _ = again(model)
    own, staff = again(model)
    first = np.unique(model.city.streets["district_index"], return_index=True)[1]
    rest = np.setdiff1d(np.arange(len(own)), first)
    assert staff[rest] == pytest.approx(0.8 * own[rest], rel=1e-4)
    assert staff.sum() == pytest.approx(own.sum())


@pytest.mark.parametrize("weights", [[-1.0, 1, 1, 1], [np.nan, 1, 1, 1], [0.0, 0, 0, 0], [1.0]])
def test_weights_that_make_no_sense_are_refused(build, weights):
    model = build(reserves=Reserves(staff_share=0.2))
    with pytest.raises(ValueError, match="district 0"):
        allocate(model.state, lambda row, view: np.array(weights))


def test_tilting_by_hand_and_how_the_moved_settle(build):
    model = build(reserves=NO_RESERVE, moved_first=0.7)
    own, staff = again(model)
    assert (staff == own).all()  # two months without anybody moved
    again(model)
    model.state.rules = Rules(reserves=NO_RESERVE, tilting=Tilting(share=0.2, by=Tilt.NEED, receivers=0.25))
    need = model.state.units.arriving_sum[:12] / own
    chosen = np.isin(np.arange(12), np.argsort(-need)[:3])
    pool, people = 0.2 * own[~chosen].sum(), model.state.base.population[chosen]
    normal = model.state.parameters.working_minutes * model.state.days
    for share in (0.7, 0.85, 1.0, 1.0):
        model.state.tally.unit["settling_minutes"][:] = 0
        own, staff = again(model)
        lost = (1.0 - share) * pool * 0.6 * normal  # paid at the effort at which all work, but not worked
        assert model.state.tally.unit["settling_minutes"].sum() == pytest.approx(lost, abs=3.0)
        assert staff[~chosen] == pytest.approx(0.8 * own[~chosen], rel=1e-5)
        assert staff[chosen] == pytest.approx(own[chosen] + share * pool * people / people.sum(), rel=1e-4)


def test_who_is_chosen(build):
    model = build(tilting=Tilting(by=Tilt.LOAD, receivers=0.25))
    state = model.state
    own = np.ones(12, dtype=np.int64)

    def chosen(by, receivers=0.25):
        state.rules = Rules(tilting=Tilting(by=by, receivers=receivers))
        return np.flatnonzero(chosen_streets(state, own)).tolist()

    assert chosen(Tilt.LOAD) == []  # no data yet
    assert chosen(Tilt.WEAK) == []
    assert chosen(Tilt.GOVERNANCE) == []
    assert len(chosen(Tilt.NEED)) == 3
    state.services.level[:] = 0.7
    state.services.level[:, 8] = 0.6
    state.services.level[2, 3] = 0.1  # one dimension of several
    assert chosen(Tilt.INDEX, 1 / 12) == [8]
    assert chosen(Tilt.INDEX, 2 / 12) == [3, 8]
    state.month, people = 1, state.base.population
    state.allocation.tickets = people // 100
    state.allocation.tickets[[2, 7, 9]] = people[[2, 7, 9]] // 10
    assert chosen(Tilt.LOAD) == [2, 7, 9]
    state.standing.compared[:] = 0.5
    state.standing.compared[[0, 11]] = 0.3, 0.2
    assert chosen(Tilt.WEAK, 1 / 12) == [11]
    assert chosen(Tilt.WEAK, 2 / 12) == [0, 11]
    state.standing.lists["governance"][4] = True
    assert chosen(Tilt.GOVERNANCE) == [4]
    first = chosen(Tilt.RANDOM)
    state.month = 11
    assert chosen(Tilt.RANDOM) == first
    state.month = 12
    assert chosen(Tilt.RANDOM) != first


def test_money_buys_hours_at_their_price(build):
    model = build(reserves=Reserves(staff_share=0.0, money=6.0, price=40.0), tilting=Tilting(money=12.0, price=80.0))
    state = model.state
    people = state.population
    hours = people * 6.0 / 12 / 40 + people * 12.0 / 12 / 80
    normal = state.parameters.working_minutes * state.days / 60
    assert state.allocation.bought.sum() / PARTS * normal == pytest.approx(hours, rel=1e-4)
    assert state.tally.unit["money"].sum() == pytest.approx(people * 1.5, abs=30)
    own, staff = again(model)
    assert staff.sum() - own.sum() == pytest.approx(hours / normal, rel=1e-4)
    assert model.state.units.added.sum() == pytest.approx(hours / normal, rel=1e-4)


def test_hours_and_money_are_counted(build):
    model = build(reserves=Reserves(staff_share=0.25, money=6.0), scale=0.02)
    state = model.state
    own = np.floor(state.units.staff_2019[:12] * PARTS)
    normal = state.parameters.working_minutes * state.days / 60
    moved = np.maximum(0, state.allocation.moved).sum() / PARTS * normal
    people = state.population
    table = model.run(1).monthly()
    assert table["reserve_hours"][0] == pytest.approx(0.25 * own.sum() / PARTS * normal, abs=1)
    assert table["moved_hours"][0] == pytest.approx(moved, abs=1)
    assert table["money"][0] == pytest.approx(people * 0.5, abs=20)
