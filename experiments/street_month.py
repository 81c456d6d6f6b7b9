"""Show how street offices decided in one month: `python -m experiments.street_month [key=value …]`.

Runs the city, notes what every street saw and chose, picks a handful of streets that stand in different places, and
writes a page with a figure for each into docs/: what it saw, what a point was worth, what it chose, what came of it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.arms import months_of
from experiments.errors import NOTHING, Arguments, BadInput, exit_code
from experiments.settings import Settings
from sim.agents.street import Street, UnitDecision, UnitView, gains_of_an_hour
from sim.model import TournamentModel

DOCS = Path(__file__).parent.parent / "docs"
AFTERWARDS = 6  # months shown after the one in which it was decided


class NotingStreet(Street):
    """A street that decides as usual and keeps what it saw and chose, by month and row."""

    notes: ClassVar[dict[tuple[int, int], tuple[UnitView, UnitDecision]]] = {}

    def decide(self, view: UnitView) -> UnitDecision:
        """Decide as usual, and note it."""
        decision = super().decide(view)
        self.notes[self.state.month, self.row] = (view, decision)
        return decision


@dataclass(frozen=True)
class StreetMonth:
    """One street's month: shares and rates in 0–1."""

    why: str  # the street stands here for
    name: str
    month: str
    league_scores: NDArray[np.float64]  # of all streets that month
    score: float
    score_error: float  # standard error of sampling
    rank: float
    worth: float
    gains: list[float]  # of an hour: handling, documentation, prevention
    before: list[float]  # effort, and shares of time
    after: list[float]
    path: pd.DataFrame  # month, score, real_resolution …, around the month


