"""`python -m tests.bench.log_append [seconds [writers]]`: writing to the record from sixteen processes at once.

Compares a transaction with no record at all, with a leaf and the sequencer beside it, and with a hash chain under one
lock, each with 5 ms of work after the record and a commit of 4 ms. Goals of issue 5: at least 8 times the chain and at
least 0.9 of no record.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import django

WRITERS = 16
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


def main() -> int:
    import psycopg
    from django.core.management import call_command

    from avhopp.database.embedded import EmbeddedServer
    from avhopp.database.roles import provision
    from avhopp.database.testing import pointing_at

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    writers = int(sys.argv[2]) if len(sys.argv) > 2 else WRITERS
    rates: dict[str, list[float]] = {"none": [], "leaf": [], "chain": []}
    with tempfile.TemporaryDirectory() as folder:
        with EmbeddedServer(Path(folder) / "postgres", durable=True) as server:
            urls = provision(
                admin_url=server.admin_url, database="bench", owner_password=None, app_password=None
            )
            with pointing_at(urls=urls):
                call_command("migrate", verbosity=0, interactive=False)
            with psycopg.connect(urls.owner, autocommit=True) as owner:
                owner.execute("CREATE TABLE bench_work (id bigserial PRIMARY KEY, number int)")
                owner.execute("CREATE TABLE bench_chain (id bigserial PRIMARY KEY, body bytea, hash bytea)")
                owner.execute("INSERT INTO bench_chain (body, hash) VALUES ('', '')")
            stop = threading.Event()
            sequencer = threading.Thread(target=sequence, args=(urls, stop))
            sequencer.start()
            for _ in range(3):
                for kind in ("leaf", "none", "chain"):
                    rates[kind].append(measured(urls, kind, seconds, writers))
            stop.set()
            sequencer.join()
    none, leaf, chain = (sorted(rates[kind])[1] for kind in ("none", "leaf", "chain"))
    print(
        f"{writers} writers: no record {none:.0f}/s, leaf and sequencer {leaf:.0f}/s, chain under a lock {chain:.0f}/s"
    )
    print(
        f"{leaf / chain:.1f} times the chain (goal {GOAL_CHAIN}), {leaf / none:.2f} of no record (goal {GOAL_NONE})"
    )
    return int(leaf / chain < GOAL_CHAIN or leaf / none < GOAL_NONE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    sys.exit(main())
