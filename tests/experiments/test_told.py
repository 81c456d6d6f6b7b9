"""What is told of a comparison: the baseline's column on the terminal and in print, and the sentences of a report."""

from __future__ import annotations

import pandas as pd
import pytest

from experiments.analysis import labelled
from experiments.compare import compare
from experiments.compose import settings_of
from experiments.paper.sentences import sentences
from experiments.sheets import sheets
from experiments.tables import summary_text

WHOLE = [[0.2, 0.2, 0.8], [0.4, 0.4, 0.4]]  # a value a month and seed, 0.4 on average


def found(arms, language="en", **more):
    """Make findings of real resolution from {arm: [[value a month] a seed]}; `more` columns by arm and seed."""
    rows = [
        {"arm": arm, "seed": seed, "month": f"2019-{month + 1:02d}", "real_resolution": value}
        | {name: values[arm][seed] for name, values in more.items()}
        for arm, seeds in arms.items()
        for seed, months in enumerate(seeds)
        for month, value in enumerate(months)
    ]
    monthly = pd.DataFrame(rows)
    settings = settings_of(["experiment=tournament", "city=small", f"language={language}"])
    return labelled(settings, {"monthly": monthly, "comparison": compare(monthly, "baseline")})


def test_the_baselines_column_is_of_its_own_months_where_the_first_arm_was_cut_short():
    cut = [[0.3, 0.3], [0.6, 0.6]]
    findings = found({"baseline": WHOLE, "tournament_off": cut, "tournament_half": [[0.5] * 3, [0.7] * 3]})
    assert findings.others == ["tournament_off", "tournament_half"]
    assert findings.comparison["baseline"].tolist() == pytest.approx([0.3, 0.4])
    (line,) = [line for line in summary_text(findings).splitlines() if line.startswith("real resolution")]
    assert line.split()[3] == "40.00"
    first, second = sheets(findings)["comparison"].rows
    assert (first[2], second[2]) == ("40.00", "")
    assert first[3].startswith("+15.00") and second[3].startswith("+20.00")  # each over the months of both


@pytest.mark.parametrize(("language", "apart"), [("en", "from no effect: "), ("zh", "与无效应无法区分：")])
def test_a_difference_of_one_pair_is_no_effect_where_others_have_intervals(language, apart):
    arms = {"baseline": WHOLE, "tournament_off": [[0.5] * 3, [0.5] * 3]}
    hours = {"baseline": [10.0, None], "tournament_off": [30.0, 30.0]}
    (said,) = sentences(found(arms, language, staff_hours=hours))
    told, _, unsure = said.partition(apart)
    assert "+10.00" in told and "20.0" not in said
    assert "n = 1" in unsure
    (alone,) = sentences(found({arm: seeds[:1] for arm, seeds in arms.items()}, language, staff_hours=hours))
    assert "+20.0" in alone and apart not in alone  # with one seed no difference has an interval, and each is told