def choose(table: pd.DataFrame) -> dict[str, int]:
    """Return a handful of streets (rows of one month's table) by the place they stand for."""
    scores, loads = table["score"].to_numpy(), table["tickets"].to_numpy()
    order = np.argsort(-scores)
    n = len(order)
    spared = order[~table["rectification"].to_numpy(dtype=bool)[order]]  # who is listed is not above the list
    picked = {
        "first of the league": int(order[0]),
        "in the middle, where rivals are dense": int(order[n // 2]),
        "just above the rectification list": int(spared[-1]),
        "last of the league": int(order[-1]),
    }
    others = np.where(np.isin(np.arange(n), list(picked.values())), -1.0, loads)
    picked["the most tickets of the rest"] = int(np.argmax(others))
    return dict(sorted(picked.items(), key=lambda item: scores[item[1]], reverse=True))


def look(settings: Settings, month: str) -> list[StreetMonth]:
    """Run the city and return the chosen streets' months. Raises BadInput for a month outside the run."""
    months = [first[:7] for first in months_of(settings.start, settings.months)]
    if month not in months:
        raise BadInput(f"--month: {month} is not among the months of the run, {months[0]} to {months[-1]}")
    NotingStreet.notes.clear()
    model = TournamentModel(
        settings.city,
        settings.rules,
        settings.parameters,
        seed=settings.seeds[0],
        scale=settings.scale,
        start=settings.start,
        agents={"street": NotingStreet},
    )
    record = model.run(settings.months)
    parameters = model.parameters
    model.close()
    if month not in record.months:
        raise BadInput(f"--month: the run was stopped as runaway before {month}, in {record.months[-1]}")
    number, streets = record.months.index(month), record.streets()
    table = streets[streets["month"] == month].reset_index(drop=True)
    shown = record.months[max(0, number - AFTERWARDS) : number + AFTERWARDS + 1]
    names = settings.city.streets["name_zh"]
    found = []
    for why, row in choose(table).items():
        view, decision = NotingStreet.notes[number, row]
        path = streets[(streets["street"] == table["street"][row]) & streets["month"].isin(shown)]
        found.append(
            StreetMonth(
                why=why,
                name=str(names.iloc[row]),
                month=month,
                league_scores=table["score"].to_numpy(),
                score=float(table["score"][row]),
                score_error=float(table["score_error"][row]),
                rank=float(table["rank"][row]),
                worth=float(table["worth"][row]),
                gains=[float(g) for g in gains_of_an_hour(view, parameters)],
                before=[float(x) for x in _choices(view)],
                after=[float(x) for x in _choices(decision)],
                path=path.reset_index(drop=True),
            )
        )
    return found


def _choices(of: Any) -> tuple[Any, Any, Any, Any]:
    return of.effort, of.handling, of.documentation, of.prevention


def page(found: list[StreetMonth], command: str) -> str:
    """Return the page: a paragraph and a figure for each street."""
    month, n = found[0].month, len(found[0].league_scores)
    parts = [
        "# How street offices decide: one month of five streets",
        f"Made by `{command}`; do not edit by hand. All numbers are of {month} in one simulated run in which {n} "
        "streets were ranked; the names are real, what the streets do here is not.",
        "An office sees its own books, never the truth: its score and the scores of its league, how much of what it "
        "handled was said to be resolved, what an hour gave so far. From these it reckons what one more hour of "
        "handling, of documents or of prevention would gain it, in units of what effort costs, and moves a small step "
        "towards what pays. The step is small because months are noisy: the grey bars hardly move in one month, and "
        "differences build up over many. The ± beside a score is 1.96 times the sampling error of that month's "
        "call-backs; an office reckons with a larger error when it weighs a point ([measures](measures.md)).",
    ]
    for i, one in enumerate(found):
        best = max(zip(one.gains, ("handling", "documents", "prevention"), strict=True))[1]
        parts += [
            f"## {one.name}: {one.why}",
            f"It saw a score of {100 * one.score:.1f} (± {196 * one.score_error:.1f} by sampling alone), rank "
            f"{one.rank:g} of {n}. A point of score was worth {one.worth / 100:.3f} units of effort cost to it. An "
            f"hour gained most in {best}. Effort went from {one.before[0]:.3f} to {one.after[0]:.3f}, "
            f"documents' share of time from {100 * one.before[2]:.1f} to {100 * one.after[2]:.1f} %, prevention's from "
            f"{100 * one.before[3]:.1f} to {100 * one.after[3]:.1f} %.{_afterwards(one)}",
            f"![{one.name}](figures/street_month_{i + 1}.png)",
        ]
    return "\n\n".join(parts) + "\n"


def _afterwards(one: StreetMonth) -> str:
    """Return a sentence on the months after; none if the run ended."""
    later = one.path[one.path["month"] > one.month]
    if not len(later):
        return ""
    when, score = ("month", "score") if len(later) == 1 else (f"{len(later)} months", "mean score")
    return (
        f" In the {when} after, its {score} was {100 * later['score'].mean():.1f} and it really resolved "
        f"{100 * later['real_resolution'].mean():.1f} % of what it closed."
    )


def main(arguments: list[str] | None = None) -> int:
    """Run, draw and write; return the exit code (0, 2 for bad input, 130 for Ctrl-C)."""
    parser = Arguments(
        prog="python -m experiments.street_month",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="key=value", help="settings, as for experiments.run")
    parser.add_argument("--month", default="2020-06", help="the month to look at (default 2020-06)")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where page and figures go (default docs)")
    given = parser.parse_intermixed_args(arguments)
    return exit_code(lambda: _run(given.words, given.month, given.folder), NOTHING)


def _run(words: list[str], month: str, folder: Path) -> int:
    from experiments.checks import writable
    from experiments.compose import settings_of
    from experiments.figures.street_month import draw
    from experiments.figures.style import use_style

    folder = writable(folder, "--folder")
    settings = settings_of(["months=24", *words])
    found = look(settings, month)
    use_style()
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for i, one in enumerate(found):
        figure = draw(one, settings)
        figure.savefig(folder / "figures" / f"street_month_{i + 1}.png", dpi=200, metadata={"Software": None})
    command = " ".join(["python -m experiments.street_month", *words, f"--month {month}"])
    (folder / "decisions.md").write_text(page(found, command), encoding="utf-8")
    print(folder / "decisions.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
