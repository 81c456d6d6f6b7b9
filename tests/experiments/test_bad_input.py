"""Bad input: one clear line, before any work."""

from __future__ import annotations

import dataclasses
import errno
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.checks import figures_of, rules_fit
from experiments.compose import checked, flags_first, run_hydra
from experiments.errors import BadInput, exit_code, nearest
from experiments.help import help_text
from sim.reforms import Reform
from sim.rules import Rules

ROOT = Path(__file__).parents[2]

BAD = [
    (["rules.tournament.strenght=2"], "rules.tournament.strenght", "did you mean 'rules.tournament.strength'"),
    (["parameters.lerning=1"], "parameters.lerning", "did you mean"),
    (["month=3"], "month", "did you mean 'months'"),
    (["--multi"], "--multi", "did you mean '--multirun'"),
    (["+nonsense=1"], "nonsense", "unknown key"),
    (["--config-dir=/tmp"], "--config-dir", "unknown"),
    (["-m", "experiment=glob(*)"], "experiment=glob(*)", "must list its values"),
    (["rules.tournament.strength=high"], "rules.tournament.strength", "number"),
    (["rules.tournament.strength=-1"], "rules.tournament.strength", "10"),
    (["parameters.care_max=99"], "parameters.care_max", "99"),
    (["city=bejing"], "city", "beijing"),
    (["experiment=first"], "experiment", "first_look"),
    (["+reforms@reforms.late=tournament_strengh"], "reforms", "tournament_strength"),
    (["arms.mine=[escalatio]"], "arms.mine", "did you mean 'escalation'"),
    (["arms.mine=escalation"], "arms.mine", "list"),
    (["arms.mine=[[escalation]]"], "arms.mine", "must be the name of a reform"),
    (["arms.mine=[escalation,escalation]"], "arms.mine", "twice"),
    (["reforms=null"], "reforms", "name of a file"),
    (["parameters=[1]"], "parameters", "name of a file"),
    (["labels=7"], "labels", "for each arm"),
    (["stages=7"], "stages", "for each stage"),
    (["experiment=repeat_loop", "stages.recovery.arms=7"], "stages.recovery.arms", "list of arms"),
    (["experiment=repeat_loop", "stages.recovery.arms=[[1]]"], "stages.recovery.arms", "unknown arm"),
    (["experiment=repeat_loop", "stages.recovery.design=[1]"], "stages.recovery.design", "Cannot merge"),
    (["experiment=repeat_loop", "stages.recovery.design=null"], "stages.recovery.design", "method"),
    (["design.over=[parameters.demand]"], "design.over", "there is no design; choose one"),
    (["design=sobol", "design.over=[parameters.demand]", "design.file=a.csv"], "design.file", "does not use it"),
    (["design=grid", "design.over=[parameters.demand:1:2]", "design.points=4"], "design.points", "does not use it"),
    (["outcomes=[[1]]"], "outcomes", "unknown outcome"),
    (["design.method=[1]"], "design.method", "unknown"),
    (["start=2019-13-01"], "start", "date"),
    (["start=2019-01-15"], "start", "first of a month"),
    (["months=0"], "months", "1"),
    (["months=1.5"], "months", "whole number"),
    (["experiment=surge", "months=12"], "months", "month 13"),
    (["seeds=-1"], "seeds", "1"),
    (["seeds=[1,-2]"], "seeds", "0"),
    (["seeds=[1,1]"], "seeds", "twice"),
    (["seeds=many"], "seeds", "auto"),
    (["seeds=auto", "precision.trsut=0.1"], "precision.trsut", "did you mean 'trust'"),
    (["precision.trust=0"], "precision.trust", "above 0"),
    (["precision.trust=close"], "precision.trust", "number"),
    (["most_seeds=3"], "most_seeds", "6"),
    (["pairs=escalation"], "pairs", "list"),
    (["pairs=[escalation,escalatio]"], "pairs", "did you mean 'escalation'"),
    (["pairs=[escalation,escalation]"], "pairs", "twice"),
    (["pairs=[escalation]"], "pairs", "two"),
    (["pairs=[escalation,duty_list]", "arms.escalation=[]"], "arms.escalation", "rename"),
    (["pairs=[escalation,duty_list]", "arms.baseline=[escalation]"], "pairs", "baseline has 'escalation' already"),
    (["figures=[resolutoin]"], "figures", "did you mean 'resolution'"),
    (["figures=hours"], "figures", "list"),
    (["scale=0"], "scale", "above 0"),
    (["scale=2"], "scale", "at most 1"),
    (["n_jobs=-1"], "n_jobs", "0"),
    (["language=fr"], "language", "en or zh"),
    (["results_dir=/proc/nowhere"], "results_dir", "written"),
    (["results_dir=pyproject.toml"], "results_dir", "file"),
    (["results_dir=null"], "results_dir", "name of a folder"),
    (["results_dir="], "results_dir", "name of a folder"),
    (["hydra.run.dir=/proc/x"], "hydra.run.dir", "results_dir says where"),
    (["-m", "months=1,2", "hydra.sweep.dir=/proc/x"], "hydra.sweep.dir", "results_dir says where"),
    (["reforms.tournament_strength.strength=-3"], "reforms.tournament_strength", "-3"),
    (["reforms.duty_list.start=2020-02-30"], "reforms.duty_list", "2020-02-30"),
    (["reforms.duty_list.start=2019-W05-5"], "reforms.duty_list", "first of a month"),
    (
        ["reforms.duty_list.start=2020-03-01", "reforms.duty_list.end=2020-02-01"],
        "reforms.duty_list",
        "must come after",
    ),
    (["reforms.graded_assessment.high=0.5"], "reforms.graded_assessment.middle: 0.9", "low ≤ middle ≤ high"),
    (["rules.tournament.grade_low=0.92"], "rules.tournament.grade_low: 0.92", "grade_low ≤ grade_middle ≤ grade_high"),
    (
        ["design=grid", "design.over=[rules.tournament.grade_low:0.8:0.95]"],
        "rules.tournament.grade_low: 0.95",
        "at most grade_middle: 0.9",
    ),
    (["-m", "rules.tournament.grade_high=0.95,0.85"], "rules.tournament.grade_middle: 0.9", "at most grade_high: 0.85"),
    (["months=3,4"], "months", "-m"),
    (["-m", "rules.tournament.strength=0,1,99"], "rules.tournament.strength", "99"),
    (["-m", "city=small,nowhere"], "city", "nowhere"),
    (["foo"], "foo", "key=value"),
    (["months=3=4="], "months", "key=value"),
]


