"""Studies: what an experiment of many runs finds out; one file a study, with `find`, a function of what was run.

`find(ran)` returns an Answer: sentences with every number filled in from a table, tables, and figures. A study is named
by `study` in its experiment's file, and that file says which runs it needs (`stages`, or one `design`). A study may
have `check(settings)` too, which raises BadInput before any work if runs are missing that it cannot do without.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from experiments.figures.style import save, use_style
from experiments.markup import to_latex, to_markdown
from experiments.settings import Settings
from experiments.studies.ran import Answer, Ran
from experiments.studies.texts import seeds_text
from experiments.tables import quick_look

_OF_WHAT = {
    "en": "{city}, scale {scale:g}, from {start}, {seeds}; uncalibrated.",
    "zh": "{city}，人口比例 {scale:g}，自 {start} 起，{seeds}；未校准。",
}


def check_study(settings: Settings) -> None:
    """Let the study of the settings say whether it can answer from the runs asked for. Raises BadInput."""
    check = getattr(_study(settings), "check", None)
    if check is not None:
        check(settings)


def answer_of(ran: Ran) -> Answer:
    """Return what the study of the settings finds in its runs; its last sentences say of what runs it is."""
    use_style()
    answer: Answer = _study(ran.settings).find(ran)
    return replace(answer, sentences=[*answer.sentences, *_of_what(ran)])


def _of_what(ran: Ran) -> list[str]:
    settings, language = ran.settings, ran.settings.language
    seeds = seeds_text(int(ran.monthly["seed"].nunique()), language)
    what = {"city": settings.city_label, "scale": settings.scale, "start": settings.start, "seeds": seeds}
    return [_OF_WHAT[language].format(**what), *quick_look(settings.scale, language)]


def _study(settings: Settings) -> ModuleType:
    return importlib.import_module(f"experiments.studies.{settings.study}")


def write_answer(folder: Path, answer: Answer, settings: Settings) -> None:
    """Write answer.md, the tables (Parquet and CSV; those for print as Markdown and LaTeX too) and the figures."""
    (folder / "answer.md").write_text("\n\n".join(answer.sentences) + "\n", encoding="utf-8")
    for name, table in answer.tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    for name, sheet in answer.sheets.items():
        (folder / f"{name}.md").write_text(to_markdown(sheet), encoding="utf-8")
        latex = to_latex(sheet, f"tab:{settings.experiment}:{name}", settings.language == "zh")
        (folder / f"{name}.tex").write_text(latex, encoding="utf-8")
    (folder / "figures").mkdir()
    draw_answer(folder / "figures", answer)


def draw_answer(folder: Path, answer: Answer) -> None:
    """Write the figures as PDF and PNG."""
    for name, figure in answer.figures.items():
        save(figure, folder, name)
