"""Every outcome against a hand computation on a tiny record: two streets and a department, two months alike."""

from __future__ import annotations

import copy
import datetime
import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.books import Cohorts
from sim.outcomes import OUTCOMES
from sim.record import Record

COUNTS = {  # of the two streets and the department
    "problems": (60, 30, 0),
    "repeats": (6, 4, 0),
    "duplicates": (5, 5, 0),
    "merged": (4, 3, 0),
    "relapses": (2, 1, 0),
    "received": (70, 28, 12),
    "wrong": (7, 3, 0),
    "disputes": (6, 2, 1),
    "disputes_won": (3, 2, 1),
    "disputes_won_by_home": (4, 2, 0),
    "closed": (60, 30, 10),
    "closed_by_home": (70, 30, 0),
    "resolved": (54, 18, 8),
    "overdue": (5, 3, 2),
    "reached_resolved": (35, 12, 5),
    "gave_up": (3, 2, 0),
    "trust": (510, 255, 0),  # in 1/255
    "trust_n": (3, 3, 0),
    "patrolled": (9, 3, 0),
    "patrol_solved": (5, 2, 0),
    "patrol_minutes": (90, 30, 0),
    "centre_minutes": (84, 36, 0),
    "work_minutes": (600, 300, 300),
    "fresh_minutes": (500, 250, 150),
    "handled_minutes": (400, 200, 200),
    "repeat_minutes": (50, 30, 0),
    "contact_minutes": (60, 30, 30),
    "refusal_minutes": (12, 6, 0),
    "merge_minutes": (24, 12, 0),
    "file_minutes": (200, 100, 0),
    "whistle_minutes": (80, 40, 60),
    "dispute_minutes": (120, 40, 20),
    "joint_review_minutes": (90, 60, 30),
    "review_minutes": (60, 30, 30),
    "duty_review_minutes": (30, 30, 0),
    "label_minutes": (15, 15, 0),
    "theme_minutes": (60, 60, 60),
    "meeting_minutes": (60, 30, 0),
    "talk_minutes": (30, 0, 0),
    "project_minutes": (300, 0, 0),
    "reserve_minutes": (60, 120, 0),
    "moved_minutes": (30, 30, 0),
    "settling_minutes": (60, 0, 0),
    "money": (100, 50, 0),
    "whistles": (10, 2, 1),
    "whistles_answered": (8, 1, 0),
    "joint_reviews": (3, 2, 1),
    "redirected": (2, 1, 0),
    "files_ruled": (12, 8, 5),
    "files_accepted": (8, 6, 2),
    "files_rightly": (6, 3, 1),
    "files_wrongly": (2, 3, 1),
    "files_denied_wrongly": (1, 1, 2),
    "files_late": (2, 1, 1),
    "files_waiting": (3, 2, 2),
    "file_days": (50, 30, 20),
    "casework_backlog": (2, 3, 0),
    "casework_entered": (4, 1, 0),
    "casework_closed": (4, 1, 0),
    "casework_days": (40, 20, 0),
    "casework_refused": (1, 1, 0),
    "casework_resolved": (3, 1, 0),
    "casework_minutes": (120, 60, 0),
    "casework_new_minutes": (300, 300, 0),
    "casework_taken_minutes": (60, 60, 0),
    "escalated": (2, 1, 0),
    "duty_out": (5, 3, 0),
    "duty_rightly": (4, 2, 0),
    "duty_late": (1, 1, 0),
    "key_listed": (4, 2, 0),
    "key_waiting": (1, 1, 0),
    "key_visits": (8, 4, 0),
    "key_turned": (1, 0, 0),
    "key_paid_minutes": (120, 60, 0),
    "backlog": (11, 7, 2),
}
LEVELS = {
    "normal_hours": (100.0, 200.0, 100.0),
    "own_hours": (90.0, 180.0, 100.0),  # the rest are seconded or bought
    "effort": (0.9, 0.5, 1.2),  # 90, 100 and 120 hours paid
    "handling": (0.8, 0.5, 0.75),  # of them 72, 50 and 90
    "documentation": (0.1, 0.2, 0.25),  # 9, 20 and 30
    "prevention": (0.1, 0.3, 0.0),  # 9, 30 and none
    "morale": (0.8, 0.6, 0.1),
    "skill": (0.5, 0.7, 0.2),
    "coordination": (0.1, 0.3, 0.9),
    "leaving": (0.01, 0.03, 0.2),
    "vacancies": (0.1, 0.2, 0.9),
    "score": (0.9, 0.7, 0.1),  # variance over streets 0.02
    "noise2": (0.004, 0.006, 0.1),
    "relief": (0.1, 0.3),
    "target_gap": (0.02, 0.0),
    "service_level": (0.6, 0.4),
    "district_score": (0.8, 0.9, 1.0),
}
ANSWERS = {  # call-backs by answers: responded + 2 · resolved + 4 · satisfied
    "answers": ({7: 30, 1: 9}, {7: 10, 3: 5, 0: 5}, {7: 4, 4: 1, 0: 5}),
    "handed": ({1: 1}, {}, {}),  # after casework: they count for the district
    "excluded": ({1: 5}, {0: 3}, {2: 2}),
}
ON_REPEATS = {"contacts": 30, "files": 60, "whistles": 90, "reviews": 120, "casework": 150}
WHOLE = 800 + (120 + 18 + 36) + 300 + 180 + (180 + 180) + 180  # minutes on tickets, by use
STAFF_HOURS = 310 + 1 + 3 + 2 + 1 + 0.5 + 2 + 10 + 3  # paid, and eight kinds of hours beside them
EXPECTED = {
    "reported_resolution": 49 / 70,
    "real_resolution": 80 / 100,
    "problems_resolved": 75 / 90,
    "service_index": 100 * (5000 * 0.6 + 15_000 * 0.4) / 20_000 / 0.5,
    "solved": 75 + 3,  # those too that came after the 180 days
    "reporting_gap": 0.7 - 0.8,
    "gap_excluded": 49 / 70 - 51 / 80,  # 10 excluded, of whom 2 said resolved
    "gap_misreported": 51 / 80 - 52 / 80,
    "gap_not_reached": 52 / 80 - 0.8,
    "satisfaction": 45 / 70,
    "response": 59 / 70,
    "composite": (44 * 1.0 + 10 * 0.2 + 5 * 0.6 + 1 * 0.4) / 70,
    "tickets": 90 + 10 + 3,
    "problems": 90,
    "patrolled": 12,
    "patrol_solved": 7,
    "patrol_hours": 2,
    "repeats": 10,
    "repeat_share": 10 / 103,
    "further_share": (10 + 5) / (103 + 5),
    "duplicates": 10,
    "merged_share": 0.7,
    "centre_hours": 2,
    "relapses": 3,
    "branching_ratio": 8 / 100,
    "work_hours": 20,
    "fresh_hours": 15,
    "hours_on_repeats": 80 / 800,
    "work_on_repeats": (80 + 30 + 60 + 90 + 120 + 150) / WHOLE,
    "repeat_hours_handling": 80 / 60,
    "repeat_hours_contacts": 0.5,
    "repeat_hours_files": 1.0,
    "repeat_hours_whistles": 1.5,
    "repeat_hours_reviews": 2.0,
    "repeat_hours_casework": 2.5,
    "handling_share": 212 / 310,
    "documentation_share": 59 / 310,
    "prevention_share": 39 / 310,
    "refusal_hours": 0.3,
    "withdrawn": 90 * 0.3,  # of streets' own staff, above the resting 0.6
    "overtime": 0,  # no street works above normal time
    "effort": 0.7,
    "morale": 0.7,
    "skill": 0.6,
    "staff_hours": STAFF_HOURS,
    "reserve_hours": 3,
    "moved_hours": 1,
    "settling_hours": 1,
    "money": 150,
    "leaving": 0.02,
    "vacancies": 0.15,
    "cost_per_resolved": STAFF_HOURS / 80,
    "resolution_days_p50": 1,
    "resolution_days_p90": 2,
    "backlog": 20 + 4 + 6,  # those at the centres too
    "overdue_share": 0.1,
    "excluded_share": 10 / 80,
    "excluded_rightly": 10 / 16,
    "exclusion_true_positives": 10,
    "exclusion_false_positives": 6,
    "exclusion_false_negatives": 4,
    "exclusion_late_share": 4 / 16,
    "exclusion_backlog": 7,
    "exclusion_days": 4,
    "exclusion_review_hours": 2,
    "wrong_dispatch_share": 10 / (103 + 6),
    "theme_hours": 3,
    "theme_kinds": 2,
    "relief": 0.2,
    "label_hours": 0.5,
    "disputes": 9,
    "catalogue_accuracy": (50 * 0.8 + 30 * 0.9 + 20 * 0.5) / 100,
    "joint_reviews": 6,
    "joint_review_hours": 3,
    "joint_review_backlog": 4,
    "redirected": 3,
    "whistles": 13,
    "whistle_share": 13 / (110 - 6),
    "whistles_unanswered": 4 / 13,
    "coordination": 0.2,
    "casework_backlog": 5,
    "casework_days": 12,
    "casework_hours": 12,
    "casework_use": 3 / 12,
    "casework_refused": 2,
    "casework_resolved": 4,
    "escalated": 3,
    "duty_hours": 1,
    "duty_out": 8,
    "duty_rightly": 0.75,
    "duty_late": 2,
    "key_listed": 6,
    "key_waiting": 2,
    "key_visits": 12,
    "key_turned": 1,
    "key_hours": 3,
    "score_sd": math.sqrt(0.02),
    "score_noise": math.sqrt(0.005),
    "rank_signal": 1 - 0.005 / 0.02,
    "rank_stability": -1.0,  # first and last change places
    "gini": 0.1,  # of 0.9 and 0.6
    "target_gap": 0.01,
    "meeting_hours": 1.5,
    "talk_hours": 0.5,
    "project_hours": 5,
    "requests_per_10k": 10_000 * 100 / 10_000,
    "district_sd": 0.1,
    "department_resolution": 0.8,
    "gave_up": 5,
    "trust": 0.5,
}
BY_STREET = {  # of the first and the second street
    "reported_resolution": (0.75, 0.75),
    "real_resolution": (0.9, 0.6),
    "problems_resolved": (50 / 60, 25 / 30),
    "solved": (52, 26),
    "branching_ratio": (7 / 70, 1 / 30),
    "further_share": ((6 + 4) / (67 + 4), (4 + 1) / (36 + 1)),
    "wrong_dispatch_share": (7 / (67 + 4), 3 / (36 + 2)),
    "composite": ((30 + 10 * 0.2) / 40, (10 + 5 * 0.6) / 20),
    "tickets": (67, 36),
    "withdrawn": (27, 0),
    "staff_hours": (90 + 1 + 1.5 + 1 + 0.5 + 0.25 + 1.4 + 5 + 2, 100 + 1 + 0.5 + 0.5 + 0.25 + 0.6 + 5 + 1),
    "backlog": (11, 7),
    "requests_per_10k": (10_000 * 66 / 2500, 10_000 * 34 / 7500),
    "trust": (510 / 765, 255 / 765),
    "service_index": (120.0, 80.0),
}


