"""Tables for print: what LaTeX and Markdown need escaped, and the caption above."""

from __future__ import annotations

import re

import pytest

from experiments.markup import Sheet, escape, to_latex, to_markdown
from sim.declare import declarations
from sim.outcomes import OUTCOMES
from sim.parameters import Parameters
from sim.rules import Rules

SHEET = Sheet("n = 6; 95 % t", ["a_b", "value"], [["x & y", "-1.20 [-2.00, +3.00]"], ["β – τ_b | re-filed", "–"]])


def test_latex_is_escaped_and_has_booktabs_rules():
    text = to_latex(SHEET, "tab:mine", chinese=False)
    assert "\\caption{n = 6; 95 \\% t}\\label{tab:mine}" in text
    assert "a\\_b & value \\\\\n\\midrule" in text
    assert "x \\& y & $-$1.20 [$-$2.00, +3.00] \\\\" in text
    assert "$\\beta$ -- $\\tau$\\_b | re-filed & -- \\\\" in text
    assert "\\begin{longtable}{lr}" in text
    assert text.count("\\toprule") == 2
    assert "ctex" in to_latex(SHEET, "tab:mine", chinese=True)


def test_every_special_character_of_latex_is_escaped():
    said = ["\\#", "\\$", "\\%", "\\&", "\\_", "\\{", "\\}"]
    said += ["\\textasciitilde{}", "\\textasciicircum{}", "\\textbackslash{}"]
    assert escape("#$%&_{}~^\\") == "".join(said)


def test_markdown_has_the_caption_and_aligned_columns():
    lines = to_markdown(SHEET).splitlines()
    assert lines[0] == "n = 6; 95 % t"
    assert lines[2:5] == ["| a_b | value |", "| :-- | --: |", "| x & y | -1.20 [-2.00, +3.00] |"]
    assert lines[5] == "| β – τ_b \\| re-filed | – |"


def test_a_table_too_wide_for_a_page_breaks_its_texts_in_shares_of_the_line():
    words = "costs more hours and really resolves more problems than before"
    many = "1.00 [0.90, 1.10]" * 2
    wide = Sheet("Caption.", ["arm", "reading", "more", "n"], [["baseline and more", words, many, "4"]])
    columns = to_latex(wide, "tab:a", chinese=False).splitlines()[1]
    shares = [float(share) for share in re.findall(r"p\{\\dimexpr (0\.\d+)\\linewidth", columns)]
    assert sum(shares) == pytest.approx(1.0, abs=0.01)
    assert columns.count("\\raggedright") == 1
    assert shares[1] == max(shares)
    assert shares[3] == min(shares)
    narrow = Sheet("Caption.", ["arm", "reading", "more", "n"], [["baseline and more", words, "1.00", "4"]])
    assert "{longtable}{lrrr}" in to_latex(narrow, "tab:a", chinese=False)


def test_every_label_can_be_set_in_latex_without_a_package_for_its_letters():
    settings = [said for cls in (Rules, Parameters) for said in declarations(cls).values()]
    texts = [text for said in (*settings, *OUTCOMES.values()) for text in (said.en, said.unit)]
    plain = to_latex(Sheet("", texts, []), "tab:all", chinese=False)
    assert "$\\omega$" in plain and "$\\lambda$" in plain
    assert not {c for c in plain if ord(c) > 255} - {"–"}
