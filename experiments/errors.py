"""The one error that users cause: said in one line, exit code 2, before any work."""

from __future__ import annotations

import argparse
import difflib
import errno
import os
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn


class BadInput(Exception):
    """Something in the command or its files cannot be used; the text is one line for the user."""


NOTHING = "nothing was written"
KEPT = "finished runs are kept, and the same command goes on from there"


def exit_code(work: Callable[[], int], left: str = KEPT) -> int:
    """Do the work of a command and return its exit code, said in one line.

    2 for bad input and for a folder that is somebody else's, 1 for a disk that is full or a reader that has left,
    130 for Ctrl-C.
    """
    try:
        return work()
    except BadInput as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            print(f"error: {error.filename}: {error.strerror}; {left}", file=sys.stderr)
            return 2
        if error.errno == errno.EPIPE:  # `… | head`; what Python would still flush at its end goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(f"error: no space left on the disk; {left}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nstopped; {left}", file=sys.stderr)
        return 130


class Arguments(argparse.ArgumentParser):
    """A parser of arguments that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Say the error and leave with exit code 2."""
        self.exit(2, f"error: {message} ({self.prog} --help says more)\n")

    def parsed(self, arguments: list[str] | None) -> argparse.Namespace | int:
        """Return the arguments, or the exit code where that is the end: help given, or an error said."""
        try:
            return self.parse_args(arguments)
        except SystemExit as end:
            return int(end.code or 0)


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
