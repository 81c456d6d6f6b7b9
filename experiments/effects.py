"""Effects by month and by a reform's main dial: the data of time paths and of dial figures."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from experiments.compare import COLUMNS, paired
from experiments.cube import Cube
from sim.declare import Declaration, declarations
from sim.outcomes import OUTCOMES
from sim.reforms import Reform
from sim.rules import Rules

DIAL_COLUMNS = ["dial", "reform", "field", "value", *COLUMNS]


PATHS = ("real_resolution", "reported_resolution")  # outcomes whose effects are followed month by month


def by_month(monthly: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return one row an arm, month and outcome of PATHS: the columns of a comparison, month by month."""
    cube = Cube.of(monthly).only(PATHS)
    base = cube.values[cube.arms.index(baseline)]
    rows = []
    for a, arm in enumerate(cube.arms):
        if arm == baseline:
            continue
        for t, month in enumerate(cube.months):
            for i, name in enumerate(cube.names):
                found = paired(base[:, t, i], cube.values[a, :, t, i], OUTCOMES[name].better)
                rows.append({"arm": arm, "month": month, "outcome": name} | found)
    return pd.DataFrame(rows, columns=["arm", "month", *COLUMNS[1:]])


@dataclass(frozen=True)
class Dial:
    """Arms that are the baseline and one reform, the same but for one number or choice: the dial that is turned."""

    reform: str  # its class
    field: Declaration
    values: dict[str, float]  # arm -> value, from the lowest on; of a choice its place among those declared
    today: float | None  # at which the reform changes nothing, if there is such a value: where the baseline stands
    beside: tuple[tuple[Declaration, Any], ...] = ()  # its other fields that are not at their defaults, in all arms

    @property
    def never(self) -> float | None:
        """Return the value that is no number among the others but stands for never, if there is one."""
        return 0.0 if "(0: never" in self.field.en else None

    @property
    def chosen(self) -> bool:
        """Say whether it is a choice (or a switch), whose values have no order."""
        return self.field.low is None


def dials(arms: Mapping[str, list[str]], reforms: Mapping[str, Reform], rules: Rules) -> list[Dial]:
    """Find the dials among arms: two or more arms that add one reform each to the baseline's, apart in one field.

    A reform may have several dials, if some arms differ in one field and others in another. Two values of a choice are
    no dial, but two arms.
    """
    base = next(iter(arms.values()))
    single = {arm: reforms[labels[-1]] for arm, labels in arms.items() if labels[:-1] == base and labels}
    found = []
    for cls in dict.fromkeys(type(reform) for reform in single.values()):
        same = {arm: reform for arm, reform in single.items() if type(reform) is cls}
        for said in declarations(cls).values():
            alike: dict[tuple[object, ...], dict[str, Reform]] = {}
            for arm, reform in same.items():
                alike.setdefault(_others(reform, said.name), {})[arm] = reform
            found += [_dial(cls, said, group, rules) for group in alike.values() if len(group) > 1]
    return [dial for dial in found if len(set(dial.values.values())) > (2 if dial.chosen else 1)]


def _others(reform: Reform, name: str) -> tuple[object, ...]:
    """Return all that is set in a reform but for one field."""
    return tuple(getattr(reform, field.name) for field in dataclasses.fields(reform) if field.name != name)


def _dial(cls: type[Reform], said: Declaration, group: Mapping[str, Reform], rules: Rules) -> Dial:
    values = sorted((_place(said, getattr(reform, said.name)), arm) for arm, reform in group.items())
    neutral = [said.default] if said.low is not None else []
    if neutral and (off := cls.neutral()) is not None:
        neutral.append(getattr(off, said.name))
    one = next(iter(group.values()))
    today = [float(v) for v in neutral if dataclasses.replace(one, **{said.name: v}).amend(rules) == rules]
    others = [(other, getattr(one, other.name)) for other in declarations(cls).values() if other.name != said.name]
    beside = tuple((other, value) for other, value in others if value != other.default)
    return Dial(cls.__name__, said, {arm: value for value, arm in values}, today[0] if today else None, beside)


def _place(said: Declaration, value: object) -> float:
    """Return a value as a number: of a choice its place."""
    if isinstance(value, enum.Enum):
        return float(list(said.kind).index(value))  # type: ignore[call-overload]
    return float(value)  # type: ignore[arg-type]


def dial_table(comparison: pd.DataFrame, found: Sequence[Dial]) -> pd.DataFrame:
    """Return one row a dial, value and outcome: which dial, reform, field, value, and the comparison's columns."""
    rows = [
        {"dial": number, "reform": dial.reform, "field": dial.field.name, "value": value} | dict(row)
        for number, dial in enumerate(found)
        for arm, value in dial.values.items()
        for _, row in comparison[comparison["arm"] == arm].iterrows()
    ]
    return pd.DataFrame(rows, columns=DIAL_COLUMNS)
