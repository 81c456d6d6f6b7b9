"""Markup: a table of texts as LaTeX (booktabs) and as Markdown, with a caption."""

from __future__ import annotations

from dataclasses import dataclass

_PAGE, _LONG = 90, 14  # letters: of a line of a table, and of a column of words


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

    Needs \usepackage{booktabs,longtable}, and for Chinese ctex with XeLaTeX.
    """
    head = [" & ".join(escape(cell) for cell in sheet.head) + " \\\\", "\\midrule"]
    lines = [
        "% \\usepackage{booktabs,longtable}" + (" and ctex, with XeLaTeX" if chinese else ""),
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
    """Return LaTeX's columns; in a table too wide for a page, long columns of words are set in lines."""
    cells = list(zip(sheet.head, *sheet.rows, strict=True))
    widths = [max(map(len, column)) for column in cells]
    if sum(widths) <= _PAGE:
        return sheet.columns
    words = [not any(c.isdigit() for text in column[1:] for c in text) for column in cells]
    ways = zip(sheet.columns, words, widths, strict=True)
    return "".join("p{2.4cm}" if wordy and width > _LONG else way for way, wordy, width in ways)


def _minus(text: str) -> str:
    """Return a text in which signs before digits are set as minus, not as hyphens."""
    return "".join("−" if c == "-" and text[i + 1 : i + 2].isdigit() else c for i, c in enumerate(text))


_SPECIAL = {
    **{c: "\\" + c for c in "%&_#$"},
    "\\": "\\textbackslash{}",
    "τ": "$\\tau$",
    "β": "$\\beta$",
    "μ": "$\\mu$",
    "σ": "$\\sigma$",
    "±": "$\\pm$",
    "<": "$<$",
    ">": "$>$",
    "Λ": "$\\Lambda$",
    "≥": "$\\ge$",
    "∞": "$\\infty$",
    "×": "$\\times$",
    "÷": "$\\div$",
    "−": "$-$",
    "–": "--",
}


def escape(text: str) -> str:
    """Return a text in which LaTeX's special characters are escaped."""
    return "".join(_SPECIAL.get(character, character) for character in text)
