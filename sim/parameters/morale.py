"""Parameters: what moves morale."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import MODEL, NEAR


@dataclass(frozen=True)
class MoraleParameters:
    """What moves morale."""

    morale_start: float = number(0.9, "0–1", 0.05, 1, "morale at first", "初始士气")
    morale_recovery: float = number(0.036, "of the gap a month", 0, 0.5, "recovery of morale", "士气恢复速率", MODEL)
    morale_overwork: float = number(
        0.02, "per effort above rest", 0, 1, "morale lost to overwork", "超负荷的士气损失", NEAR
    )
    morale_pressure: float = number(
        0.017, "a month", 0, 0.2, "morale lost to undeserved losses", "不当扣分的士气损失", MODEL
    )
    morale_files: float = number(
        0.01, "per share of time", 0, 0.2, "morale lost to compiling files", "材料负担的士气损失", MODEL
    )
    morale_worth: float = number(
        7.0, "per score", 0.1, 50, "worth of a point at which pressure is full (v₁)", "压力基准"
    )
