"""Reviews of exclusion files: queues by district and at the city, chances, lateness, and what is counted."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import put_in, share

from sim import Parameters, Rules, TournamentModel
from sim.agents.dispatch_center import DispatchCenter
from sim.mechanisms.exclude import apply_for_exclusion
from sim.mechanisms.keep_books import keep_books
from sim.mechanisms.review import rule_on_exclusions
from sim.rules import Exclusion
from sim.sums import ratio

AMPLE = {"district_minutes": 1e6, "district_review_minutes": 1, "city_minutes": 1e6, "city_review_minutes": 1}
SURE = {"exclusion_district_true": 1.0, "exclusion_city_true": 1.0}


def file(state, n, truly, unit=0, answers=0):
    """File n applications of one unit today, of which all or none qualify."""
    slots = put_in(state, n, strategic=truly, unit=unit, right=unit)
    state.today.failed, state.today.failed_answers = slots, np.full(n, answers)
    state.tally.answers[unit, answers] += n
    state.units.documentation[:], state.units.file_minutes[:], state.units.exclude_above[:] = 0.0, 10**9, 0.0
    apply_for_exclusion(state)


def days(state, n):
    """Let n mornings of reviews pass."""
    for _ in range(n):
        state.day += 1
        rule_on_exclusions(state)


@pytest.mark.parametrize("unit", [0, -1], ids=["street", "department"])
@pytest.mark.parametrize(("truly", "chance"), [(True, 0.7), (False, 0.12)])
def test_both_looks_together_accept_with_the_stated_chance(build, truly, chance, unit):
    state = build(Rules(exclusion=Exclusion(**AMPLE)))
    row = unit % state.units.n
    state.reviews.at_city.minutes[...] = state.reviews.at_districts.minutes[:] = 1e9
    file(state, 20_000, truly, row)
    days(state, 4)
    tally = state.tally.unit
    assert tally["files_ruled"][row] == 20_000
    assert share(tally["files_accepted"][row], 20_000, chance)
    assert state.tally.answers[row, 0] == 20_000 - tally["files_accepted"][row]
    assert state.tally.excluded[row, 0] == tally["files_accepted"][row]
    names = ("files_rightly", "files_denied_wrongly", "files_wrongly", "files_denied_rightly")
    counts = [int(tally[name][row]) for name in names]
    assert counts[0] + counts[1] == 20_000 * truly
    assert counts[2] + counts[3] == 20_000 * (not truly)


def test_a_district_refuses_first_and_its_refusal_is_the_ruling(build):
    state = build(Rules(exclusion=Exclusion(**AMPLE)), exclusion_district_true=0.0)
    state.reviews.at_districts.minutes[:] = 1e9
    file(state, 7, True)
    days(state, 1)
    assert (len(state.reviews.district), len(state.reviews.city)) == (0, 0)
    tally = state.tally.unit
    assert (tally["files_denied_wrongly"][0], tally["file_days"][0], tally["review_minutes"][0]) == (7, 7, 7)


def test_queues_are_served_in_turn_as_far_as_each_desks_minutes_go(build):
    rules = Exclusion(district_review_minutes=20, city_review_minutes=30, district_days=1, city_days=2)
    state = build(Rules(exclusion=rules), **SURE)
    reviews = state.reviews
    district = reviews.district_of
    elsewhere = int(np.flatnonzero(district != district[0])[0])
    file(state, 5, True, unit=0)
    first_day = reviews.district.key[:5].copy()
    state.day += 1
    file(state, 6, True, unit=elsewhere)
    file(state, 4, True, unit=0)
    reviews.at_districts.minutes[:] = -rules.district_minutes * reviews.millions
    reviews.at_districts.minutes[district[0]] += 70.0  # three files and a half
    reviews.at_districts.minutes[district[elsewhere]] += 10.0
    rule_on_exclusions(state)
    assert reviews.city.key.tolist() == sorted(first_day[:3].tolist())  # only yesterday's may be looked at
    assert reviews.at_districts.minutes[district[0]] == pytest.approx(10.0)
    assert len(reviews.district) == 12
    assert state.tally.unit["review_minutes"][0] == 60
    reviews.at_city.minutes[...] = 65.0 - rules.city_minutes * state.population / 1e6
    state.day += 2
    reviews.at_districts.minutes[:] = -1e9
    rule_on_exclusions(state)
    assert len(reviews.city) == 1
    assert state.tally.unit["files_rightly"][0] == 2
    assert state.tally.unit["file_days"][0] == 2 * 3


def test_idle_time_is_not_saved_up(build):
    state = build()
    days(state, 5)
    rules = state.rules.exclusion
    assert state.reviews.at_city.minutes == min(5 * rules.city_minutes * state.population / 1e6, 30.0)
    assert (state.reviews.at_districts.minutes <= 20.0).all()


def test_a_ruling_after_the_months_end_is_too_late_for_the_score(build):
    state = build(Rules(exclusion=Exclusion(**AMPLE)), **SURE)
    state.reviews.at_city.minutes[...] = state.reviews.at_districts.minutes[:] = 1e9
    file(state, 2, True)
    state.month += 1
    state.standing.since = state.month
    days(state, 3)
    assert state.tally.excluded.sum() == state.standing.period_answers.sum() == 0
    assert state.tally.unit["files_late"][0] == 2
    assert state.tally.unit["files_rightly"][0] == 2


def test_a_ruling_after_the_months_end_still_leaves_a_score_that_is_not_made(build):
    state = build(Rules(exclusion=Exclusion(**AMPLE)), **SURE)
    state.reviews.at_city.minutes[...] = state.reviews.at_districts.minutes[:] = 1e9
    file(state, 2, True)
    state.standing.period_answers[0, 0] = 5  # of the months of the quarter that are over
    state.month += 1
    days(state, 3)
    assert state.standing.period_answers[0].tolist() == [3, *[0] * 7]
    assert state.tally.unit["files_late"][0] == state.tally.excluded.sum() == 0


def test_what_came_too_late_is_of_no_use_in_a_units_own_books(build):
    state = build()
    for name, n in (("files_ruled", 10), ("files_accepted", 7), ("files_late", 4)):
        state.tally.unit[name][0] = n
    keep_books(state)
    assert (state.books.files_ruled[0], state.books.files_accepted[0]) == (10.0, 3.0)
    keep_books(state)
    assert state.books.files_accepted[0] == pytest.approx(3.0 * 2.0 / 3.0 + 3.0)


def test_duplicates_leave_the_score_with_the_file(build):
    state = build(Rules(exclusion=Exclusion(**AMPLE)), **SURE)
    state.reviews.at_city.minutes[...] = state.reviews.at_districts.minutes[:] = 1e9
    slots = put_in(state, 3, strategic=True, copies=[0, 2, 0])
    state.today.failed, state.today.failed_answers = slots, np.zeros(3, dtype=np.int64)
    state.tally.answers[0, 0] = 5
    state.units.documentation[:], state.units.file_minutes[:] = 0.0, 10**6
    apply_for_exclusion(state)
    days(state, 3)
    assert (state.tally.answers[0, 0], state.tally.excluded[0, 0]) == (0, 5)


class Strict(DispatchCenter):
    """A centre that accepts nothing at one stage."""

    stage = "city"

    def rule_on_exclusions(self, view):
        """Refuse whatever comes to the stage."""
        return view.convincing & (view.stage != self.stage)


@pytest.mark.parametrize("stage", ["district", "city"])
def test_the_centre_decides_at_both_stages(stage):
    centre = type("Strict", (Strict,), {"stage": stage})
    model = TournamentModel(
        "small", Rules(exclusion=Exclusion(**AMPLE)), Parameters(**SURE), agents={"dispatch_center": centre}, scale=0.05
    )
    state = model.state
    state.reviews.at_city.minutes[...] = state.reviews.at_districts.minutes[:] = 1e9
    file(state, 9, True)
    days(state, 1)
    assert len(state.reviews.city) == (0 if stage == "district" else 9)
    days(state, 3)
    assert state.tally.unit["files_denied_wrongly"][0] == 9
    model.close()


def run(rules, months=5):
    """Return the record and the last state of some months in which documentation pays."""
    model = TournamentModel(
        "small",
        rules,
        Parameters(capacity_to_need=1.2, strategic_share=0.05, file_minutes=15, step=0.3),
        seed=3,
        scale=0.2,
        log_tickets=True,
    )
    return model.run(months), model


def test_every_file_is_ruled_on_or_under_review_and_outcomes_say_so():
    record, model = run(Rules(exclusion=Exclusion(district_minutes=1500.0, city_minutes=100.0)))
    sums, table = record.sums(), record.monthly()
    model.close()
    ruled = sum(
        sums.count(name) for name in ("files_rightly", "files_wrongly", "files_denied_rightly", "files_denied_wrongly")
    )
    assert (ruled == sums.count("files_ruled")).all()
    assert (np.cumsum(sums.count("files") - ruled) == table["exclusion_backlog"]).all()
    assert table["exclusion_backlog"].iloc[-1] > 20
    assert (table["exclusion_true_positives"] == sums.count("files_rightly")).all()
    assert (table["exclusion_false_positives"] == sums.count("files_wrongly")).all()
    assert (table["exclusion_false_negatives"] == sums.count("files_denied_wrongly")).all()
    assert table["exclusion_days"].iloc[-1] == sums.count("file_days")[-1] / ruled[-1]
    assert table["exclusion_days"].iloc[-1] > 3.0  # longer than the shortest: there is a queue
    late = ratio(sums.count("files_late"), sums.count("files_accepted"))
    assert table["exclusion_late_share"].tolist() == pytest.approx(late.tolist(), nan_ok=True)
    assert (table["exclusion_review_hours"] * 60).tolist() == pytest.approx(sums.count("review_minutes").tolist())
    by_street = record.streets().groupby("month", sort=False)["exclusion_backlog"].sum()
    at_streets = [row[: len(record.city.streets)].sum() for row in record.columns["files_waiting"]]
    assert by_street.tolist() == at_streets
    assert by_street.iloc[-1] < table["exclusion_backlog"].iloc[-1]  # departments file too


@pytest.mark.parametrize("idle", ["district_minutes", "city_minutes"])
def test_without_reviewers_nothing_leaves_the_score(idle):
    record, model = run(Rules(exclusion=Exclusion(**{idle: 0.0})), months=3)
    reviews, sums = model.state.reviews, record.sums()
    waiting = len(reviews.district) if idle == "district_minutes" else len(reviews.city)
    assert waiting > 0
    assert len(reviews.district) + len(reviews.city) == (sums.count("files") - sums.count("files_ruled")).sum()
    log = record.tickets()
    at_streets = log["unit"] < model.state.units.n_streets  # what departments file needs the city alone
    assert not log[at_streets | (idle == "city_minutes")]["excluded"].any()
    model.close()
