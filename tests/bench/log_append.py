"""`python -m tests.bench.log_append [seconds [writers]] [--fsync]`: sixteen processes write to the record at once.

Compares a transaction with no record at all, with a leaf and the sequencer beside it, and with a hash chain under one
lock, each with 5 ms of work after the record and a commit of 4 ms. The 4 ms stand for the disk, so the server does not
wait for its own besides; with `--fsync` it does. Goals of issue 5: at least 8 times the chain and at least 0.9 of no
record, as the median over the rounds of what was measured one after the other.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import django

WRITERS, ROUNDS = 16, 5
WORK = 0.005
COMMIT = 0.004
GOAL_CHAIN = 8.0
GOAL_NONE = 0.9
CHAIN_LOCK = 7
LEAF = (
    "INSERT INTO audit_leaf (id, at, event, kind, role, basis, address, body)"
    " VALUES (%s, %s, 'bench.done', 'read', 'job:bench', '', '', %s)"
)


def write(url: str, kind: str, seconds: float, results) -> None:
    """Commit as many transactions as fit."""
    import psycopg

    from audit import events

    event, actor = events.Event("bench.done", events.Kind.READ, "gjorde"), events.job("bench")
    done, end = 0, time.perf_counter() + seconds
    with psycopg.connect(url) as connection:
        while time.perf_counter() < end:
            connection.execute("INSERT INTO bench_work (number) VALUES (%s)", [done])
            if kind != "none":
                at = datetime.now(UTC)
                leaf = events.new_leaf_id(at=at)
                body = events.encode(
                    leaf=leaf,
                    at=at,
                    event=event,
                    actor=actor,
                    about=None,
                    basis="",
                    purpose="",
                    subjects=[],
                    payload=None,
                )
                if kind == "chain":
                    connection.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
                    row = connection.execute(
                        "SELECT hash FROM bench_chain ORDER BY id DESC LIMIT 1"
                    ).fetchone()
                    digest = sha256(bytes(row[0]) + body).digest()
                    connection.execute("INSERT INTO bench_chain (body, hash) VALUES (%s, %s)", [body, digest])
                else:
                    connection.execute(LEAF, [leaf, at, body])
            time.sleep(WORK)
            # A disk that answers after 4 ms, with everything that the transaction holds still held.
            connection.execute("SELECT pg_sleep(%s)", [COMMIT])
            connection.commit()
            done += 1
    results.put(done)


def measured(urls, kind: str, seconds: float, writers: int) -> float:
    context = get_context("spawn")
    results = context.Queue()
    processes = [
        context.Process(target=write, args=(urls.app, kind, seconds, results)) for _ in range(writers)
    ]
    for process in processes:
        process.start()
    total = sum(results.get() for _ in processes)
    for process in processes:
        process.join()
    return total / seconds


def sequence(urls, stop: threading.Event) -> None:
    import psycopg
    from django.utils import timezone

    from audit.note import KeyKind, SigningKey
    from audit.sequencer import Sequencer

    key = SigningKey(name="bench.example/log", kind=KeyKind.LOG, seed=bytes(32))
    with psycopg.connect(urls.sequencer, autocommit=True) as connection:
        sequencer = Sequencer(connection=connection, key=key, clock=timezone.now)
        sequencer.begin()
        while not stop.wait(0.5):
            sequencer.drain()
        sequencer.drain()


def compare(urls, *, seconds: float, writers: int) -> dict[str, list[float]]:
    """Measure each way in every round, in turns forwards and backwards."""
    kinds = ["none", "leaf", "chain"]
    rates: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind in kinds:
            rates[kind].append(measured(urls, kind, seconds, writers))
        kinds.reverse()
    return rates


def main() -> int:
    import psycopg
    from django.core.management import call_command

    from avhopp.database.embedded import EmbeddedServer
    from avhopp.database.roles import provision
    from avhopp.database.testing import pointing_at

    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", nargs="?", type=float, default=6.0)
    parser.add_argument("writers", nargs="?", type=int, default=WRITERS)
    parser.add_argument("--fsync", action="store_true")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedServer(Path(folder) / "postgres", durable=True) as server,
    ):
        urls = provision(admin_url=server.admin_url, database="bench", owner_password=None, app_password=None)
        with pointing_at(urls=urls):
            call_command("migrate", verbosity=0, interactive=False)
        with psycopg.connect(server.admin_url, autocommit=True) as admin:
            admin.execute(f"ALTER SYSTEM SET fsync = {'on' if asked.fsync else 'off'}")
            admin.execute("SELECT pg_reload_conf()")
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            owner.execute("CREATE TABLE bench_work (id bigserial PRIMARY KEY, number int)")
            owner.execute("CREATE TABLE bench_chain (id bigserial PRIMARY KEY, body bytea, hash bytea)")
            owner.execute("INSERT INTO bench_chain (body, hash) VALUES ('', '')")
        stop = threading.Event()
        sequencer = threading.Thread(target=sequence, args=(urls, stop))
        sequencer.start()
        rates = compare(urls, seconds=asked.seconds, writers=asked.writers)
        stop.set()
        sequencer.join()
    none, leaf, chain = (median(rates[kind]) for kind in ("none", "leaf", "chain"))
    of_chain, of_none = (
        [one / base for one, base in zip(rates["leaf"], rates[kind], strict=True)]
        for kind in ("chain", "none")
    )
    print(
        f"{asked.writers} writers: no record {none:.0f}/s, leaf and sequencer {leaf:.0f}/s,"
        f" chain under a lock {chain:.0f}/s"
    )
    print(
        f"{median(of_chain):.1f} times the chain (goal {GOAL_CHAIN}), {median(of_none):.2f} of no record"
        f" [{min(of_none):.2f}..{max(of_none):.2f}] (goal {GOAL_NONE})"
    )
    return int(median(of_chain) < GOAL_CHAIN or median(of_none) < GOAL_NONE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    sys.exit(main())
