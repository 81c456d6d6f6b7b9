"""The help text, made from names of files alone so that it appears at once."""

from __future__ import annotations

from pathlib import Path

from experiments.figure_names import figure_names

CONF = Path(__file__).parent.parent / "conf"

_TEXT = """Simulate Beijing's 12345 hotline as a tournament of street offices and compare what changes it.

usage: python -m experiments.run [experiment=NAME] [key=value ...]
       python -m experiments.run -m key=value1,value2 ...    one result folder for each combination

  experiment={experiment}
  city={city}
  seeds=4, '[3,5,8]' or auto        months=36      start=2019-01-01      scale=1.0
  n_jobs=0 (all cores)              results_dir=results                  language=en | zh
  rules.<part>.<field>=value        what institutions decide, for all arms: conf/rules/default.yaml
  parameters.<field>=value          how people and offices behave: conf/parameters/default.yaml
  reforms.<label>.<field>=value     a reform's settings: conf/reforms/ ({reforms})
  arms.<label>='[label, ...]'       another arm, made of reforms; the first arm is the baseline; ~arms.<label> drops one
  +reforms@reforms.<label>=NAME     a second instance of a reform
  pairs='[label, ...]'              an arm for each of these reforms and for every two together, and their interaction
  precision.<outcome>=half-width    with seeds=auto: how closely to know it, at most most_seeds=40
  figures='[name, ...]'             which figures to draw: {figures}
  design={design}
                                    points at which all arms run, of design.over='[name,name:low:high]'
  part=k parts=N                    every Nth run only, no tables; with -m also hydra/launcher=slurm, ray, ray_cluster

examples:
  python -m experiments.run city=small months=6 seeds=2
  python -m experiments.run rules.tournament.strength=1.5 language=zh
  python -m experiments.run -m city=small months=12 rules.tournament.strength=0,0.5,1,2,4
  python -m experiments.run +reforms@reforms.late=tournament_strength reforms.late.start=2020-01-01 \\
      reforms.late.strength=0 arms.late='[late]'
  python -m experiments.run city=small months=12 design=latin_hypercube design.points=32 \\
      'design.over=[parameters.demand:0.8:1.3,rules.exclusion.allowed]'
  python -m experiments.run -m 'part=range(32)' parts=32 hydra/launcher=slurm

Results: <results_dir>/<experiment>/<digest>/ with tables (Parquet, CSV, LaTeX) and figures (PDF, PNG). Finished
runs are kept in <results_dir>/runs and never simulated twice. Exit codes: 0 done, 1 a run failed, 2 bad input,
130 stopped by Ctrl-C. See also: python -m experiments.status DIR, python -m experiments.collect DIR,
python -m experiments.loop_gain.
"""


def help_text() -> str:
    """Return the help text with the names that conf/ holds, and those of the figures."""

    def names(group: str) -> str:
        return " | ".join(sorted(path.stem for path in (CONF / group).glob("*.yaml")))

    text = {"experiment": names("experiment"), "city": names("city"), "reforms": names("reforms")}
    text["design"] = names("design")
    return _TEXT.format(**text, figures=" ".join(figure_names()))
