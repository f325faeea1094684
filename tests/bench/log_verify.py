"""`python -m tests.bench.log_verify [entries]`: verifying the log against hashing the same bytes and reading them.

The floor reads every leaf's bytes through the same cursor and takes SHA-256 of each, and does nothing else. Rounds are
interleaved; the ratio is taken per round. Exits with 1 when the median is above the goal of issue 5 (twice the floor)
or memory is not flat.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import django

GOAL = 2.0
ROUNDS = 3
LARGEST_GROWTH_KIB = 40_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def fill(urls, *, entries: int, key) -> None:
    """Write leaves as the application does, some about a case, and let the sequencer place them."""
    import psycopg

    from audit import events
    from audit.sequencer import Sequencer

    event = events.Event("case.viewed", events.Kind.READ, "öppnade")
    actor = events.Actor(
        user=events.new_leaf_id(at=START),
        role="case_worker",
        unit=events.new_leaf_id(at=START),
        session="ab" * 16,
        address="192.0.2.7",
        request="feedface",
        methods=("password", "webauthn"),
    )
    with psycopg.connect(urls.owner) as owner, owner.cursor() as cursor:
        with cursor.copy(
            "COPY audit_leaf (id, at, event, kind, actor, role, basis, address, body) FROM STDIN (FORMAT BINARY)"
        ) as copy:
            copy.set_types(["uuid", "timestamptz", "text", "text", "uuid", "text", "text", "text", "bytea"])
            for number in range(entries):
                at = START + timedelta(milliseconds=number)
                leaf = events.new_leaf_id(at=at)
                body = events.encode(
                    leaf=leaf,
                    at=at,
                    event=event,
                    actor=actor,
                    about=None,
                    basis="assigned",
                    purpose="reading",
                    subjects=[events.SealedSubject(os.urandom(206))],
                    payload=None,
                )
                copy.write_row(
                    (
                        leaf,
                        at,
                        event.code,
                        event.kind,
                        actor.user,
                        actor.role,
                        "assigned",
                        actor.address,
                        body,
                    )
                )
    with psycopg.connect(urls.sequencer, autocommit=True) as connection:
        end = START + timedelta(milliseconds=entries)
        sequencer = Sequencer(connection=connection, key=key, clock=lambda: end)
        sequencer.begin()
        begun = time.perf_counter()
        sequencer.drain()
        print(f"sequenced {entries / (time.perf_counter() - begun):,.0f} leaves/s")
    with psycopg.connect(urls.owner, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def floor() -> float:
    from audit.verification import reading

    query = "SELECT l.body FROM audit_seq AS q JOIN audit_leaf AS l ON l.id = q.leaf ORDER BY q.seq"
    begun = time.perf_counter()
    with reading.snapshot() as database:
        for chunk in reading.chunks(database, "floor", query):
            for (body,) in chunk:
                sha256(body).digest()
    return time.perf_counter() - begun


def verified(key, entries: int) -> float:
    from audit.verify import Trust, verify

    begun = time.perf_counter()
    report = verify(trust=Trust(log=key.verifier), now=START + timedelta(days=1))
    seconds = time.perf_counter() - begun
    assert report.is_whole, report.faults[:3]
    assert report.size == entries
    return seconds


def main() -> int:
    from django.core.management import call_command

    from audit.note import KeyKind, SigningKey
    from avhopp.database.embedded import EmbeddedServer
    from avhopp.database.roles import provision
    from avhopp.database.testing import pointing_at

    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    key = SigningKey(name="bench.example/log", kind=KeyKind.LOG, seed=bytes(32))
    with tempfile.TemporaryDirectory() as folder:
        with EmbeddedServer(Path(folder) / "postgres", durable=False) as server:
            urls = provision(
                admin_url=server.admin_url, database="bench", owner_password=None, app_password=None
            )
            with pointing_at(urls=urls):
                call_command("migrate", verbosity=0, interactive=False)
            # Verification connects as the worker, to which the database gives every row.
            with pointing_at(urls=replace(urls, app=urls.worker)):
                fill(urls, entries=entries, key=key)
                floor()
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                rounds = [(floor(), verified(key, entries)) for _ in range(ROUNDS)]
                growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    ratio = statistics.median(ours / bare for bare, ours in rounds)
    bare, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{entries:,} entries: floor {bare:.1f} s, verified {ours:.1f} s, ratio {ratio:.2f} (goal {GOAL})")
    print(f"memory {memory / 1024:.0f} MB before, {growth / 1024:.0f} MB more while verifying")
    return int(ratio > GOAL or growth > LARGEST_GROWTH_KIB)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    sys.exit(main())
