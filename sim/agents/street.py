"""Street 街道: an office that is ranked every month and decides how hard to work, and on what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.unit import Unit
from sim.parameters import Parameters
from sim.tables import log

Floats = NDArray[np.float64]
Real = float | Floats


MOVE = 0.05  # largest change of effort or of a share in a month
EFFORT_LEAST = 0.2  # the most is a parameter, `effort_most`


@dataclass(frozen=True)
class UnitView:
    """What an office sees when it decides: its own books, never the truth. Floats, or columns (n,) for many offices.

    `resolution`, `fail_points`, `hours`, `reached`, `failed`, `ticket_hours` are its exponential means (weight 1/3).
    """

    score: Real  # mean points of the last call-backs that were assessed
    worth: Real  # of a point, in units of effort cost
    response: Real  # rise of the score per unit of resolution, satisfaction included
    resolution: Real  # reported
    fail_points: Real  # mean points of failed tickets
    reached: Real  # call-backs that count, a month
    failed: Real  # failed tickets a month
    hours: Real  # paid for handling, a month
    ticket_hours: Real  # handling hours of one ticket
    accepted: Real  # share of exclusion files believed accepted; 0 where the rules allow none
    prevented: Real  # requests believed prevented per hour
    effort: Real
    handling: Real  # share of hotline time
    documentation: Real
    prevention: Real
    morale: Real
    normal_hours: Real  # a month
    request_worth: Real = 0.0  # of a request fewer a month; above 0 if requests count in the score
    idle: Real = 0.0  # share of the hours at hand that found no work, an exponential mean as the others


@dataclass(frozen=True)
class UnitDecision:
    """What an office decides for the coming month. Shares of hotline time add to 1."""

    effort: Real  # hotline time over normal time, 0.2 to `effort_most`
    handling: Real
    documentation: Real
    prevention: Real
    dispute_above: Real = 0.5  # dispute if the believed chance to win is at least this
    exclude_above: Real = 0.1  # apply for exclusion if the believed chance is at least this


class Street(Unit):
    """A street office. Override `decide` in a subclass and pass it in: `agents={"street": MyStreet}`."""

    def decide(self, view: UnitView) -> UnitDecision:
        """Move effort and shares of time a small step towards what pays on the office's own books.

        An hour of handling gains (response · v · φ(r) + κ e₀²) / H with φ(r) = (1 − r)(−ln(1 − r)), exact for
        r = 1 − e^(−kH); the second term is the intrinsic worth of solved problems, set so that without a tournament
        effort rests at e₀. Of this an office that reckons with idle hours takes off their share, times `idle_seen`.
        Documentation gains v · â · (S − S_fail) / (n · hours per file) up to the failed tickets
        at hand; prevention δ · μ · (hours per ticket) times the gain of handling, and δ · μ times the worth of a
        request fewer where the score counts requests. Blind to authority: an office with
        a hard core overrates effort. (Holmström & Milgrom 1991; model: streets decide.)
        """
        return what_pays(view, self.parameters)


def what_pays(view: UnitView, p: Parameters) -> UnitDecision:
    """Return the common rule of streets, departments and enterprises; see `Street.decide`."""
    gains = gains_of_an_hour(view, p)
    shares = [view.handling, view.documentation, view.prevention]
    pull = gains[0] * shares[0] + gains[1] * shares[1] + gains[2] * shares[2]
    push = p.step * (pull - p.effort_cost * view.effort / view.morale) / p.effort_cost
    effort = np.clip(view.effort + np.clip(push, -MOVE, MOVE), EFFORT_LEAST, p.effort_most)
    mean = (gains[0] + gains[1] + gains[2]) / 3.0
    speed = p.step * view.effort / p.effort_cost
    moved = [x + np.clip(speed * (g - mean), -MOVE, MOVE) for x, g in zip(shares, gains, strict=True)]
    return UnitDecision(effort, *onto_simplex(*moved))


def gains_of_an_hour(view: UnitView, p: Parameters) -> list[Any]:
    """Return what more handling, documentation and prevention would gain, each per normal month of hours."""
    unsolved = np.clip(1.0 - view.resolution, 1.0 / (view.reached + 2.0), 1.0 - 1.0 / (view.reached + 2.0))
    rest = p.effort_cost * p.effort_rest * p.effort_rest
    handling = (view.response * view.worth * unsolved * -log(unsolved) + rest) / view.hours
    handling = handling * (1.0 - p.idle_seen * view.idle)
    documentation = documentation_gain(view, p.file_minutes / 60.0)
    prevention = p.discount * view.prevented * view.ticket_hours * handling
    prevention = prevention + p.discount * view.prevented * view.request_worth
    return [g * view.normal_hours for g in (handling, documentation, prevention)]


def documentation_gain(view: UnitView, file_hours: float) -> Any:
    """Return what an hour of documentation gains: nothing beyond the failed tickets at hand."""
    spent = view.documentation * view.effort * view.normal_hours
    gap = np.maximum(0.0, view.score - view.fail_points)
    gain = view.worth * view.accepted * gap / (np.maximum(1.0, view.reached) * file_hours)
    return np.where(spent < view.failed * file_hours, gain, 0.0)


def onto_simplex(a: Any, b: Any, c: Any) -> tuple[Any, Any, Any]:
    """Return the nearest point to (a, b, c) with parts ≥ 0 that add to 1, elementwise (Held, Wolfe & Crowder 1974)."""
    high = np.maximum(np.maximum(a, b), c)
    low = np.minimum(np.minimum(a, b), c)
    middle = np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))
    all_three = (high + middle + low - 1.0) / 3.0
    two = (high + middle - 1.0) / 2.0
    excess = np.where(low > all_three, all_three, np.where(middle > two, two, high - 1.0))
    return np.maximum(a - excess, 0.0), np.maximum(b - excess, 0.0), np.maximum(c - excess, 0.0)
