"""Seeds: what is said before the runs."""

from __future__ import annotations

import pytest

from experiments.compose import settings_of
from experiments.seeds import _announce


@pytest.mark.parametrize(("start", "said"), [("2019-01-01", False), ("2019-02-01", True), ("2022-01-01", True)])
def test_a_later_start_is_said_to_begin_with_the_offices_of_2019(start, said):
    lines = []
    _announce(settings_of(["city=small", f"start={start}", "months=1", "seeds=1"]), lines.append)
    assert any("begin as in 2019-01, not as" in line for line in lines) == said
