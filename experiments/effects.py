"""Effects by month and by a reform's main dial: the data of time paths and of dial figures."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.compare import COLUMNS, paired
from experiments.cube import Cube
from sim.declare import Declaration, declarations
from sim.outcomes import OUTCOMES
from sim.reforms import Reform
from sim.rules import Rules

DIAL_COLUMNS = ["reform", "field", "value", *COLUMNS]


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
    """Arms that are the baseline and one reform, the same but for one number: the dial that is turned."""

    reform: str  # its class
    field: Declaration
    values: dict[str, float]  # arm -> value, from the lowest on
    today: float | None  # the field's default, if the reform changes nothing there: where the baseline stands


def dials(arms: Mapping[str, list[str]], reforms: Mapping[str, Reform], rules: Rules) -> list[Dial]:
    """Find the dials among arms: two or more arms that add one reform each to the baseline's, apart in one number."""
    base = next(iter(arms.values()))
    single = {arm: reforms[labels[-1]] for arm, labels in arms.items() if labels[:-1] == base and labels}
    found = []
    for cls in dict.fromkeys(type(reform) for reform in single.values()):
        same = {arm: reform for arm, reform in single.items() if type(reform) is cls}
        dial = _dial(cls, same, rules)
        if dial is not None:
            found.append(dial)
    return found


def _dial(cls: type[Reform], same: Mapping[str, Reform], rules: Rules) -> Dial | None:
    differ = [
        name
        for name in (*declarations(cls), "start", "end")
        if len({getattr(reform, name) for reform in same.values()}) > 1
    ]
    numbers = declarations(cls)
    if len(differ) != 1 or differ[0] not in numbers or numbers[differ[0]].low is None:
        return None
    name = differ[0]
    values = sorted((float(getattr(reform, name)), arm) for arm, reform in same.items())
    default = dataclasses.replace(next(iter(same.values())), **{name: numbers[name].default})
    today = float(numbers[name].default) if default.amend(rules) == rules else None
    return Dial(cls.__name__, numbers[name], {arm: value for value, arm in values}, today)


def dial_table(comparison: pd.DataFrame, found: Sequence[Dial]) -> pd.DataFrame:
    """Return one row a dial, value and outcome: reform, field, value, and the columns of the comparison."""
    rows = [
        {"reform": dial.reform, "field": dial.field.name, "value": value} | dict(row)
        for dial in found
        for arm, value in dial.values.items()
        for _, row in comparison[comparison["arm"] == arm].iterrows()
    ]
    return pd.DataFrame(rows, columns=DIAL_COLUMNS)
