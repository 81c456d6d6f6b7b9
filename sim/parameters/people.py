"""Parameters: who asks, how often, and in what mood."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import MODEL


@dataclass(frozen=True)
class People:
    """Who asks, how often, and in what mood."""

    demand: float = number(
        1.0, "× base rate", 0, 6, "actual demand over the base rate", "诉求需求倍数", "1 is the published volume"
    )
    exposure_log_sd: float = number(
        0.3, "log", 0, 1, "spread of base rates over streets within a category", "街道诉求差异"
    )
    propensity_log_sd: float = number(
        1.5,
        "log",
        0,
        2.5,
        "spread of the propensity to complain",
        "诉求倾向差异",
        "Boston 311, 2012: 76 % call once (O'Brien 2015)",
    )
    grievance_share: float = number(0.02, "share", 0, 0.2, "residents who start with a grievance", "初始有心结者占比")
    grievance_start: float = number(0.5, "0–1", 0, 1, "grievance of those who start with one", "初始心结强度")
    strategic_share: float = number(0.008, "share", 0, 0.1, "strategic residents", "策略性诉求人占比", MODEL)
    trust_start: float = number(0.6, "0–1", 0, 1, "mean trust at first (people differ by ± 0.3)", "初始信任")
    trust_gain: float = number(0.1, "share of the gap", 0, 1, "trust gained by a real resolution", "解决后信任上升")
    trust_loss: float = number(0.1, "share", 0, 1, "trust lost by a failure", "失败后信任下降")
    refusal: float = number(0.5, "chance", 0, 1, "one who has given up lets a new problem pass", "放弃者不再诉求的概率")
