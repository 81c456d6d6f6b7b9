"""Patterns: each measure against tables made by hand, in which the answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim import City, TournamentModel
from sim.patterns import PATTERNS, Measure, Tables, answers, ranks, services

CITY = City.load("small")
N = len(CITY.streets)
MONTHS = [f"{2019 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]


def made(monthly=None, **streets):
    """Return tables with outcomes by month and columns (T, S) by street."""
    frame = pd.DataFrame({"month": MONTHS} | (monthly or {}))
    return Tables(frame, pd.DataFrame({name: np.asarray(x, dtype=float).ravel() for name, x in streets.items()}), CITY)


@pytest.mark.parametrize(
    ("bounds", "interval", "verdict"),
    [
        ({"above": 0.0}, (0.1, 0.3), True),
        ({"above": 0.0}, (-0.3, -0.1), False),
        ({"above": 0.0}, (-0.1, 0.1), None),
        ({"below": 1.0}, (0.1, 0.3), True),
        ({"above": 1.5, "below": 3.0}, (1.6, 2.9), True),
        ({"above": 1.5, "below": 3.0}, (3.1, 3.2), False),
        ({"above": 1.5, "below": 3.0}, (1.4, 3.2), None),
        ({"above": 0.0}, (float("nan"), float("nan")), None),
    ],
)
def test_a_measure_fits_only_if_its_whole_interval_does(bounds, interval, verdict):
    assert Measure("m", "m", "share", lambda family: 0.0, **bounds).fits(*interval) is verdict


def test_distance_to_the_published_points_is_the_mean_of_what_they_miss():
    published = CITY.published.query("metric == 'resolution_rate' and year == 2019")
    simulated = [0.0] * 24
    for row in published.itertuples():
        simulated[int(row.month) - 1] = row.value / 100.0 + 0.02
    found = answers.distance("resolution_rate")({1.0: made({"reported_resolution": simulated})})
    assert found == pytest.approx(0.02)
    table = answers.published_points(made({"reported_resolution": simulated}), "resolution_rate")
    assert len(table) == len(published)


def test_effects_leave_out_the_first_year():
    family = {
        b: made({"real_resolution": [9.0] * 12 + [value] * 12}) for b, value in ((0.0, 0.5), (1.0, 0.7), (2.0, 0.6))
    }
    assert answers.effect("real_resolution", 0.0, 1.0)(family) == pytest.approx(0.2)


def test_noise_at_the_top_is_none_where_scores_stand_still_and_all_where_they_are_chance():
    still = np.tile(np.linspace(0.5, 0.9, 200), (24, 1))
    chance = np.random.default_rng(1).normal(0.8, 0.05, (24, 200))
    wide = City.load("small").split(20)
    for scores, expected in ((still, 0.0), (chance[:, :200], 1.0)):
        tables = Tables(pd.DataFrame(), pd.DataFrame({"score": scores[:, :200].ravel()}), _of_size(wide, 200))
        assert ranks.top_noise({1.0: tables}) == pytest.approx(expected, abs=0.15)


def _of_size(city, n):
    return replace(city, streets=city.streets.iloc[:n])


def ranked(scores):
    return np.argsort(np.argsort(-scores, axis=1), axis=1) + 1.0


def test_a_rank_that_is_answered_is_told_from_luck():
    """All are last by luck; they rise by 0.1 in the month after, and fall back then."""
    n, months = 343, 60
    luck = np.random.default_rng(2).normal(0.7, 0.05, (months, n))
    assert ranks.after("bottom")({0.0: _scores(luck), 1.0: _scores(luck)}) == 0.0
    reacts = luck.copy()
    for month in range(months - 1):
        reacts[month + 1, ranked(luck)[month] > 0.9 * n] += 0.1
    family = {0.0: _scores(luck), 1.0: _scores(reacts, ranked(luck))}
    assert ranks.after("bottom")(family) == pytest.approx(0.1 - 0.01, abs=0.003)  # a tenth had risen before, too
    assert ranks.after("top")(family) == pytest.approx(0.0 - 0.01, abs=0.003)  # of whom none was last


def test_noisier_scores_are_no_reaction_to_a_rank():
    """Who is first by a larger stroke of luck falls further in the next month, as far as he had risen before it."""
    draw = np.random.default_rng(3)
    able = draw.normal(0.7, 0.03, 343)
    family = {beta: _scores(able + draw.normal(0.0, noise, (60, 343))) for beta, noise in ((0.0, 0.02), (1.0, 0.04))}
    for end in ("bottom", "top"):
        assert ranks.after(end)(family) == pytest.approx(0.0, abs=0.003)


def test_streets_that_all_rise_do_not_react():
    rising = np.linspace(0.5, 0.8, 30)[:, None] + np.linspace(0.0, 0.1, 343)
    family = {0.0: _scores(rising), 1.0: _scores(rising + np.linspace(0.0, 0.1, 30)[:, None])}
    for end in ("bottom", "top"):
        assert ranks.after(end)(family) == pytest.approx(0.0, abs=1e-12)


def test_streets_that_converge_at_one_strength_alone_do_not_react():
    """Without a tournament each closes 5 % of its distance a month; with one nobody moves: no rank did that."""
    draw = np.random.default_rng(4)
    able, pace = draw.normal(0.7, 0.05, 343), 0.95 ** np.arange(48)[:, None]
    noise = draw.normal(0.0, 0.003, (48, 343))
    family = {0.0: _scores(0.7 + pace * (able - 0.7) + noise), 1.0: _scores(0.7 + 0.4 * (able - 0.7) + noise)}
    for end, sign in (("bottom", 1.0), ("top", -1.0)):
        assert sign * ranks._moves(family[0.0], end, 1) > 0.002  # they come closer to the mean
        assert ranks.after(end)(family) == pytest.approx(0.0, abs=0.0003)


def _scores(scores, rank=None):
    table = {"score": scores.ravel(), "rank": (ranked(scores) if rank is None else rank).ravel()}
    return Tables(pd.DataFrame(), pd.DataFrame(table), _of_size(City.load("small").split(30), scores.shape[1]))


def test_the_load_of_districts_is_tickets_over_people():
    people = CITY.streets["population"].to_numpy(dtype=float)
    district = CITY.streets["district_index"].to_numpy()
    filed = np.tile(people * np.where(district == 0, 2.0, 1.0), (24, 1))
    assert ranks.district_load({1.0: made(problems=filed, repeats=0 * filed)}) == pytest.approx(2.0)


def test_index_and_score_go_together_as_far_as_the_last_years_means_do():
    index, luck = np.linspace(90.0, 110.0, N), np.tile([0.1, -0.1], (N, 6)).T  # luck that adds up to nothing
    score = np.concatenate([np.tile(-index, (12, 1)), np.tile(index, (12, 1)) + luck])
    score[20, 3] = np.nan
    score[12:, 4] = np.nan  # never scored: left out
    score[12:, 3] = index[3]
    family = {1.0: made(service_index=np.tile(index, (24, 1)), score=score)}
    assert services.with_score(1.0)(family) == pytest.approx(1.0)
    x, y = np.array([1.0, 2.0, 4.0, 5.0]), np.array([2.0, 1.0, 3.0, np.nan])
    assert services.correlation(x, y) == pytest.approx(np.corrcoef(x[:3], y[:3])[0, 1])
    assert np.isnan(services.correlation(np.ones(4), x))


def test_every_pattern_can_be_looked_for_in_a_run():
    city = City.load("small").split(10)  # a top decile of twelve streets
    model = TournamentModel(city, seed=1, scale=0.2)
    record = model.run(14)
    model.close()
    tables = Tables(record.monthly(), record.streets(), city)
    for pattern in PATTERNS.values():
        for measure in pattern.measures:
            assert np.isfinite(measure.compute(dict.fromkeys(pattern.strengths, tables))), measure.en