@pytest.fixture(scope="module")
def record():
    streets = pd.DataFrame({"code": [1, 2], "population": [5000.0, 15_000.0]})
    out = Record(SimpleNamespace(streets=streets), 1, datetime.date(2021, 1, 1), 0.5, False)
    out.months, out.observed_until, out.effort_rest = ["2021-01", "2021-02"], datetime.date(2022, 1, 1), 0.6
    out.service_level_2020 = 0.5
    out.columns = {name: [np.array(row)] * 2 for name, row in {**COUNTS, **LEVELS}.items()}
    out.columns["rank"] = [np.array([1.0, 2.0, 1.0]), np.array([2.0, 1.0, 1.0])]
    for name, units in ANSWERS.items():
        table = np.zeros((3, 8), dtype=np.int64)
        for unit, codes in enumerate(units):
            for code, number in codes.items():
                table[unit, code] = number
        out.columns[name] = [table] * 2
    kinds = {"received": [50, 30, 20], "accuracy": [0.8, 0.9, 0.5], "theme": [1, 0, 1]}
    out.by_category = {name: [np.array(row)] * 2 for name, row in kinds.items()}
    out.values = [[0.0, 0.2, 0.4, 0.6, 0.4, 0.6, 0.8, 1.0]] * 2
    out.city_counts = {f"{use}_on_repeats": [minutes] * 2 for use, minutes in ON_REPEATS.items()}
    out.city_counts |= {"in_review": [4, 4], "at_districts": [6, 6], "assessed": [1, 1]}
    out.days_to_close = [np.array([10, 40, 45, 5])] * 2
    out.cohorts = Cohorts(2)
    out.cohorts.repeats, out.cohorts.resolved = np.array([[7, 1]] * 2), np.array([[50, 25]] * 2)
    out.cohorts.late = np.array([[2, 1]] * 2)
    return out


