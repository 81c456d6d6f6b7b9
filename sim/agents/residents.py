"""What is remembered of each resident: six bytes, touched only when a request of theirs moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, Tag, mix, mix_one, uniform
from sim.orders import by_key
from sim.parameters import Parameters
from sim.tables import grain

Floats = NDArray[np.float64]
People = NDArray[np.integer]

_MEMORY = np.dtype(
    [
        ("grievance", np.uint16),  # in 2^-16, as of the month in `faded`
        ("trust", np.uint8),  # in 1/255
        ("requests", np.uint8),  # problems brought to the hotline, at most 255
        ("faded", np.uint8),  # month in which the grievance was last written
        ("gave_up", np.bool_),
    ]
)
_BUCKETS = 1 << 18
LONGEST = 256  # months of a run: what `faded` can hold


class Residents:
    """The residents of a city as columns (population,); people are numbered street by street.

    `order` lists the people who have complained, in the order of their first request.
    """

    def __init__(self, seed: int, parameters: Parameters, population: NDArray[np.int64]) -> None:
        self.parameters = parameters
        self.start = np.concatenate([[0], np.cumsum(population)])
        memory = np.zeros(int(self.start[-1]), dtype=_MEMORY)
        self.grievance_raw: NDArray[np.uint16] = memory["grievance"]
        self.trust_raw: NDArray[np.uint8] = memory["trust"]
        self.requests: NDArray[np.uint8] = memory["requests"]
        self.faded: NDArray[np.uint8] = memory["faded"]
        self.gave_up: NDArray[np.bool_] = memory["gave_up"]
        self.turned: NDArray[np.int32] = np.zeros(0, dtype=np.int32)  # no longer strategic, by number
        self._prefix = mix_one(seed, Tag.PERSON)
        fade = [1.0]
        for _ in range(LONGEST):
            fade.append(fade[-1] * (1.0 - parameters.grievance_fade))
        self._fade = grain(np.array(fade))
        self._bucket: NDArray[np.int32] = np.zeros(_BUCKETS, dtype=np.int32)
        self._order: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]  # by day; joined when it is looked at

    @property
    def order(self) -> NDArray[np.int32]:
        """Return the numbers of the people who have complained, in order of first request."""
        if len(self._order) > 1:
            self._order = [np.concatenate(self._order)]
        return self._order[0]

    def luck(self, people: People, purpose: Purpose) -> Floats:
        """Return a fixed uniform for each person (n,): a trait that a person is born with."""
        return uniform(self.keys(people), purpose)

    def keys(self, people: People) -> NDArray[np.uint64]:
        """Return each person's key of luck (n,)."""
        return mix(self._prefix, people)

    def home(self, people: People) -> NDArray[np.intp]:
        """Return the street row of each person's home (n,)."""
        return np.searchsorted(self.start, people, side="right") - 1

    def patience(self, people: People) -> Floats:
        """Return each person's patience in [0, 1)."""
        return self.luck(people, Purpose.PATIENCE)

    def strategic(self, people: People) -> NDArray[np.bool_]:
        """Say who refuses the unit and answers no whatever is done (report 二(二))."""
        born = self.luck(people, Purpose.STRATEGIC) < self.parameters.strategic_share
        if len(self.turned) == 0:
            return born
        place = np.minimum(np.searchsorted(self.turned, people), len(self.turned) - 1)
        out: NDArray[np.bool_] = born & (self.turned[place] != people)
        return out

    def turn(self, people: People) -> None:
        """Let these people be strategic no longer."""
        self.turned = np.union1d(self.turned, people).astype(np.int32)

    def grievance(self, people: People, month: int) -> Floats:
        """Return each person's grievance in [0, 1], faded up to `month`."""
        out: Floats = self.grievance_raw[people] / 65536.0 * self._fade.take(month - self.faded[people].astype(np.intp))
        return out

    def set_grievance(self, people: People, value: Floats, month: int) -> None:
        """Write the grievance of distinct people as of `month`, rounded to 2^-16."""
        self.grievance_raw[people] = np.minimum(value * 65536.0 + 0.5, 65535.0).astype(np.uint16)  # rounded down
        self.faded[people] = month

    def trust(self, people: People) -> Floats:
        """Return each person's trust in [0, 1]."""
        return self.trust_raw[people] / 255.0

    def set_trust(self, people: People, value: Floats) -> None:
        """Write the trust of distinct people, rounded to 1/255."""
        self.trust_raw[people] = (value * 255.0 + 0.5).astype(np.uint8)  # rounded down

    def register(self, people: People, keys: NDArray[np.uint64], month: int) -> None:
        """Count one request for each of `people` (n,), and begin the memory of those who had made none."""
        fresh = []
        for rows in self.rounds(people, keys):
            who = people.take(rows)
            count = self.requests[who]
            new = np.flatnonzero(count == 0)
            if len(new):
                fresh.append(rows.take(new))
                self._begin(who.take(new), month)
            self.requests[who] = np.where(count < 255, count + np.uint8(1), count)
        if fresh:
            rows = np.concatenate(fresh)
            self._order.append(people[rows.take(by_key(keys[rows]))].astype(np.int32))

    def rounds(self, people: People, keys: NDArray[np.uint64]) -> Iterator[NDArray[np.intp]]:
        """Split the rows of `people` (n,) into rounds of distinct persons; one person's rows come in key order.

        Rows are told apart by a hash first; only those that share a bucket with another row are sorted.
        """
        n = len(people)
        if n == 0:
            return
        index = np.arange(n, dtype=np.int32)
        bucket = (people & (_BUCKETS - 1)).astype(np.intp)
        self._bucket[bucket] = index
        lost = self._bucket.take(bucket) != index
        self._bucket[bucket.compress(lost)] = -1
        rest = np.flatnonzero(self._bucket.take(bucket) == -1)
        rest = rest.take(by_key(keys.take(rest)))
        later = np.delete(rest, np.unique(people.take(rest), return_index=True)[1])
        first = np.ones(n, dtype=bool)
        first[later] = False
        yield np.flatnonzero(first)
        for rows in self.rounds(people.take(later), keys.take(later)):
            yield later.take(rows)

    def born(self, people: People) -> tuple[Floats, Floats]:
        """Return the grievance and the trust (n,) with which people make their first request."""
        p = self.parameters
        keys = self.keys(people)
        aggrieved = uniform(keys, Purpose.GRIEVANCE) < p.grievance_share
        spread = (2.0 * uniform(keys, Purpose.TRUST) - 1.0) * 0.3
        return np.where(aggrieved, p.grievance_start, 0.0), np.clip(p.trust_start + spread, 0.0, 1.0)

    def _begin(self, people: People, month: int) -> None:
        grievance, trust = self.born(people)
        self.set_grievance(people, grievance, month)
        self.set_trust(people, trust)
