"""The one error that users cause: said in one line, exit code 2, before any work."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class BadInput(Exception):
    """Something in the command or its files cannot be used; the text is one line for the user."""


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, or the name of its kind."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing."""
    names = list(known)
    found = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if not found:
        last = {name.rsplit(".", 1)[-1]: name for name in names}
        found = [last[w] for w in difflib.get_close_matches(word.rsplit(".", 1)[-1], last, n=1, cutoff=0.6)]
    return f"; did you mean '{found[0]}'?" if found else ""
