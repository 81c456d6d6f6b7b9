"""Call back: how residents answer, at the stated rates."""

from __future__ import annotations

import numpy as np
from by_hand import put_in, share

from sim import Rules
from sim.mechanisms.call_back import call_back
from sim.rules import CallBack


def test_residents_answer_as_their_case_went(build):
    state = build(misreport=0.0, reach=0.8, confirm=0.9, expectation=0.0, satisfied_resolved=0.97, grievance_share=0.0)
    state.closed = good = put_in(state, 20_000, resolved=True, quality=65535)
    call_back(state)
    answers = state.tally.answers[0]
    reached = answers.sum()
    assert share(reached, 20_000, 0.8)
    assert answers[[0, 1, 4, 5]].sum() == 0
    assert share(answers[[1, 3, 5, 7]].sum(), reached, 0.9)
    assert share(answers[4:].sum(), reached, 0.97)
    assert (state.today.called == np.sort(good)).all()
    assert len(state.today.failed) == 0


def test_an_unresolved_case_satisfies_by_the_care_seen_and_late_ones_less(build):
    for lateness, f in ((0.0, 1.0), (1.0, 0.7)):
        state = build(misreport=0.0, satisfied_unresolved=0.65, late_effect=0.3, expectation=0.0, grievance_share=0.0)
        late = 5 + lateness * state.kinds.deadline[1]
        state.closed = put_in(state, 20_001 + int(lateness), quality=32768, closed=int(late))
        call_back(state)
        assert share(np.count_nonzero(state.today.satisfied), 20_001, 0.65 * 0.5 * f)


def test_strategic_residents_say_no_three_times_and_coverage_counts(build):
    state = build(Rules(call_back=CallBack(coverage=0.5)), reach=1.0)
    state.closed = put_in(state, 10_000, resolved=True, strategic=True)
    call_back(state)
    assert state.tally.answers[0, 1:].sum() == 0
    assert share(state.tally.answers[0, 0], 10_000, 0.5)
    assert state.tally.undeserved[0, 0] == state.tally.answers[0, 0]


def test_who_is_called_is_reached_once_or_not_at_all(build):
    state = build(Rules(call_back=CallBack(coverage=0.7)), reach=0.6)
    units = np.arange(5000) % 12
    state.closed = put_in(state, 5000, unit=units, right=0, copies=np.arange(5000) % 3)
    number = 1 + np.arange(5000) % 3  # a ticket stands for the duplicates that were not recognised
    call_back(state)
    reached = state.tally.answers.sum(axis=1)
    assert (reached + state.tally.unit["not_reached"])[:12].tolist() == np.bincount(units, number).tolist()
    assert share(len(state.today.counted), 5000, 0.7 * 0.6)
    assert len(state.closed) == 0
