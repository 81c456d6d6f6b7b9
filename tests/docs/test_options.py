"""The pages of single reforms list every option as it is declared."""

from __future__ import annotations

import pytest

from experiments.options import MODULE, PAGES, page
from experiments.pages import DOCS, stale
from sim.declare import declarations
from sim.reforms import reform_class


@pytest.mark.parametrize("name", PAGES)
def test_the_options_are_up_to_date(name):
    path = DOCS / f"{name}.md"
    text = page(path, name)
    said = stale(path, MODULE, text)
    assert not said, said
    assert all(f"| `reforms.{name}.{option}` |" in text for option in declarations(reform_class(name)))
    assert all((DOCS / "figures" / figure).exists() for figure in _figures(text))


def _figures(text):
    found = [part.split(")")[0] for part in text.split("](figures/")[1:]]
    assert found
    return found


def test_a_page_without_its_marks_is_said(tmp_path):
    path = tmp_path / "escalation.md"
    path.write_text("# Escalation\n", encoding="utf-8")
    with pytest.raises(ValueError, match="marks of the options"):
        page(path, "escalation")
