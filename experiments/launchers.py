"""Launchers: the jobs of a sweep, here or on a cluster, how each ended, and what a launcher needs."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.errors import BadInput
from experiments.progress import duration
from experiments.temporary import written

_NEEDS = {  # launcher -> (extra, module)
    "slurm": ("slurm", "hydra_plugins.hydra_submitit_launcher"),
    "submitit_slurm": ("slurm", "hydra_plugins.hydra_submitit_launcher"),
    "submitit_local": ("slurm", "hydra_plugins.hydra_submitit_launcher"),
    "ray": ("ray", "hydra_plugins.hydra_ray_launcher"),
    "ray_cluster": ("ray", "hydra_plugins.hydra_ray_launcher"),
}


@dataclass(frozen=True)
class Sweep:
    """What a command asks for: who launches its jobs, how many there are (0: no sweep), and where results lie."""

    launcher: str
    number: int
    results_dir: Path


def check_launcher(name: str, many: bool) -> None:
    """Say in one line, before any work, what a launcher lacks. Raises BadInput."""
    if name == "basic":
        return
    if not many:
        raise BadInput(
            f"hydra/launcher={name}: a launcher is for sweeps; put -m in front (python -m experiments.run -m …)"
        )
    if name in _NEEDS:
        extra, module = _NEEDS[name]
        try:
            there = importlib.util.find_spec(module) is not None
        except ModuleNotFoundError:
            there = False
        if not there:
            raise BadInput(
                f"hydra/launcher={name}: needs an extra: pip install '.[{extra}]' (or: uv sync --extra {extra})"
            )
    if name in ("slurm", "submitit_slurm") and shutil.which("sbatch") is None:
        raise BadInput(
            f"hydra/launcher={name}: no SLURM found here (no sbatch); start it where jobs are submitted from"
        )


class Stopped(BaseException):
    """A job ended by an error that is said in one line; of a mere Exception Hydra would print its own lines."""

    def __init__(self, error: BadInput | OSError) -> None:
        super().__init__(error)
        self.error = error


@dataclass
class Jobs:
    """The jobs of a command. Those of a sweep elsewhere leave a note each, since only their results come back."""

    sweep: Sweep
    task: Callable[[dict[str, Any], str], int]
    ended: str = ""  # what the launcher complained of
    codes: list[int] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    name: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def _notes(self) -> Path:
        return self.sweep.results_dir / ".hydra" / f"jobs-{self.name}"

    @property
    def _elsewhere(self) -> bool:
        return self.sweep.launcher != "basic"

    def do(self, config: dict[str, Any], experiment: str, number: int | None) -> None:
        """Run one job; on a cluster on as many processes as the job has, and leave a note of how it ended."""
        if not self._elsewhere:
            if self.sweep.number > 1 and number is not None:
                self._say_where(number)
            try:
                self.codes.append(self.task(config, experiment))
            except (BadInput, OSError) as error:
                raise Stopped(error) from error
            return
        config["n_jobs"] = config["n_jobs"] or int(os.environ.get("SLURM_CPUS_PER_TASK", "1"))
        said = ""
        try:
            code = self.task(config, experiment)
        except BadInput as error:
            code, said = 2, str(error)
        self._notes.mkdir(parents=True, exist_ok=True)
        written(self._notes / f"{number}.json", json.dumps({"code": code, "said": said}))

    def _say_where(self, number: int) -> None:
        spent = time.monotonic() - self.began
        left = f", {duration(spent / number * (self.sweep.number - number))} left" if number else ""
        print(f"\n[{number + 1} of {self.sweep.number}{left}]", file=sys.stderr, flush=True)

    def code(self) -> int:
        """Return the worst exit code; say what is known of jobs elsewhere that failed or left no note."""
        if not self._elsewhere:
            return max(self.codes, default=0)
        codes = []
        for number in range(self.sweep.number):
            try:
                note = json.loads((self._notes / f"{number}.json").read_text(encoding="utf-8"))
            except (OSError, ValueError):
                note = {"code": 1, "said": "ended without a word: killed, cancelled, or not started"}
            codes.append(int(note["code"]))
            if note["code"]:
                said = note["said"] or "some runs failed; see the status of its result folder"
                print(f"job {number}: {said}", file=sys.stderr)
        shutil.rmtree(self._notes, ignore_errors=True)
        if self.ended:
            print(f"the launcher said: {self.ended}", file=sys.stderr)
        done = sum(code == 0 for code in codes)
        print(
            f"{done} of {len(codes)} jobs done; the same command goes on with what is missing"
            if done < len(codes)
            else f"{done} jobs done"
        )
        return max(codes, default=0)