def test_every_outcome_is_here():
    assert set(EXPECTED) == set(OUTCOMES)
    assert all(OUTCOMES[name].by_street for name in BY_STREET)


@pytest.mark.parametrize("name", OUTCOMES)
def test_for_the_city(record, name):
    first, second = OUTCOMES[name].compute(record.sums())
    assert second == pytest.approx(EXPECTED[name], rel=1e-12)
    assert math.isnan(first) if name == "rank_stability" else first == second


def test_a_mean_over_streets_is_over_those_where_it_is_known(record):
    other = copy.copy(record)
    other.columns = record.columns | {"target_gap": [np.array([0.02, np.nan]), np.array([np.nan, np.nan])]}
    found = OUTCOMES["target_gap"].compute(other.sums())
    assert found[0] == 0.02
    assert math.isnan(found[1])


def test_ranks_agree_from_one_assessment_to_the_next_not_with_themselves_in_between(record):
    other = copy.copy(record)
    rows = [np.array(row) for row in ((np.nan,) * 3, (1.0, 2.0, np.nan), (1.0, 2.0, np.nan), (2.0, 1.0, np.nan))]
    other.months, other.columns = ["2019-01", "2019-02", "2019-03", "2019-04"], record.columns | {"rank": rows}
    other.city_counts = record.city_counts | {"assessed": [0, 1, 0, 1]}
    found = OUTCOMES["rank_stability"].compute(other.sums())
    assert np.isnan(found[:3]).all()
    assert found[3] == -1.0


