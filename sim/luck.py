"""Luck: every chance event is a pure function of (seed, purpose, who, attempt), never of the order of calls.

Two scenarios with one seed therefore share their luck draw by draw, and their difference is the effect of the
scenario. The generator is SplitMix64 (Steele, Lea & Flood 2014): a key is the state of a small stream of its own,
and (purpose, attempt) is the place in that stream.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
_M1, _M2 = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_UNIT = 2.0**-53
_PURPOSES = 64  # places of one attempt in a key's stream


class Tag(enum.IntEnum):
    """What a key belongs to: the second word that `mix` folds in, so that no two kinds of key meet."""

    DAY = 1
    PROBLEM = 2
    PERSON = 3
    UNIT = 4
    EXTRA = 5
    CELL = 6
    DISTRICT = 7
    CENTRE = 8


class Purpose(enum.IntEnum):
    """What a draw decides. The numbers are part of the results: never renumber, only add (below 64)."""

    COUNT = 0  # how many requests a day brings
    MARK = 1  # whether a candidate problem arises at the actual rate
    CATEGORY = 2  # a problem's category
    STREET = 3  # a problem's street
    PERSON = 4  # who of the street has the problem
    MINUTES = 5  # the minutes that a problem takes
    LEVEL = 6  # the authority that a problem needs
    RIGHT_UNIT = 7  # which unit truly answers for it
    REFUSE = 8  # whether one who gave up lets a new problem pass
    ROUTE = 9  # whether the catalogue finds the right unit
    WRONG_UNIT = 10  # which wrong unit gets the ticket
    BELIEF_DISPUTE = 11  # whether a unit knows a wrong dispatch
    DISPUTE_RULING = 12  # whether a dispute's reviewers err
    RESOLVE = 13  # whether an attempt really resolves the problem
    REACH = 14  # whether the resident is reached
    CONFIRM = 15  # whether a first contact in time is confirmed
    MISREPORT = 16  # whether “resolved?” is answered wrongly
    SATISFY = 17  # whether the resident is satisfied
    GIVE_UP = 18  # whether a resident gives up after a failure
    RETURN = 19  # whether a resident files again
    WAIT = 20  # days until the second filing
    BELIEF_EXCLUDE = 21  # whether a unit knows what can be excluded
    EXCLUSION_RULING = 22  # whether a file convinces
    STRATEGIC = 23  # who is strategic, for life
    PATIENCE = 24  # patience, for life
    GRIEVANCE = 25  # who starts with a grievance
    TRUST = 26  # trust at first
    EXPOSURE = 27  # a street's base rate in a category
    STAFF = 28  # a unit's staff beside its need
    SKILL = 29  # a unit's skill at first
    RANK = 30  # order among equals where an order must be total
    COVERAGE = 31  # whether a closed ticket is called back
    AGENT = 32  # what agents draw for themselves
    RELAPSE = 33  # whether a solved problem comes up again
    RELAPSE_WAIT = 34  # days until it does
    DUPLICATE = 35  # days until a resident files an open problem once more
    MERGE = 36  # whether the centre sees that it is the same problem
    UNCLEAR = 37  # whether the centre finds a ticket unclear
    JOINT_REVIEW = 38
    BY_DISTRICT = 39  # whether a ticket goes by way of the district's centre
    DISTRICT_ROUTE = 40
    AUTHORITY = 41  # whether a unit sees that a problem needs more authority, and whom it calls
    CASEWORK_REQUEST = 42  # whether a street sees that it lacks the authority, and asks
    ESCALATION = 43  # whether a return is recognised as one
    CASEWORK_LOT = 44  # whether a call-back after casework counts for the street
    PRECEDENT = 45  # whether a solved case lowers the level of its type
    DUTY_READING = 46  # whether the duty list is read wrongly
    EXCLUSION_DISTRICT = 47  # whether the district's reviewers pass a file on
    PATROL = 48  # whether a patrol finds a visible problem
    PATROL_SOLVE = 49  # whether it is solved on the spot
    TILT = 54  # which streets a random tilting of resources chooses
    TILT_TIE = 55  # who is chosen first among equals
    TURN = 58  # whether a visit turns a strategic complainant
    SERVICE = 59  # a street's service level in a dimension at first
    SERVICE_BUDGET = 60  # a district's service budget


def finalise(z: Keys) -> Keys:
    """Scramble 64-bit words in place and return them (SplitMix64's output function)."""
    t = z >> np.uint64(30)
    z ^= t
    z *= np.uint64(_M1)
    np.right_shift(z, np.uint64(27), out=t)
    z ^= t
    z *= np.uint64(_M2)
    np.right_shift(z, np.uint64(31), out=t)
    z ^= t
    return z


def finalise_one(z: int) -> int:
    """Scramble one 64-bit word given as a Python int."""
    z = ((z ^ (z >> 30)) * _M1) & MASK
    z = ((z ^ (z >> 27)) * _M2) & MASK
    return z ^ (z >> 31)


def mix_one(*words: int) -> int:
    """Fold whole numbers into one 64-bit key, one after the other."""
    h = 0
    for word in words:
        h = finalise_one((h + GAMMA * ((word + 1) & MASK)) & MASK)
    return h


def mix(prefix: int | Keys, words: NDArray[np.integer]) -> Keys:
    """Fold each of `words` (n,) into the key(s) `prefix`, as mix_one(a, b, c) folds c into mix_one(a, b)."""
    z = words.astype(np.uint64)
    z += np.uint64(1)
    z *= np.uint64(GAMMA)
    z += np.asarray(prefix, dtype=np.uint64)
    return finalise(z)


def mix_texts(prefix: int, texts: Sequence[str]) -> Keys:
    """Fold the bytes of each text into the key `prefix`: for a text, mix_one(a, b, *text.encode()) of mix_one(a, b)."""
    rows = [text.encode() for text in texts]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    letters = np.zeros((len(rows), int(lengths.max(initial=0))), dtype=np.uint8)
    letters[np.arange(letters.shape[1]) < lengths[:, None]] = np.frombuffer(b"".join(rows), dtype=np.uint8)
    out = np.full(len(rows), prefix, dtype=np.uint64)
    for place in range(letters.shape[1]):
        out = np.where(place < lengths, mix(out, letters[:, place]), out)
    return out


def uniform(key: Keys, purpose: Purpose, attempt: int | NDArray[np.integer] = 0) -> Floats:
    """Draw a number in [0, 1) for each key (n,); `attempt` is one number or (n,)."""
    if isinstance(attempt, np.ndarray):
        z = attempt.astype(np.uint64)
        z *= np.uint64((GAMMA * _PURPOSES) & MASK)
        z += np.uint64((GAMMA * (purpose + 1)) & MASK)
        z += key
    else:
        z = key + np.uint64((GAMMA * (purpose + 1 + _PURPOSES * attempt)) & MASK)
    z = finalise(z)
    z >>= np.uint64(11)
    out: Floats = z.astype(np.float64)
    out *= _UNIT
    return out


def uniform_one(key: int, purpose: Purpose, attempt: int = 0) -> float:
    """Draw one number in [0, 1): equal bit for bit to `uniform` for the same key, purpose and attempt."""
    z = finalise_one((key + GAMMA * (purpose + 1 + _PURPOSES * attempt)) & MASK)
    return (z >> 11) * _UNIT


def poisson(mean: float, u: float) -> int:
    """Return the Poisson count at the cumulative share `u` in [0, 1): inverse CDF for any mean ≥ 0.

    Weights are built out from the mode by p(k + 1) = p(k) · mean / (k + 1) over ± 10 standard deviations (and 20
    counts), beyond which nothing is left at double precision; products and sums run in order, so bits are the same
    everywhere.
    """
    if mean <= 0.0:
        return 0
    mode, reach = int(mean), int(10.0 * math.sqrt(mean)) + 20
    up = np.multiply.accumulate(mean / np.arange(mode + 1.0, mode + reach + 1.0))
    down = np.multiply.accumulate(np.arange(float(mode), max(0, mode - reach), -1.0) / mean)
    sums = np.add.accumulate(np.concatenate([down[::-1], [1.0], up]))
    return mode - len(down) + min(int(np.searchsorted(sums, u * sums[-1], side="right")), len(sums) - 1)


def alias_table(weights: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Build Walker's alias table of `weights` (n,): accept probabilities (n,) and aliases (n,) (Vose 1991).

    Columns below the mean are filled up from columns above it, both from the last to the first; what is missing and
    what is over are laid end to end, so one look-up finds who fills whom. Probabilities are multiples of 2^-30.
    """
    values = np.asarray(weights, dtype=np.float64)
    n, one = len(values), 1 << 30
    scaled = np.floor(values * n / math.fsum(values.tolist()) * one + 0.5).astype(np.int64)
    accept, alias = np.full(n, one, dtype=np.int64), np.arange(n)
    low, high = np.flatnonzero(scaled < one)[::-1], np.flatnonzero(scaled >= one)[::-1]
    if len(low) and len(high):
        missing, over = np.cumsum(one - scaled[low]), np.cumsum(scaled[high] - one)
        begun = missing - (one - scaled[low])
        filled_by = np.searchsorted(over, begun)  # beyond the last only by rounding
        some = filled_by < len(high)
        accept[low[some]], alias[low[some]] = scaled[low[some]], high[filled_by[some]]
        given = missing[np.searchsorted(begun, over, side="right") - 1]
        dry = np.flatnonzero(given[:-1] > over[:-1])  # gave more than was over: filled up by the next
        accept[high[dry]], alias[high[dry]] = one + over[dry] - given[dry], high[dry + 1]
    return accept / float(one), alias


def pick(u: Floats, accept: Floats, alias: NDArray[np.int64]) -> NDArray[np.int64]:
    """Draw rows of an alias table for uniforms `u` (k,): the whole part picks the column, the rest accepts."""
    scaled = u * len(accept)
    column = scaled.astype(np.int64)
    out: NDArray[np.int64] = np.where(scaled - column < accept[column], column, alias[column])
    return out
