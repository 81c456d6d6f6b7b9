"""The same inputs give the same bits: twice, in another process, and without NumPy's wide instructions."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from sim import TournamentModel
from sim.reforms.tournament_strength import TournamentStrength

ROOT = Path(__file__).parents[2]


def digest(record) -> str:
    """Return the SHA-256 of every table of a record."""
    total = hashlib.sha256()
    for table in (record.monthly(), record.streets(), record.categories(), record.hours(), record.tickets()):
        total.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return total.hexdigest()


def digest_of_run(months: int = 4, seed: int = 7) -> str:
    """Run the small city and return the digest of its record."""
    model = TournamentModel(city="small", seed=seed)
    found = digest(model.run(months=months))
    model.close()
    return found


def run(reforms=(), months: int = 5, seed: int = 7):
    model = TournamentModel(city="small", seed=seed, scale=0.3, reforms=reforms, log_tickets=True)
    record = model.run(months=months)
    model.close()
    return record


def elsewhere(**environment: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run([sys.executable, __file__], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_twice_the_same():
    assert digest_of_run() == digest_of_run()


def test_another_seed_is_another_world():
    assert digest_of_run(months=1) != digest_of_run(months=1, seed=8)


def test_a_reform_that_sets_todays_value_changes_nothing():
    neutral = TournamentStrength(strength=1.0)
    assert digest(run()) == digest(run((neutral,)))


FATES = ["solved", "problems_resolved", "branching_ratio"]  # what became of a month's problems, later


def test_arms_are_identical_until_they_differ():
    base, changed = run(), run((TournamentStrength(start="2019-04-01", strength=5.0),))
    for table in ("monthly", "streets"):
        a, b = getattr(base, table)(), getattr(changed, table)()
        before = a["month"] < "2019-04"
        a, b = (each[before].drop(columns=FATES, errors="ignore") for each in (a, b))
        pd.testing.assert_frame_equal(a, b, check_exact=True)
    assert digest(base) != digest(changed)


def test_after_its_end_a_reform_leaves_the_baselines_rules():
    reform = TournamentStrength(start="2019-02-01", end="2019-03-01", strength=0.0)
    model = TournamentModel(city="small", seed=1, scale=0.1, reforms=(reform,))
    seen = []
    for _ in range(3):
        seen.append(model.rules.tournament.strength)
        model.run(months=1)
    model.close()
    assert seen == [1.0, 0.0, 1.0]


@pytest.mark.slow
def test_another_process_gives_the_same_bits():
    assert elsewhere() == digest_of_run()


@pytest.mark.slow
def test_without_wide_simd_dispatch_the_same_bits():
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    there = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    assert there, "this machine has no wide instructions that NumPy would choose: nothing to compare"
    assert elsewhere(NPY_DISABLE_CPU_FEATURES=" ".join(there)) == digest_of_run()


if __name__ == "__main__":  # what the tests above start in a process of its own
    print(digest_of_run())
