"""Outcomes: how scores and ranks spread."""

from __future__ import annotations

import numpy as np

from sim import measures
from sim.outcomes.outcome import Outcome
from sim.spread import mean, variance

RANKING = (
    Outcome(
        "score_sd",
        "score",
        0,
        "spread of scores over streets",
        "街道得分标准差",
        measures.over_streets("score", lambda x: float(np.sqrt(variance(x)))),
        by_street=False,
    ),
    Outcome(
        "score_noise",
        "score",
        -1,
        "sampling error of a score",
        "得分抽样误差",
        measures.over_streets("noise2", lambda x: float(np.sqrt(mean(x)))),
        by_street=False,
    ),
    Outcome(
        "rank_signal",
        "share",
        1,
        "score variance that is not noise",
        "得分方差中的真实成分",
        measures.rank_signal,
        by_street=False,
    ),
    Outcome(
        "rank_stability",
        "τ_b",
        0,
        "agreement of consecutive ranks",
        "相邻两次排名一致性",
        measures.rank_stability,
        by_street=False,
    ),
    Outcome(
        "gini",
        "0–1",
        -1,
        "inequality of real resolution over streets",
        "真实解决率的基尼系数",
        measures.real_gini,
        by_street=False,
    ),
)
