"""The store under damage, races and sudden death."""

from __future__ import annotations

import json
import os
import random
import signal
import time

import pandas as pd
import pytest

from experiments.claims import Claims
from experiments.store import DONE, Store
from experiments.temporary import beside, machine, sweep_up

TABLES = {"monthly": pd.DataFrame({"month": ["2019-01"], "x": [0.1]}), "hours": pd.DataFrame({"y": [1, 2]})}
DIGEST = "ab" + 62 * "0"


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def child(work) -> int:
    """Start `work` in a process of its own that ends with it, and return its number."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def test_what_is_written_is_read(store):
    assert store.state(DIGEST) == "missing"
    store.write(DIGEST, TABLES, {"seed": 3})
    assert store.state(DIGEST) == store.state(DIGEST, checksums=False) == "done"
    tables, facts = store.read(DIGEST)
    assert {name: table.to_dict() for name, table in tables.items()} == {n: t.to_dict() for n, t in TABLES.items()}
    assert facts == {"seed": 3}
    assert list(store.read(DIGEST, ["hours"])[0]) == ["hours"]
    assert not list(store.root.glob(".tmp-*"))


@pytest.mark.parametrize("name", ["monthly.parquet", "run.json", DONE])
def test_a_file_cut_off_or_lost_is_damage(store, name):
    store.write(DIGEST, TABLES, {})
    path = store.folder(DIGEST) / name
    whole = path.read_bytes()
    for wrong in (whole[:-1], b""):
        path.write_bytes(wrong)
        assert store.state(DIGEST) == store.state(DIGEST, checksums=False) == "damaged"
    path.unlink()
    assert store.state(DIGEST) == "damaged"
    store.write(DIGEST, TABLES, {})
    assert store.state(DIGEST) == "done"
    assert path.read_bytes() == whole


def test_a_changed_byte_is_found_by_its_checksum_alone(store):
    store.write(DIGEST, TABLES, {})
    path = store.folder(DIGEST) / "hours.parquet"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))
    assert store.state(DIGEST, checksums=False) == "done"
    assert store.state(DIGEST) == "damaged"


def test_a_run_of_an_older_format_is_told_from_a_damaged_one(store):
    store.write(DIGEST, TABLES, {})
    (store.folder(DIGEST) / DONE).write_text(json.dumps({"monthly.parquet": 64 * "0"}))
    assert store.state(DIGEST) == "old"
    store.write(DIGEST, TABLES, {})
    assert store.state(DIGEST) == "done"


def test_a_failure_is_kept_until_the_run_succeeds(store):
    store.fail(DIGEST, "ValueError: no", "Traceback …")
    assert store.state(DIGEST) == "failed"
    assert store.error(DIGEST) == "ValueError: no"
    store.write(DIGEST, TABLES, {})
    assert store.state(DIGEST) == "done"
    assert store.error(DIGEST) == ""


def test_a_kill_at_any_moment_loses_at_most_the_run_in_flight(store):
    luck, before = random.Random(1), 0
    for turn in range(12):
        digests = [f"{turn:02x}{i:062x}" for i in range(10_000)]
        pid = child(lambda digests=digests: [store.write(digest, TABLES, {}) for digest in digests])
        time.sleep(0.05 + 0.15 * luck.random())
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        there = [path for path in store.root.glob("??/*") if path.is_dir()]
        assert all(store.state(path.name) == "done" for path in there[before:])
        before = len(there)
    assert before > 12
    store.sweep_up()
    assert not list(store.root.glob(".tmp-*"))


def test_several_at_one_run_do_not_harm_each_other(store):
    store.write(DIGEST, TABLES, {})
    for _ in range(5):
        (store.folder(DIGEST) / "run.json").write_text("{")
        pids = [child(lambda: store.write(DIGEST, TABLES, {})) for _ in range(4)]
        for pid in pids:
            os.waitpid(pid, 0)
        assert store.state(DIGEST) == "done"
    store.sweep_up()
    assert [path.name for path in store.root.iterdir()] == [DIGEST[:2]]


def test_only_what_the_dead_left_is_deleted(tmp_path):
    pid = child(lambda: beside(tmp_path))
    os.waitpid(pid, 0)
    (dead,) = tmp_path.iterdir()
    assert dead.name.startswith(f".tmp-{machine()}-{pid}-")
    mine, young, old = beside(tmp_path), tmp_path / ".tmp-another-7-x", tmp_path / ".tmp-another-8-x"
    for folder in (young, old):
        folder.mkdir()
    os.utime(old, (0, 0))
    sweep_up(tmp_path)
    assert set(tmp_path.iterdir()) == {mine, young}
    sweep_up(tmp_path, [os.getpid()])
    assert set(tmp_path.iterdir()) == {young}


def test_a_claim_holds_while_its_process_lives(tmp_path):
    def hold():
        Claims(tmp_path).take(DIGEST)
        time.sleep(60)

    pid, claims = child(hold), Claims(tmp_path)
    try:
        while not (tmp_path / ".claims" / DIGEST).exists() or not (tmp_path / ".claims" / DIGEST).read_text():
            time.sleep(0.01)
        assert not claims.take(DIGEST)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    assert claims.take(DIGEST)
    assert not Claims(tmp_path).take(DIGEST)
    claims.release_all()
    assert not list((tmp_path / ".claims").iterdir())


def test_another_machines_claim_is_void_when_it_gives_no_sign_of_life(tmp_path):
    claims = Claims(tmp_path)
    claims.folder.mkdir()
    path = claims.folder / DIGEST
    path.write_text("another 1")
    assert not claims.take(DIGEST)
    os.utime(path, (0, 0))
    assert claims.take(DIGEST)
    claims.show_life()
    assert time.time() - path.stat().st_mtime < 60
