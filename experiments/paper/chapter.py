"""A chapter of a report: one result folder, as text, figures and tables."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.build import plain
from experiments.factors import cell
from experiments.figures import draw_all, figure_of
from experiments.findings import Findings
from experiments.markup import Sheet
from experiments.paper.sentences import sentences
from experiments.paper.words import WORDS
from experiments.precision import Reached
from experiments.reread import findings_of_folder, manifest_of, ran_of_folder
from experiments.settings import Settings
from experiments.sheets import sheets
from experiments.studies import answer_of, draw_answer
from experiments.studies.texts import caption, note, seeds_text
from experiments.tables import MAIN
from experiments.words import name_of
from sim.declare import declarations
from sim.parameters import Parameters
from sim.rules import Rules


@dataclass(frozen=True)
class Chapter:
    """What a result folder has to say; figures and sheets are shown in order, `more` lie beside as files only."""

    name: str  # of its folder in the report
    title: str
    ran: list[str]
    found: list[str]
    figures: dict[str, str]  # name -> caption
    sheets: dict[str, Sheet]
    more: dict[str, Sheet]
    command: str
    manifest: dict[str, Any]
    digest: str


def chapter_of(folder: Path, settings: Settings, out: Path) -> Chapter:
    """Return a folder's chapter and draw its figures into `out`/figures, in the settings' language."""
    manifest, language = manifest_of(folder), settings.language
    runs = pd.read_csv(folder / "runs.csv", keep_default_na=False)
    (out / "figures").mkdir(parents=True)
    if settings.study:
        ran = ran_of_folder(folder, settings)
        answer = answer_of(ran)
        draw_answer(out / "figures", answer)
        n = int(runs["seed"].nunique())
        found, shown, more, drawn = answer.sentences, answer.sheets, {}, answer.captions
    else:
        findings = findings_of_folder(folder, settings)
        draw_all(out / "figures", findings, settings.figures)
        n = int(findings.monthly["seed"].nunique())
        found, shown, more = sentences(findings), _main(findings), sheets(findings)
        there = [name for name in settings.figures if (out / "figures" / f"{name}.pdf").exists()]
        drawn = {name: _caption(findings, name, n) for name in there}
    seeds = WORDS[language]["seeds" if n > 1 else "seed"].format(n=n)
    return Chapter(
        name=f"{settings.experiment}_{folder.name}",
        title=settings.experiment,
        ran=_ran(settings, seeds, runs) + _imprecise(folder, settings, n),
        found=found,
        figures=drawn,
        sheets={"arms": _arms(settings)} | _changed(settings) | shown,
        more=more,
        command=f"uv run python -m experiments.run {manifest['command']}".strip(),
        manifest=manifest,
        digest=folder.name,
    )


def _caption(findings: Findings, name: str, n: int) -> str:
    """Return a figure's caption, of `n` seeds, with the kind of intervals if it draws any."""
    figure, language = figure_of(name), findings.language
    of_runs = note(n, findings.interval, language) if getattr(figure, "INTERVALS", True) else seeds_text(n, language)
    said = figure.CAPTION[language].rstrip(".。")
    if part := figure.part_of(findings) if hasattr(figure, "part_of") else "":
        said += f"；{part}" if language == "zh" else f"; {part}"
    return caption(said, of_runs, findings.digest, language)


def _main(findings: Findings) -> dict[str, Sheet]:
    """Return the sheets that are shown: of every table with many outcomes the main ones; `changed` is too long."""
    main = {
        name: table[table["outcome"].isin(MAIN) & (table["n"] > 0)] if len(table) else table
        for name, table in (("comparison", findings.comparison), ("interaction", findings.interaction))
    }
    shown = sheets(dataclasses.replace(findings, **main))
    return {name: sheet for name, sheet in shown.items() if name != "changed"}


def _ran(settings: Settings, seeds: str, runs: pd.DataFrame) -> list[str]:
    words = WORDS[settings.language]
    residents = words["all"] if settings.scale == 1.0 else words["share"].format(scale=settings.scale)
    said = {"city": settings.city_label, "months": settings.months, "start": settings.start, "residents": residents}
    n = len(settings.arms)
    arms = words["arms_run" if n > 1 else "arm_run"].format(n=n)
    out = [words["city"].format(**said, arms=arms, seeds=seeds)]
    if "stage" in runs:
        for name, rows in runs.groupby("stage", sort=False):
            many = words["seeds"].format(n=rows["seed"].nunique())
            here = {"stage": name, "points": rows["point"].nunique(), "arms": rows["arm"].nunique()}
            out.append(words["stage"].format(**here, seeds=many))
    failed, runaway = int((runs["status"] == "failed").sum()), int((runs["runaway"] != "").sum())
    out += [words["failed"].format(n=failed, all=len(runs))] if failed else []
    out += [words["runaway"].format(n=runaway)] if runaway else []
    return out


def _imprecise(folder: Path, settings: Settings, n: int) -> list[str]:
    """Say what `seeds=auto` asked for and did not reach, if anything."""
    if not (folder / "precision.csv").exists():
        return []
    reached = Reached(pd.read_csv(folder / "precision.csv"), n)
    if not len(reached.short):
        return []
    worst = reached.worst
    said = {"n": n, "many": len(reached.short), "arm": settings.labels.get(worst["arm"], worst["arm"])}
    said |= {"outcome": name_of(worst["outcome"], settings.language), "width": f"{worst['half_width']:.2g}"}
    return [WORDS[settings.language]["imprecise"].format(**said, wanted=f"{worst['wanted']:g}")]


def _arms(settings: Settings) -> Sheet:
    """Return the arms with their reforms, and the fields of each that differ from its defaults."""
    words, rows = WORDS[settings.language], []
    for arm, labels in settings.arms.items():
        said = []
        for label in labels:
            reform = settings.reforms[label]
            fields = {name: getattr(reform, name) for name in ("start", "end") if getattr(reform, name)}
            fields |= {
                name: cell(getattr(reform, name))
                for name, one in declarations(reform).items()
                if getattr(reform, name) != one.default
            }
            text = ", ".join(f"{name} = {value}" for name, value in fields.items())
            said.append(f"{label} ({text})" if text else label)
        rows.append([settings.labels[arm], "; ".join(said) or words["none"]])
    return Sheet(words["arms"], [words["arm"], words["reforms"]], rows, left=2)


def _changed(settings: Settings) -> dict[str, Sheet]:
    """Return the rules and parameters that differ from the defaults; no sheet if none does."""
    words, rows = WORDS[settings.language], []
    parameters, rules = plain(settings.parameters), plain(settings.rules)
    for name, one in declarations(Parameters).items():
        rows.append([f"parameters.{name}", parameters[name], cell(one.default)])
    for name, one in declarations(Rules).items():
        part, field = name.split(".")
        rows.append([f"rules.{name}", rules[part][field], cell(one.default)])
    differ = [[name, str(value), str(default)] for name, value, default in rows if value != default]
    head = [words["setting"], words["value"], words["default"]]
    return {"settings": Sheet(words["changed_settings"], head, differ, left=1)} if differ else {}
