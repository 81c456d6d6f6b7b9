"""Refuse 不接听、不配合: strategic residents refuse the unit, and its contacts in vain cost minutes (report 二(二))."""

from __future__ import annotations

import numpy as np

from sim.state import State


def refuse(state: State) -> None:
    """Owe the contacts tried in vain with strategic residents whose first contact was made today (model: step 6).

    They neither answer nor let anybody in, so the unit tries `refusal_contacts` times more, at `contact_minutes` each;
    its record of that is the proof on which an exclusion file rests. Care has no effect on them, and when the hotline
    calls back they answer no three times, “responded” included. `refusal_contacts` = 0 does nothing.
    """
    p, tickets = state.parameters, state.tickets
    here = np.concatenate([state.queue, state.closed])
    refused = here.compress(tickets.strategic.take(here))
    refused = refused.compress(tickets.contact.take(refused) == state.day)
    units, minutes = tickets.unit[refused], p.refusal_contacts * p.contact_minutes
    np.add.at(state.units.owed, units, minutes)
    state.tally.count("refusal_minutes", units, minutes)
    state.tally.count_repeats("contacts", tickets.attempt[refused], minutes)