def test_what_is_of_streets_does_not_move_with_a_department(record):
    of_streets = ("effort", "morale", "skill", "coordination", "leaving", "vacancies")
    of_streets += ("withdrawn", "overtime", "score_sd", "gini")
    moved = ("normal_hours", "own_hours", "effort", "morale", "skill", "coordination", "leaving", "vacancies", "score")
    other = copy.copy(record)
    other.columns = record.columns | {
        name: [np.append(row[:2], 0.5 * row[2:]) for row in record.columns[name]] for name in moved
    }
    for name in of_streets:
        assert OUTCOMES[name].compute(other.sums())[-1] == pytest.approx(EXPECTED[name], rel=1e-12)
    assert OUTCOMES["staff_hours"].compute(other.sums())[-1] < 0.9 * EXPECTED["staff_hours"]


def test_effort_above_normal_time_is_overtime_and_what_is_below_it_withdrawn(record):
    other = copy.copy(record)
    other.columns = record.columns | {"effort": [np.array([1.3, 0.9, 1.2])] * 2}
    for name, streets in (("overtime", (100 * 0.3, 0)), ("withdrawn", (90 * 0.4, 180 * 0.3))):
        assert OUTCOMES[name].compute(other.sums(streets=True)).tolist() == [pytest.approx(streets)] * 2
        assert OUTCOMES[name].compute(other.sums()).tolist() == pytest.approx([sum(streets)] * 2)


@pytest.mark.parametrize("name", BY_STREET)
def test_by_street(record, name):
    found = OUTCOMES[name].compute(record.sums(streets=True))
    assert found.tolist() == [pytest.approx(BY_STREET[name], rel=1e-12)] * 2
