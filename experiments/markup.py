"""Markup: a table of texts as LaTeX (booktabs) and as Markdown, with a caption."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from experiments.words import width_of

_PAGE, _GAP = 105, 2  # letters: of a line of a table in small print, and between columns
_FEW = 8  # letters: Chinese texts are not set in narrower columns


@dataclass(frozen=True)
class Sheet:
    """A table ready to print: a caption, column heads, and rows of texts; the first `left` columns are words."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    left: int = 1

    @property
    def columns(self) -> str:
        """Return how columns are set, "l" or "r" each."""
        return "l" * self.left + "r" * (len(self.head) - self.left)


def to_markdown(sheet: Sheet) -> str:
    """Return a sheet as a Markdown table under its caption."""
    marks = [":--" if way == "l" else "--:" for way in sheet.columns]
    lines = [sheet.head, marks, *sheet.rows]
    text = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return f"{sheet.caption}\n\n{text}\n"


def to_latex(sheet: Sheet, label: str, chinese: bool) -> str:
    r"""Return a sheet as a LaTeX longtable with booktabs rules.

    Needs \usepackage{array,booktabs,longtable}, and for Chinese ctex with XeLaTeX.
    """
    head = [" & ".join(escape(cell) for cell in sheet.head) + " \\\\", "\\midrule"]
    lines = [
        "% \\usepackage{array,booktabs,longtable}" + (" and ctex, with XeLaTeX" if chinese else ""),
        f"\\begin{{longtable}}{{{_columns(sheet)}}}",
        f"\\caption{{{escape(sheet.caption)}}}\\label{{{label}}}\\\\",
        *("\\toprule", *head, "\\endfirsthead"),
        *("\\toprule", *head, "\\endhead"),
        *("\\bottomrule", "\\endfoot"),
        *(" & ".join(escape(_minus(cell)) for cell in row) + " \\\\" for row in sheet.rows),
        "\\end{longtable}",
    ]
    return "\n".join(lines) + "\n"


def _columns(sheet: Sheet) -> str:
    """Return LaTeX's columns; in a table too wide for a page, shares of its line, in which texts are broken.

    A column gets what its longest piece needs, and of what is left a share by what its longest text lacks.
    """
    cells = list(zip(sheet.head, *sheet.rows, strict=True))
    widest = [max(map(width_of, column)) for column in cells]
    if sum(widest) + _GAP * len(cells) <= _PAGE:
        return sheet.columns
    least = [max(_longest(text) for text in column) for column in cells]
    lacks = [wide - piece for wide, piece in zip(widest, least, strict=True)]
    left = max(0.0, _PAGE - sum(least) - _GAP * len(cells))
    widths = [piece + _GAP + left * lack / max(1, sum(lacks)) for piece, lack in zip(least, lacks, strict=True)]
    ways = zip(sheet.columns, widths, strict=True)
    return "".join(_broken(way, width / sum(widths)) for way, width in ways)


def _longest(text: str) -> int:
    """Return the width of the longest piece that is not broken; Chinese is broken anywhere, but not too often."""
    pieces = "".join(f" {c} " if width_of(c) > 1 else c for c in text).split()
    few = min(width_of(text), _FEW) if width_of(text) > len(text) else 0
    return max([few, *map(width_of, pieces)])


def _broken(way: str, share: float) -> str:
    """Return a column that takes a share of the line, set flush left or right."""
    ragged = "\\raggedright" if way == "l" else "\\raggedleft"
    return f">{{{ragged}\\arraybackslash}}p{{\\dimexpr {share:.3f}\\linewidth-2\\tabcolsep\\relax}}"


def _minus(text: str) -> str:
    """Return a text in which signs before digits are set as minus, not as hyphens."""
    return "".join("−" if c == "-" and text[i + 1 : i + 2].isdigit() else c for i, c in enumerate(text))


def _greek(letter: str) -> str:
    name = unicodedata.name(letter).rsplit(" ", 1)[-1].replace("LAMDA", "LAMBDA")
    return f"$\\{name.capitalize() if letter.isupper() else name.lower()}$"


_SPECIAL = {
    **{c: _greek(c) for c in "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"},
    **{c: f"$_{i}$" for i, c in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{c: "\\" + c for c in "%&_#${}"},
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "±": "$\\pm$",
    "<": "$<$",
    ">": "$>$",
    "≥": "$\\ge$",
    "≤": "$\\le$",
    "∞": "$\\infty$",
    "↑": "$\\uparrow$",
    "↓": "$\\downarrow$",
    "↕": "$\\updownarrow$",
    "×": "$\\times$",
    "÷": "$\\div$",
    "−": "$-$",
    "–": "--",
}


def escape(text: str) -> str:
    """Return a text in which LaTeX's special characters are escaped."""
    return "".join(_SPECIAL.get(character, character) for character in text)
