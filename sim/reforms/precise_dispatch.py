"""Precise dispatch 派单精准化: odd tickets are labelled and teach the catalogue (report 三(二)1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sim.declare import number
from sim.reforms.base import Reform
from sim.rules import Rules


@dataclass(frozen=True)
class PreciseDispatch(Reform):
    """Label disputed tickets and files for exclusion, let labels teach more, and review jointly more (report 三(二)1).

    Works through routing: fewer tickets reach a unit that cannot help. Costs the hours of analysts and of joint
    reviewers, who label and review no more than these allow. That every label teaches more (`learning`, finer classes
    of requests) is an assumption without a cost of its own, and makes nearly all of the gain: try it at today's 0.02.
    Could fail because new kinds of request overtake the catalogue as fast as it learns, or because what is sent rightly
    still needs authority.
    """

    costs: ClassVar[tuple[str, ...]] = ("label_hours", "joint_review_hours")

    learning: float = number(
        0.04, "per 1 000 labelled tickets", 0, 0.5, "share of the catalogue's gap closed (a)", "派单目录学习率"
    )
    label_hours: float = number(
        100.0, "hours a month per million residents", 0, 5000, "analysts who label odd tickets", "标签化工时"
    )
    review_minutes: float = number(
        1200.0, "minutes a day per million residents", 0, 1e6, "joint reviewers' time", "会商人力"
    )

    def amend(self, rules: Rules) -> Rules:
        """Return the rules with it."""
        dispatch = replace(rules.dispatch, learning=self.learning, label_hours=self.label_hours)
        review = replace(rules.joint_review, reviewer_minutes=self.review_minutes)
        return replace(rules, dispatch=dispatch, joint_review=review)

    @classmethod
    def neutral(cls) -> PreciseDispatch:
        """Return values at which it changes nothing."""
        rules = Rules()
        return cls(
            learning=rules.dispatch.learning, label_hours=0.0, review_minutes=rules.joint_review.reviewer_minutes
        )