@pytest.mark.parametrize(("words", "where", "what"), BAD, ids=[" ".join(bad[0]) for bad in BAD])
def test_one_line_says_where_and_what(words, where, what):
    with pytest.raises(BadInput) as caught:
        checked(words)
    text = str(caught.value)
    assert where in text
    assert what in text
    assert "\n" not in text
    assert "http" not in text
    assert len(text) < 400


def test_good_input_passes():
    checked(["city=small", "months=1", "seeds=[3,5]", "rules.tournament.strength=2", "arms.mine=[escalation]"])
    checked(["-m", "city=small", "months=1,2"])


def test_the_command_exits_with_2_and_one_line_and_writes_nothing(tmp_path):
    command = [sys.executable, "-m", "experiments.run", "months=0", f"results_dir={tmp_path / 'new'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: months: 0 must be")
    assert not list(tmp_path.iterdir())


def test_a_broken_data_file_is_named(tmp_path):
    import shutil

    city = tmp_path / "mine"
    shutil.copytree(ROOT / "sim" / "data" / "small", city)
    (city / "categories.csv").write_text("")
    with pytest.raises(BadInput, match=r"categories\.csv"):
        checked([f"city.folder={city}"])


def test_a_table_of_points_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "points.csv"
    path.write_bytes("parameters.demand\n1\n高\n".encode("gbk"))
    with pytest.raises(BadInput, match=r"points\.csv is no text in UTF-8"):
        checked(["design=csv", f"design.file={path}"])


def test_a_full_disk_is_said_in_one_line(capsys):
    def work():
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    assert exit_code(work) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: no space left on the disk; finished runs are kept")
    assert error.count("\n") == 1


def test_a_folder_of_somebody_else_is_said_in_one_line(capsys):
    def denied() -> int:
        raise PermissionError(errno.EACCES, "Permission denied", "/shared/runs/.claims/abc")

    assert exit_code(denied) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: /shared/runs/.claims/abc: Permission denied; finished runs are kept")
    assert said.count("\n") == 1


def test_nearest_names():
    assert nearest("bejing", ["beijing", "small"]) == "; did you mean 'beijing'?"
    assert nearest("xyz", ["beijing"]) == ""


def test_flags_may_stand_between_settings():
    assert flags_first(["city=small", "-m", "seeds=1,2"]) == ["-m", "city=small", "seeds=1,2"]


def test_a_reform_whose_amendment_is_not_allowed_is_one_line_with_the_arm():
    @dataclasses.dataclass(frozen=True)
    class Endless(Reform):
        """Asks for a deadline that no rule allows."""

        def amend(self, rules: Rules) -> Rules:
            return dataclasses.replace(rules, handling=dataclasses.replace(rules.handling, close_after=5000))

    later = {"endless": Endless(start="2019-06-01")}
    with pytest.raises(BadInput, match=r"arms.mine: .*close_after: 5000") as raised:
        rules_fit({"baseline": [], "mine": ["endless"]}, later, Rules(), "2019-01-01")
    assert "\n" not in str(raised.value)
    rules_fit({"baseline": []}, later, Rules(), "2019-01-01")


def test_every_figure_that_the_help_offers_can_be_asked_for():
    (line,) = (line for line in help_text().splitlines() if "which figures to draw" in line)
    offered = line.partition("which figures to draw: ")[2].split()
    assert "hours" in offered
    assert figures_of(offered) == offered


def test_an_error_that_is_said_in_one_line_passes_hydra_by(monkeypatch, capfd):
    def full(config, experiment):
        raise OSError(errno.ENOSPC, "No space left on device")

    words = ["city=small", "months=1"]
    monkeypatch.setattr(sys, "argv", ["experiments.run"])
    assert exit_code(lambda: run_hydra(words, full, checked(words))) == 1
    said = capfd.readouterr()
    assert said.err.startswith("error: no space left on the disk") and said.err.count("\n") == 1
    assert said.out == ""
