"""Dispatch: the catalogue sends each ticket to the right unit or to a plausible wrong one, and learns."""

from __future__ import annotations

import numpy as np

from sim.agents.routing import goes_astray, wrong_units
from sim.state import State
from sim.tickets import NEVER


def look_up(state: State) -> None:
    """Look today's tickets up in the city's catalogue: which of them would it send astray?"""
    state.today.astray = goes_astray(state, state.today.entering)


def dispatch(state: State) -> None:
    """Choose units for today's new, repeated and returned tickets (model: a request's life, step 2).

    With the catalogue's accuracy for the category the right unit is chosen. Otherwise a department's ticket
    goes to the resident's street, and a street's to a department of the category or to a neighbouring street.
    """
    tickets, slots = state.tickets, state.today.entering
    tickets.unit[slots] = tickets.right.take(slots)
    astray = slots.compress(state.today.astray)
    tickets.unit[astray] = wrong_units(state, astray)
    state.today.routed = slots


def sign_for(state: State) -> None:
    """Let units sign for what reaches them today: from the city's catalogue, a district's centre or joint review.

    Only now does the ticket's clock start: the deadline is counted from the day of signing, and starts anew whenever
    the ticket is transferred to another unit.
    """
    tickets = state.tickets
    slots = np.concatenate([state.today.routed, state.today.reviewed])
    units, categories, number = tickets.unit.take(slots), tickets.category.take(slots), tickets.number(slots)
    wrong = np.flatnonzero(units != tickets.right.take(slots))
    tickets.contact[slots], tickets.whistle[slots] = NEVER, 0
    tickets.due[slots] = state.day + state.kinds.deadline.take(categories)
    state.tally.count("received", units, number)
    state.tally.count("wrong", tickets.home[slots[wrong]], number[wrong])
    state.tally.count_category("received", categories, number)
    state.tally.count_category("wrong", categories[wrong], number[wrong])
    state.today.arriving = slots


def learn_catalogue(state: State) -> None:
    """Let the catalogues learn from labelled tickets and be overtaken by new kinds of request (monthly).

    The centre decides how (`DispatchCenter.learn`). The city's labels are the disputes that were won, the joint
    reviews, what districts' centres put right, and what analysts label; a district's are the disputes that its
    streets won. Labels count as if the city, or the district, were the whole of its base city, whose kinds of request
    it shares.
    """
    kinds, whole = state.tally.category, state.city.base_population
    labelled = kinds["disputes_won"] + kinds["joint_reviews"] + kinds["redirected"] + state.labelled
    state.accuracy = state.centre.learn(state.accuracy, labelled * (whole / max(1, state.population)) / 1000.0)
    people = np.zeros(len(state.district_accuracy), dtype=np.int64)
    np.add.at(people, state.district_of, state.base.population)
    for row, centre in enumerate(state.district_centres):
        returned = state.tally.returned[row] * (whole / max(1, int(people[row]))) / 1000.0
        state.district_accuracy[row] = centre.learn(state.district_accuracy[row], returned)
