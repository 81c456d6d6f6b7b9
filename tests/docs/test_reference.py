"""The reference page says what the declarations say."""

from __future__ import annotations

from experiments.pages import stale
from experiments.reference import MODULE, PAGE, page
from sim import Parameters, Rules
from sim.declare import declarations
from sim.outcomes import OUTCOMES


def test_the_page_is_up_to_date():
    said = stale(PAGE, MODULE, page())
    assert not said, said


def test_everything_declared_is_on_it():
    text = PAGE.read_text(encoding="utf-8")
    for name in [*declarations(Rules), *declarations(Parameters), *OUTCOMES]:
        assert f"| `{name}` |" in text
